"""呼叫值班: who is rung for a ticket that must be signed in within minutes, and when the next one is.

First the unit's desk on duty, then its leader, then the office's own desk; nobody answering is put before the
supervisors at the latest when the limit has run out. Signing in is the answer: it ends the ringing. A step where
nobody is on the roster costs no time. Shares of the limit are ours (P).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.state import ClockState
from hotline.rules.vocabulary import ClockKind


class Step(StrEnum):
    """Who is turned to, in this order."""

    DESK = "desk"
    LEADER = "leader"
    OFFICE = "office"
    NOBODY = "nobody"


ORDER: Final = (Step.DESK, Step.LEADER, Step.OFFICE, Step.NOBODY)
WAITS: Final = (0.0, 0.4, 0.7, 1.0)
"""After which share of the limit the next step is due, by how many have been rung so far without an answer."""

IN_MINUTES: Final = "min"
"""Limits counted in plain minutes are the urgent ones."""


@dataclass(frozen=True)
class Call:
    """What is to be done now, or at `at` at the earliest."""

    step: Step
    at: datetime


def rings(clock: ClockState | None) -> bool:
    """Whether somebody must be rung for this sign-in: it is urgent, and still owed."""
    return (
        clock is not None
        and clock.kind is ClockKind.SIGN_IN
        and clock.running
        and not clock.paused
        and clock.limit.removesuffix(IN_MINUTES).isdecimal()
    )


def next_call(*, started_at: datetime, due_at: datetime, done: Mapping[Step, bool], answered: bool) -> Call | None:
    """The next step and when it is due; None once it is signed in or all steps were taken.

    `started_at` is when the ringing began; `done` are the steps taken so far: True where somebody was rung, False
    where the roster named nobody.
    """
    if answered:
        return None
    taken = [step for step in ORDER if step in done]
    left = ORDER[ORDER.index(taken[-1]) + 1 :] if taken else ORDER
    if not left:
        return None
    rung = sum(done.values())
    return Call(left[0], started_at + max(due_at - started_at, timedelta(0)) * WAITS[rung])
