"""挂账: what waits for whom on the parked list; the list itself is read from tickets, nothing of it is stored twice."""
