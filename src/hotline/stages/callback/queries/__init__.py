"""What the callback desk reads: plans, worklist, one call, the citizen's page, samples, decisions, monthly lists."""
