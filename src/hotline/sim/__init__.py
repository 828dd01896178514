"""A city in a loop: citizens who call, agents, units, reviewers. Needs the rules only and yields lives of tickets.

The demonstration, the benchmarks and the tests rely on it. Everything it does goes through the same decisions as
a click on a page, so nothing can appear that could not happen; chance comes only from the Random that is passed in.
"""
