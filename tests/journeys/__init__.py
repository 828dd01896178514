"""Whole stories of the city, told through the pages and commands that people use."""
