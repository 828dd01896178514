"""Who works on requests: accounts, the unit each belongs to and the roles each holds."""
