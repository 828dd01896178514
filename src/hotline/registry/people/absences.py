"""请假代签: somebody of a unit who is away names who signs meanwhile; heads of units rely on it.

A stand-in holds the roles of the one away at that unit only, for at most sixty days, and can't pass them on. Whatever
is done in such a role says for whom. Like every change of roles it stands in the record of administration.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from hotline.registry.people.models import Absence, RoleGrant, User
from hotline.registry.people.recording import Done, Hand, record, refused, shut_out, take
from hotline.rules.administration import AdminAct, grant_refusals
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import RANKS, UNIT_ROLES, Role

MOST_DAYS: Final = 60
REASON_LIMIT: Final = 100


@dataclass(frozen=True)
class Away:
    """From which day to which, both included, and why."""

    first: date
    last: date
    reason: str

    @property
    def until(self) -> date:
        """The first day back at work."""
        return self.last + timedelta(days=1)


@transaction.atomic
def name_stand_in(*, stand_in: int, away: Away, actor: Actor, now: datetime) -> Done:
    """Lend one's own roles to somebody of one's unit, or of a unit below it, for the days away."""
    if str(stand_in) == actor.id:
        return refused(Refusal("absence.to_oneself", field="stand_in"))
    whom = User.objects.filter(pk=stand_in, is_active=True, unit_id__in=actor.covers).first()
    if whom is None:
        return refused(Refusal("absence.not_of_your_unit", field="stand_in"))
    hand = take(AdminAct.NAME_STAND_IN, actor=actor, now=now, person=stand_in)
    lent = list(_own_grants(int(actor.id), hand.day)) if actor.id.isdecimal() else []
    if hand.refusal or not lent:
        return refused(Refusal("absence.no_role"))
    wrong = (*_wrong_days(away, hand.day), *_wrong_people(hand, away, lent))
    return refused(*wrong) if wrong else _lend(hand, away, lent)


def _own_grants(person: int, day: date) -> QuerySet[RoleGrant]:
    """Roles of a unit held in one's own right; what is lent can't be lent on."""
    own = RoleGrant.objects.on(day).filter(user=person, absence=None, role__in=sorted(UNIT_ROLES))
    return own.select_related("user")


def _wrong_days(away: Away, day: date) -> Iterable[Refusal]:
    if away.first < day:
        yield Refusal("absence.in_the_past", field="first")
    if away.last < away.first:
        yield Refusal("absence.ends_before_it_begins", field="last")
    elif (away.until - away.first).days > MOST_DAYS:
        yield Refusal("absence.too_long", {"days": MOST_DAYS}, field="last")
    if not 1 <= len(away.reason.strip()) <= REASON_LIMIT or "\x00" in away.reason:
        yield Refusal("absence.reason_missing", {"limit": REASON_LIMIT}, field="reason")


def _wrong_people(hand: Hand, away: Away, lent: list[RoleGrant]) -> Iterable[Refusal]:
    """One stand-in at a time, and nobody stands in who is away or passes on what was lent to them."""
    meanwhile = list(_during(away).select_related("person", "stand_in"))
    for other in meanwhile:
        if str(other.person_id) == hand.actor.id:
            yield Refusal("absence.overlaps", field="first")
        elif str(other.stand_in_id) == hand.actor.id:
            yield Refusal("absence.you_stand_in", {"name": str(other.person)}, field="first")
        elif other.person_id == hand.whom.pk:
            yield Refusal("absence.stand_in_away", {"name": str(other.person)}, field="stand_in")
    held = [Role(grant.role) for grant in RoleGrant.objects.on(away.first).filter(user=hand.whom)]
    for grant in lent:
        yield from grant_refusals(Role(grant.role), held, unit=_unit_of(grant), own_unit=hand.whom.unit_id or "")


def _during(away: Away) -> QuerySet[Absence]:
    """Absences that hold on one of these days; one called back before it began holds on none."""
    return Absence.objects.filter(valid_from__lt=away.until, valid_to__gt=away.first).exclude(valid_from=F("valid_to"))


def _unit_of(grant: RoleGrant) -> str:
    return grant.unit_id or grant.user.unit_id or ""


def _lend(hand: Hand, away: Away, lent: list[RoleGrant]) -> Done:
    whom = hand.whom
    days = {"valid_from": away.first, "valid_to": away.until}
    absence = Absence.objects.create(
        person_id=int(hand.actor.id), stand_in=whom, reason=away.reason.strip(), named_at=hand.now, **days
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=whom,
            role=grant.role,
            unit_id=_unit_of(grant) or None,
            granted_by_id=absence.person_id,
            absence=absence,
            **days,
        )
        for grant in lent
    )
    shut_out(whom, sessions=False)
    whom.save(update_fields=["access_round"])
    roles = "、".join(sorted(grant.role for grant in lent))
    record(hand, after={"roles": roles, "reason": absence.reason, **days})
    return Done(whom)


@transaction.atomic
def recall_stand_in(*, absence: int, actor: Actor, now: datetime) -> Done:
    """Back earlier than said: the lent roles end at once."""
    mine = Absence.objects.filter(pk=absence, person_id=int(actor.id) if actor.id.isdecimal() else -1)
    found = mine.select_for_update(of=("self",)).first()
    if found is None:
        return refused(Refusal("absence.unknown"))
    hand = take(AdminAct.END_STAND_IN, actor=actor, now=now, person=found.stand_in_id)
    if hand.refusal:
        return refused(hand.refusal)
    if found.recalled_at is not None or (found.valid_to and found.valid_to <= hand.day):
        return refused(Refusal("absence.ended_already"))
    before = {"valid_from": found.valid_from, "valid_to": found.valid_to}
    found.valid_to = max(hand.day, found.valid_from or hand.day)
    found.recalled_at = now
    found.save(update_fields=["valid_to", "recalled_at"])
    RoleGrant.objects.filter(absence=found).update(valid_to=found.valid_to)
    shut_out(hand.whom, sessions=False)
    hand.whom.save(update_fields=["access_round"])
    record(hand, before=before, after={"valid_from": found.valid_from, "valid_to": found.valid_to})
    return Done(hand.whom)


# What the page shows


@dataclass(frozen=True)
class AwayLine:
    """One entry of somebody's list: who signs for whom, and until when."""

    id: int
    person: str
    stand_in: str
    reason: str
    first: date
    last: date
    state: str


def entries_of(user: int, day: date) -> tuple[list[AwayLine], list[AwayLine]]:
    """Stand-ins somebody has named, and those for whom they stand in; the latest first."""
    rows = Absence.objects.filter(Q(person=user) | Q(stand_in=user)).select_related("person", "stand_in")
    lines = [(row.person_id == user, _line(row, day)) for row in rows.order_by("-valid_from", "-pk")[:100]]
    return [line for mine, line in lines if mine], [line for mine, line in lines if not mine]


def _line(row: Absence, day: date) -> AwayLine:
    first, until = row.valid_from or day, row.valid_to or day
    if row.recalled_at is not None:
        state = "recalled"
    else:
        state = "ended" if until <= day else "ahead" if first > day else "now"
    last = max(until - timedelta(days=1), first)
    return AwayLine(row.pk, str(row.person), str(row.stand_in), row.reason, first, last, state)


def may_name(actor: Actor) -> bool:
    """Whether somebody holds a role of a unit in their own right."""
    return bool(actor.own_roles & UNIT_ROLES)


def candidates(actor: Actor, day: date) -> list[tuple[User, str, tuple[Role, ...]]]:
    """Who could stand in: people of the own unit first, higher roles first, then those of units below."""
    covered = sorted(actor.covers)
    people = {user.pk: user for user in User.objects.filter(is_active=True, unit_id__in=covered).exclude(pk=actor.id)}
    roles: dict[int, set[Role]] = {pk: set() for pk in people}
    for grant in RoleGrant.objects.on(day).filter(user__in=list(people), absence=None):
        roles[grant.user_id].add(Role(grant.role))
    able = [
        (user, user.unit_id or "", tuple(sorted(roles[pk]))) for pk, user in people.items() if roles[pk] & UNIT_ROLES
    ]
    return sorted(able, key=lambda one: (one[1] != actor.unit, one[1], -_highest(one[2]), one[0].pk))


def _highest(roles: tuple[Role, ...]) -> int:
    return max((RANKS.index(role) for role in roles if role in RANKS), default=-1)
