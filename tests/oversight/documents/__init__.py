"""Documents in the database."""
