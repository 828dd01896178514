"""批量办理: one act on several tickets, each of them its own command: what is refused holds up nothing else."""
