"""When the city works and which time limits are in force: holidays, office hours, rule profiles."""
