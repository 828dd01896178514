"""How people reach the rules: an act as a form on a page, as a post, and as a call of the API.

All of it is derived from the act's class and the lifecycle table; stages only say which acts are theirs.
"""
