"""Who is let in to supervision at all."""

from typing import Final

from hotline.rules.messages import Refusal
from hotline.rules.supervision.seeing import view_of
from hotline.tickets.dossiers.acting.doors import entrance, status_by

DENIALS: Final = frozenset({"supervision.role_denied", "supervision.not_your_unit"})

let_in = entrance(lambda actor: not view_of(actor).nothing)
"""Signed in, and somebody who has to do with supervisions: the office and units, no administrator."""


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """How a refusal is answered."""
    return status_by(refusals, DENIALS)
