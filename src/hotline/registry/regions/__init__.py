"""Where things happen: the city, its districts and counties, streets and towns, communities."""
