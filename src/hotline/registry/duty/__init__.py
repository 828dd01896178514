"""值班表: who can be rung at each unit and the office, day and night, and at which addresses a unit takes notices."""
