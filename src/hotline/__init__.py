"""Zhitong (直通): the platform behind a city's 12345 hotline."""
