"""Handovers to media as rules."""
