"""What changes rarely in a city: units, regions, categories, calendars, lines and people.

Each registry is an app of its own and knows no other; `loading` and `reference` stand above them.
"""
