"""时限引擎: what happens by itself as time passes: reminders, expiry, notices, archiving, the digest."""
