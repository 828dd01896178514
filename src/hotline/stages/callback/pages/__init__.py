"""Pages of the callback desk: `/callback/…`."""
