"""会办纪要 as a paper: what the panel said and concluded, to be signed."""
