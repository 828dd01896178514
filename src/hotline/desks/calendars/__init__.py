"""The office's calendar on pages: a year to look at, a notice to load, days the city decides on, office hours."""
