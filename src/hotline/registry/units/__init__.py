"""Who handles requests: departments, districts, zones, streets, public enterprises, vertically led units."""
