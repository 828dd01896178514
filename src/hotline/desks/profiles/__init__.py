"""Rule profiles on pages: every number in words with its evidence, drafts of the next version, dry runs."""
