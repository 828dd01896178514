"""The rules of leaders' instructions."""
