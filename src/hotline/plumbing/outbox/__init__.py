"""Messages that leave the platform: queued with the act that causes them, sent by a job, never two of the same."""
