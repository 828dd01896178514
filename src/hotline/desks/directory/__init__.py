"""派单目录: who leads which matter; read by everybody, changed by drafts with four eyes after a dry run."""
