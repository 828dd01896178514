"""`/supervision/media/`: handovers to partner media on pages, on paper and for other programs."""
