"""Emergency mode at work: previews, switching with the recount of open tickets, and task forces."""
