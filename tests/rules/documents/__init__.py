"""Documents as rules."""
