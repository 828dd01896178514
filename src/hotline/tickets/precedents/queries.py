"""What people read of precedents: lists in their view, searched by words, one with its history, and those that are
worth knowing of where somebody mediates, rules or dispatches.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from hotline.rules import precedents as rules
from hotline.rules.jurisdiction.words import plain
from hotline.rules.lifecycle import Actor
from hotline.rules.precedents import Deed, Status, allowed
from hotline.rules.precedents.seeing import may_see, view_of
from hotline.rules.precedents.states import HOLDS
from hotline.rules.precedents.wording import number_of, read
from hotline.rules.vocabulary import Role, UnitCode
from hotline.text.bigrams import asked
from hotline.tickets.dossiers.queries import Line, lines_of, page_of
from hotline.tickets.precedents.models import Precedent
from hotline.tickets.precedents.rows import state_of
from hotline.tickets.precedents.seen import seen_by

PAGE: Final = 50
HOLDING: Final = tuple(sorted(status.value for status in HOLDS))
MOST_HOLDING: Final = 2000
"""More precedents in force than any city has; those that can apply to a text are found among them."""


@dataclass(frozen=True)
class PrecedentRow:
    """One line of a list. `number` is blank while it is a draft."""

    id: int
    status: Status
    number: str
    rule_id: str
    edition: int
    title: str
    categories: tuple[str, ...]
    lead: UnitCode
    helpers: tuple[UnitCode, ...]
    asked: bool
    dispute: int
    ticket: str
    ends_on: date | None
    last_at: datetime


@dataclass(frozen=True)
class PrecedentList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[PrecedentRow, ...]
    next_key: int | None


def precedents(
    *,
    actor: Actor,
    words: str = "",
    statuses: Collection[Status] = (),
    unit: str = "",
    category: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> PrecedentList:
    """Precedents in view, the newest first; every pair of characters asked for must occur."""
    found = searched(seen_by(actor), words)
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if unit:
        found = found.filter(Q(lead=unit) | Q(helpers__contains=[unit]) | Q(parties__contains=[unit]))
    if category:
        found = found.filter(categories__overlap=prefixes(category))
    if before is not None:
        found = found.filter(pk__lt=before)
    return PrecedentList(*page_of([_row(row) for row in found.order_by("-pk")[: limit + 1]], limit))


def searched(found: QuerySet[Precedent], words: str) -> QuerySet[Precedent]:
    """Those in whose title, words or basis all that is asked for occurs; a number finds its precedent too."""
    if not words.strip():
        return found
    wanted = list(asked(words))
    clean = " ".join(words.split()).casefold()
    by_words = Q(terms__contains=wanted) if wanted else Q(told__contains=clean)
    return found.filter(by_words | Q(rule_id=clean))


def prefixes(category: str) -> list[str]:
    """A category with those around it."""
    return [category[:digits] for digits in (2, 4, 6) if len(category) >= digits]


def _row(row: Precedent) -> PrecedentRow:
    return PrecedentRow(
        id=row.pk,
        status=Status(row.status),
        number=number_of(row.year, row.serial),
        rule_id=row.rule_id,
        edition=row.edition,
        title=row.title,
        categories=tuple(row.categories),
        lead=UnitCode(row.lead),
        helpers=tuple(map(UnitCode, row.helpers)),
        asked=row.pending is not None,
        dispute=row.dispute,
        ticket=row.ticket,
        ends_on=row.ends_on,
        last_at=row.last_at,
    )


@dataclass(frozen=True)
class PrecedentWhole:
    """Everything one reader may see of one precedent, and what this reader may do now."""

    row: PrecedentRow
    state: rules.Precedent
    lines: tuple[Line, ...]
    deeds: tuple[Deed, ...]
    office: bool

    @property
    def since(self) -> datetime | None:
        """When it was first agreed to."""
        return next((line.at for line in self.lines if line.deed == Deed.AGREE.value), None)


def whole(pk: int, *, actor: Actor, now: datetime) -> PrecedentWhole | None:
    """The whole page of one; None when it is not there for this person."""
    model = Precedent.objects.filter(pk=pk).first()
    if model is None:
        return None
    state = state_of(model)
    if not may_see(actor, state):
        return None
    return PrecedentWhole(
        row=_row(model),
        state=state,
        lines=tuple(lines_of(model.entries.all(), model.texts.all())),
        deeds=allowed(state, actor=actor, now=now),
        office=view_of(actor).all,
    )


def of_dispute(dispute: int, *, actor: Actor) -> PrecedentRow | None:
    """The precedent that a dispute's ruling has become, if it is in view."""
    row = seen_by(actor).filter(dispute=dispute).exclude(status=Status.DROPPED.value).first()
    return _row(row) if row else None


def applying(*, text: str, category: str) -> tuple[PrecedentRow, ...]:
    """Precedents in force that speak of a text or of its category, those whose words all occur first.

    For whoever mediates or rules: what was settled for good is looked at before anything else.
    """
    told = plain(text)
    rows = Precedent.objects.filter(status__in=HOLDING, categories__overlap=prefixes(category)).order_by("-pk")
    near = [(_spoken(row, told), row) for row in rows[:MOST_HOLDING]]
    return tuple(_row(row) for spoken, row in sorted(near, key=lambda one: not one[0]))


def _spoken(row: Precedent, told: str) -> bool:
    return row.rule is not None and read(row.rule).words.spoken(told) is not None


def waiting(actor: Actor) -> QuerySet[Precedent]:
    """What waits for this person now; the rail counts it. To what one wrote others agree."""
    found = Q(pk__in=[])
    if Role.SUPERVISOR in actor.roles:
        found |= Q(status__in=[Status.RETURNED.value, Status.CHALLENGED.value])
    heads = [u for u in sorted(actor.units) if actor.roles_at(u) & {Role.DEPUTY_HEAD, Role.UNIT_HEAD}]
    asked_for = Q(staffing__in=heads) & ~Q(writers__contains=[actor.id])
    found |= asked_for & (Q(status=Status.PROPOSED.value) | Q(pending__isnull=False, status__in=_CHANGING))
    return seen_by(actor).filter(found)


_CHANGING: Final = (*HOLDING, Status.EXPIRED.value)


def labels(pks: Collection[int], *, actor: Actor) -> dict[int, tuple[str, str]]:
    """Number and title of some, for notices; those out of view are left out."""
    rows: Sequence[Precedent] = list(seen_by(actor).filter(pk__in=set(pks))) if pks else []
    return {row.pk: (number_of(row.year, row.serial), row.title) for row in rows}
