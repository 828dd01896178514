"""Media supervision on pages."""
