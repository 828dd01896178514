"""Hefei with the items of the demonstration."""

from tests.knowing import demo, demo_copy

__all__ = ["demo", "demo_copy"]
