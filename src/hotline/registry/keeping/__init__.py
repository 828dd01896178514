"""派单目录 as it is kept on pages: drafts of changes, held against the city's lists, published by a second person."""
