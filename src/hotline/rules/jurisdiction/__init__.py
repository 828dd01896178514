"""Who leads a matter by the city's own rules: the dispatch directory, applied to one question with its reasons.

Agents dispatch straight to a unit only where this names exactly one lead; dispatchers get the rest, so the answer is
always one of three: one lead, nobody (and what is missing), or a conflict that names the rules at odds.
"""

from datetime import datetime

from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.lexicon import Guess, Lexicon, Telling, WordKind
from hotline.rules.jurisdiction.routing import route
from hotline.rules.jurisdiction.values import (
    DIRECTORY,
    ELSEWHERE,
    LOCAL,
    Answer,
    Claim,
    Conflict,
    CoUnit,
    DirectoryRule,
    Heard,
    Hours,
    Missing,
    Need,
    NoRule,
    Question,
    Routed,
    UnitRole,
)
from hotline.rules.jurisdiction.words import Words
from hotline.rules.vocabulary import UnitCode

__all__ = [
    "DIRECTORY",
    "ELSEWHERE",
    "LOCAL",
    "Answer",
    "Claim",
    "CoUnit",
    "Conflict",
    "Directory",
    "DirectoryRule",
    "Guess",
    "Heard",
    "Hours",
    "Lexicon",
    "Missing",
    "Need",
    "NoRule",
    "Question",
    "Routed",
    "Telling",
    "UnitRole",
    "WordKind",
    "Words",
    "only_lead",
    "route",
]


def only_lead(directory: Directory, *, category: str, region: str, at: datetime) -> UnitCode | None:
    """The unit that leads whatever the text may say: where an agent may dispatch straight to. None if it depends."""
    found = route(Question(at=at, category=category, region=region), directory)
    return found.lead if isinstance(found, Routed) else None
