"""What a precedent is at a moment, and how one entry of its history changes it: state = fold(entries).

Reasons, grounds of challenges and answers to them are typed words: they stand beside the entries, never in them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.messages import Refusal
from hotline.rules.precedents.wording import Step, read
from hotline.rules.vocabulary import UnitCode


class Status(StrEnum):
    """先例状态. `new` is the moment before the first entry."""

    NEW = "new"
    PROPOSED = "proposed"
    RETURNED = "returned"
    IN_FORCE = "in_force"
    CHALLENGED = "challenged"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


DRAFTED: Final = frozenset({Status.PROPOSED, Status.RETURNED})
HOLDS: Final = frozenset({Status.IN_FORCE, Status.CHALLENGED})
"""The directory has its rule; a challenge does not stop it."""
ENDED: Final = frozenset({Status.WITHDRAWN, Status.DROPPED})


class Deed(StrEnum):
    """先例事项: what is done about a precedent, as staff call it."""

    PROPOSE = "propose"
    REVISE = "revise"
    SEND_BACK = "send_back"
    DROP = "drop"
    AGREE = "agree"
    AMEND = "amend"
    RENEW = "renew"
    DECLINE = "decline"
    CHALLENGE = "challenge"
    UPHOLD = "uphold"
    WITHDRAW = "withdraw"
    WARN = "warn"
    EXPIRE = "expire"


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """What was ruled, for a precedent to be made of: whose dispute it was, who leads and who helps.

    `objected` says that a unit's objection to it is not decided yet.
    """

    dispute: int
    ticket: str
    lead: UnitCode
    steps: tuple[Step, ...] = ()
    parties: frozenset[UnitCode] = frozenset()
    staffing: UnitCode | None = None
    reusable: bool = False
    objected: bool = False
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do. `draft` is the rule as it is to read, `until` the first day on which it holds no more.

    `found` is what a look at the directory and the city's lists found against the draft: whoever carries the order out
    looks, the table refuses. `text` is typed: a reason, or the grounds of a challenge.
    """

    deed: Deed
    ruled: Ruled | None = None
    draft: DirectoryRule | None = None
    until: date | None = None
    number: tuple[int, int] | None = None
    rule_id: str = ""
    text: str = ""
    found: tuple[Refusal, ...] = ()


Entry = dossiers.Entry[Deed, Status]
"""One line of a precedent's history, without anybody's reasons."""


@dataclass(frozen=True, kw_only=True)
class Precedent:
    """Everything the rules need to know of a precedent.

    `rule` is what stands in the directory, or last stood there; `pending` what the staffing office is asked to
    agree to. `edition` counts what it agreed to. `heard` are units whose challenge of this edition was decided.
    """

    status: Status = Status.NEW
    version: int = 0
    dispute: int = 0
    ticket: str = ""
    parties: frozenset[UnitCode] = frozenset()
    helpers: frozenset[UnitCode] = frozenset()
    lead: UnitCode | None = None
    staffing: UnitCode | None = None
    rule: DirectoryRule | None = None
    pending: DirectoryRule | None = None
    edition: int = 0
    year: int | None = None
    serial: int | None = None
    writers: frozenset[str] = frozenset()
    challenger: UnitCode | None = None
    heard: frozenset[UnitCode] = frozenset()
    warned: bool = False
    agreed_at: datetime | None = None
    ended_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def concerned(self) -> frozenset[UnitCode]:
        """Units that may challenge it: those that disputed, and those it binds."""
        return self.parties | self.helpers | ({self.lead} if self.lead else set())

    @property
    def owner(self) -> UnitCode | None:
        """Who answers for renewing it."""
        rule = self.rule or self.pending
        return rule.owner if rule else None

    @property
    def ends_on(self) -> date | None:
        """The first day on which it holds no more."""
        return self.rule.valid_to if self.rule else None


def fold(entries: Iterable[Entry]) -> Precedent:
    """The precedent that these entries have made, in their order."""
    return reduce(apply, entries, Precedent())


def apply(state: Precedent, entry: Entry) -> Precedent:
    """The state after one more entry; the payload says what the deed has set."""
    return dossiers.after(state, entry, reads=READS, leaves=LEAVES, ended=ENDED)


def _units(codes: Iterable[str]) -> frozenset[UnitCode]:
    return frozenset(map(UnitCode, codes))


READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "dispute": int,
    "ticket": str,
    "parties": _units,
    "helpers": _units,
    "lead": UnitCode,
    "staffing": UnitCode,
    "pending": read,
    "year": int,
    "serial": int,
    "edition": int,
}
"""What a payload may set, and how it is read."""


def _drafted(state: Precedent, entry: Entry) -> dict[str, Any]:
    return {"writers": state.writers | {entry.actor}}


def _agreed(state: Precedent, entry: Entry) -> dict[str, Any]:
    """A new edition: it may be challenged by everybody again, and its end is announced anew."""
    return {
        "rule": read(entry.payload["rule"]),
        "pending": None,
        "edition": state.edition + 1,
        "writers": frozenset(),
        "heard": frozenset(),
        "warned": False,
        "agreed_at": entry.at,
    }


def _gone(_state: Precedent, _entry: Entry) -> dict[str, Any]:
    """What was asked for lapses."""
    return {"pending": None, "writers": frozenset(), "challenger": None}


def _withdrawn(state: Precedent, entry: Entry) -> dict[str, Any]:
    """Its line in the directory ends with the day that is named; what was asked for besides lapses."""
    ends = date.fromisoformat(entry.payload["ends"])
    return _gone(state, entry) | {"rule": replace(state.rule, valid_to=ends) if state.rule else None}


LEAVES: Final[Mapping[Deed, Callable[[Precedent, Entry], dict[str, Any]]]] = {
    Deed.PROPOSE: _drafted,
    Deed.REVISE: _drafted,
    Deed.AMEND: _drafted,
    Deed.RENEW: _drafted,
    Deed.AGREE: _agreed,
    Deed.DECLINE: lambda _, __: {"pending": None, "writers": frozenset()},
    Deed.DROP: _gone,
    Deed.CHALLENGE: lambda _, entry: {"challenger": entry.unit},
    Deed.UPHOLD: lambda state, _: {
        "challenger": None,
        "heard": state.heard | ({state.challenger} if state.challenger else set()),
    },
    Deed.WITHDRAW: _withdrawn,
    Deed.WARN: lambda _, __: {"warned": True},
    Deed.EXPIRE: lambda _, __: {"challenger": None},
}
"""What a deed leaves behind beyond what its payload says."""
