"""媒体督办: handovers to partner media, their publications, the units' public answers."""
