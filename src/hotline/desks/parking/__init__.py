"""挂账: the list of what is parked, one matter of it, its sheet and its printed form."""
