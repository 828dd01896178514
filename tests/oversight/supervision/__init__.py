"""Supervision in the database: deeds, proposals, desks."""
