"""What a guard and a condition are, and how they are called in docs and on the command line."""

from collections.abc import Callable

from hotline.rules.lifecycle.case import Case
from hotline.rules.messages import Refusal

Guard = Callable[[Case], Refusal | None]
"""Says why not, or nothing."""

Condition = Callable[[Case], bool]
"""Chooses between two rows of the same act."""


def guard_name(guard: Callable[[Case], object]) -> str:
    """The name under which words_events.py explains a guard or a condition."""
    return guard.__name__


def named(guard: Guard, name: str) -> Guard:
    """A guard made for one case gets a name of its own."""
    guard.__name__ = name
    return guard
