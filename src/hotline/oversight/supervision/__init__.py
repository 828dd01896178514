"""五个督办: supervisions as objects, from proposal to outcome, and the supervisors' desk."""
