"""② 转办: dispatchers find the unit and rule on returns."""
