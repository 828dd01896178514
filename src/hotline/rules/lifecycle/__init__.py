"""The life of a ticket: one table of transitions and the decision that reads it."""

from hotline.rules.lifecycle.case import SYSTEM, Actor, Case, Decision, Reference, Rulebook
from hotline.rules.lifecycle.decide import allowed, decide, next_acts
from hotline.rules.lifecycle.table import TABLE
from hotline.rules.lifecycle.transition import Transition, Who

__all__ = [
    "SYSTEM",
    "TABLE",
    "Actor",
    "Case",
    "Decision",
    "Reference",
    "Rulebook",
    "Transition",
    "Who",
    "allowed",
    "decide",
    "next_acts",
]
