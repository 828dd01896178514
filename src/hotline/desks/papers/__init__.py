"""Papers that leave the screen: printed, signed, stamped and carried."""
