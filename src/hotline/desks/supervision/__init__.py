"""督办台 and what units see of supervision: pages, papers and the interface for other programs."""
