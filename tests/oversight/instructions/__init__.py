"""Leaders' instructions in the database."""
