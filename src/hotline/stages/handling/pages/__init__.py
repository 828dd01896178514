"""Pages of units and districts: the district's lists, second dispatch, and who signs for whom."""
