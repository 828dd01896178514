"""What people had typed when they were interrupted."""
