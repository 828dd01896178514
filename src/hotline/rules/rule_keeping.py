"""Who keeps the rules of the city: calendars, rule profiles and the dispatch directory, always four eyes.

A supervisor drafts, another one publishes; directors, auditors and the system administrator read. Officials sign this.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

KEEPERS: Final = frozenset({Role.SUPERVISOR})
READERS: Final = KEEPERS | {Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM_ADMIN}


class DraftKind(StrEnum):
    """What a draft would change."""

    NOTICE = "notice"
    CITY_DAYS = "city_days"
    HOURS = "hours"
    PROFILE = "profile"
    DIRECTORY = "directory"


class DraftState(StrEnum):
    """How far a draft has come."""

    OPEN = "open"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class RuleAct(StrEnum):
    """What is written down about a draft."""

    DRAFTED = "drafted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


def reads_rules(actor: Actor) -> bool:
    """Whether somebody sees these rules with their drafts."""
    return bool(actor.roles & READERS)


def keeps_rules(actor: Actor) -> bool:
    """Whether somebody drafts and publishes them."""
    return bool(actor.roles & KEEPERS)


def refuse_keeping(actor: Actor) -> Refusal | None:
    """Why this person may not draft."""
    return None if keeps_rules(actor) or Role.SYSTEM in actor.roles else Refusal("rule_draft.denied")


def refuse_publishing(actor: Actor, hands: Collection[str]) -> Refusal | None:
    """Why this person may not publish: not a supervisor, or one who wrote on the draft."""
    if not keeps_rules(actor):
        return Refusal("rule_draft.denied")
    return Refusal("rule_draft.second_person") if actor.id in hands else None
