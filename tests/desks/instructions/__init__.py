"""Leaders' instructions on pages and through the interface."""
