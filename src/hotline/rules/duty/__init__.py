"""The duty roster: who can be rung at a unit at any hour, where nobody can, and who is rung next without an answer."""
