"""Supervision as rules."""
