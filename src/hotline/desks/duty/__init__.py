"""值班表: who can be rung at each unit now, where a roster has holes, and keeping it."""
