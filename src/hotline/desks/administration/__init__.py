"""People's accounts and roles, in the hands of three administrators who restrain one another; the units' directory."""
