"""Tags of intake."""
