"""Requests of another system enter as tickets: `hotline import requests FILE.csv --map MAPPING.toml`."""
