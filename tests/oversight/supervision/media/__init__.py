"""Media supervision in the database."""
