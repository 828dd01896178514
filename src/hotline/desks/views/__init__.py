"""保存的视图: the filters somebody comes back to every day, as tabs above a desk's list."""
