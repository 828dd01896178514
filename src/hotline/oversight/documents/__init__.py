"""公文: the office's papers from the draft to the issued number. `commands.draft` begins one from anywhere."""
