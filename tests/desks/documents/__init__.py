"""Pages, papers and API of documents."""
