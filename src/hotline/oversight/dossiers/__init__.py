"""卷宗, as stored: what tables, writers, files and lists share. The tables are each family's own."""
