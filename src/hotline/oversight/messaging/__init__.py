"""Who is told by message and who is rung: citizens of their request, units of their work, people on duty at night."""
