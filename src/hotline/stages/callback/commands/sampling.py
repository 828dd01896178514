"""Samples of direct answers: drawn by the platform, asked by an officer, followed up by a team leader or reviewer.

The seed of a day comes from the installation's own key: nobody can know it before or choose it, and once it is
written down anybody can draw again.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from hotline.registry.knowledge.commands import correct_item
from hotline.registry.regions.queries import city
from hotline.rules.acts import Register, SendToDispatch
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.satisfaction import counts_as_satisfied
from hotline.rules.vocabulary import CITY_TZ, Channel, Flag, Rating
from hotline.stages.callback.models import Draw, Sample
from hotline.stages.callback.queries.calling import in_hand
from hotline.stages.callback.queries.planning import ALL
from hotline.stages.callback.queries.samples import DESK, answered_on, drawn_from, too_soon
from hotline.stages.callback.queries.worklist import opens_at
from hotline.tickets.access import OpenTicket, TicketRefused, look_at, take
from hotline.tickets.claims import Held, claim, let_go
from hotline.tickets.commands import open_ticket, perform_on
from hotline.tickets.disclosing import Disclosed, disclose
from hotline.tickets.ledger import ledger_key
from hotline.tickets.queries import in_view
from hotline.tickets.rulebook import rulebook

REASON: Final = "callback sample"
NOT_FOUND: Final = "ticket.not_found"


@dataclass(frozen=True)
class Done:
    """What came of it: nothing to say, or why not; `number` is a ticket that was opened."""

    refusals: tuple[Refusal, ...] = ()
    number: str = ""

    @property
    def ok(self) -> bool:
        """True when it was recorded."""
        return not self.refusals


def seed_of(day: date) -> str:
    """The seed of a day: told by nobody before the drawing, the same whenever it is asked for."""
    return hmac.new(ledger_key(), f"callback-sample\x1f{day.isoformat()}".encode(), "sha256").hexdigest()[:24]


def draw(*, day: date, now: datetime) -> int:
    """Draws a day once; how many were drawn. A day that is not over yet is not drawn."""
    if datetime.combine(day + timedelta(days=1), time(), CITY_TZ) > now:
        return 0
    numbers, seed = answered_on(day), seed_of(day)
    percent = rulebook(now=datetime.combine(day, time(12), CITY_TZ)).profile.callback.sample_percent
    with transaction.atomic():
        kept, first = Draw.objects.get_or_create(
            day=day, defaults={"percent": percent, "seed": seed, "answered": len(numbers), "drawn_at": now}
        )
        if not first:
            return 0
        chosen = drawn_from(numbers, percent=percent, seed=seed)
        ids = in_view(ALL).filter(number__in=chosen).order_by("number").values_list("pk", flat=True)
        Sample.objects.bulk_create([Sample(draw=kept, ticket_id=pk) for pk in ids], ignore_conflicts=True)
        return len(chosen)


def hold_sample(*, number: str, actor: Actor, now: datetime) -> Held:
    """One officer at a time rings a sampled citizen. TicketRefused if it is not there."""
    return claim(look_at(number, actor=actor), desk=DESK, actor=actor, now=now)


def show_sample_number(*, number: str, actor: Actor, now: datetime) -> Disclosed:
    """The number in full, put on record; never in quiet hours."""
    held, opens = hold_sample(number=number, actor=actor, now=now), opens_at(now)
    if not held.mine:
        return Disclosed(refusals=(in_hand(held),))
    if opens > now:
        return Disclosed(refusals=(Refusal("callback.quiet_hours", {"opens": opens}),))
    return disclose(number=number, reason=REASON, actor=actor, now=now)


def record_sample(*, number: str, rating: Rating, words: str, actor: Actor, now: datetime) -> Done:
    """What the citizen says of the direct answer. The ticket stays closed: this is about the answer, not the matter."""
    result = Sample.Result.SATISFIED if counts_as_satisfied(rating) else Sample.Result.DISSATISFIED
    with transaction.atomic():
        opened, row, why = _waiting(number, actor, now)
        if row is None or opened is None:
            return Done(why)
        row.result, row.rating, row.words = result, int(rating), words
        row.recorded_at, row.recorded_by = now, actor.id
        row.save()
        let_go(opened, desk=DESK, actor=actor)
    return Done()


def miss_sample(*, number: str, actor: Actor, now: datetime) -> Done:
    """Not reached; after as many attempts as the profile asks for the sample ends as unreached, never as satisfied."""
    most = rulebook(now=now).profile.callback.max_attempts
    with transaction.atomic():
        opened, row, why = _waiting(number, actor, now)
        if row is None or opened is None:
            return Done(why)
        if too_soon(row, now):
            return Done((Refusal("callback.same_half_day"),))
        row.attempts, row.last_attempt_at = row.attempts + 1, now
        if row.attempts >= most:
            row.result, row.recorded_at, row.recorded_by = Sample.Result.UNREACHED, now, actor.id
        row.save()
        let_go(opened, desk=DESK, actor=actor)
    return Done()


def _waiting(number: str, actor: Actor, now: datetime) -> tuple[OpenTicket | None, Sample | None, tuple[Refusal, ...]]:
    """The sample under its lock, in this officer's hand, or why not."""
    try:
        opened = look_at(number, actor=actor)
    except TicketRefused as refused:
        return None, None, (refused.refusal,)
    row = Sample.objects.select_for_update().filter(ticket_id=opened.row.pk).first()
    if row is None:
        return None, None, (Refusal(NOT_FOUND, {"number": number}),)
    if row.result != Sample.Result.WAITING:
        return opened, None, (Refusal("callback.sample_done"),)
    held = claim(opened, desk=DESK, actor=actor, now=now)
    return (opened, row, ()) if held.mine else (opened, None, (in_hand(held),))


def open_linked(*, number: str, title: str, content: str, actor: Actor, now: datetime) -> Done:
    """A direct answer that did not help becomes a ticket of its own, with the same requester, for a unit to handle."""
    with transaction.atomic():
        opened, row, why = _bad(number, actor)
        if row is None or opened is None:
            return Done(why)
        state = opened.state
        outcome = open_ticket(
            act=Register(
                channel=state.channel or Channel.PHONE,
                request_type=state.request_type,
                category=state.category,
                region=state.region,
                title=title,
                content=content,
                confidential=Flag.CONFIDENTIAL in state.flags,
                contactable=state.contactable,
            ),
            requester=_same_person(opened),
            actor=actor,
            now=now,
            region=state.region or _city_code(),
        )
        refusals = outcome.refusals
        if outcome.ticket is not None and not refusals:
            sent = perform_on(take(outcome.ticket.number, actor=actor), act=SendToDispatch(), actor=actor, now=now)
            refusals = sent.refusals
        if refusals or outcome.ticket is None:
            transaction.set_rollback(True)
            return Done(refusals)
        _follow(row, Sample.Followed.TICKET, outcome.ticket.number, actor, now)
        return Done(number=outcome.ticket.number)


def send_correction(*, number: str, code: str, text: str, actor: Actor, now: datetime) -> Done:
    """What was told is wrong or missing in the knowledge base: its unit is asked to mend it."""
    with transaction.atomic():
        _, row, why = _bad(number, actor)
        if row is None:
            return Done(why)
        calendar = rulebook(now=now).calendar
        outcome = correct_item(text=text, actor=actor, now=now, calendar=calendar, code=code)
        if outcome.refusals:
            return Done(outcome.refusals)
        _follow(row, Sample.Followed.CORRECTION, "", actor, now)
        return Done()


def _bad(number: str, actor: Actor) -> tuple[OpenTicket | None, Sample | None, tuple[Refusal, ...]]:
    try:
        opened = look_at(number, actor=actor, with_requester=True)
    except TicketRefused as refused:
        return None, None, (refused.refusal,)
    row = Sample.objects.select_for_update().filter(ticket_id=opened.row.pk).first()
    if row is None or row.result != Sample.Result.DISSATISFIED:
        return opened, None, (Refusal("callback.sample_not_bad"),)
    if row.followed:
        return opened, None, (Refusal("callback.sample_followed"),)
    return opened, row, ()


def _follow(row: Sample, how: Sample.Followed, ticket: str, actor: Actor, now: datetime) -> None:
    row.followed, row.followed_ticket, row.followed_at, row.followed_by = how, ticket, now, actor.id
    row.save()


PERSONAL: Final = (
    "kind", "name", "gender", "phone", "alt_phone", "id_no", "company_name", "address", "special_groups", "language",
    "contact_preference", "may_pass_on",
)  # fmt: skip


def _same_person(opened: OpenTicket) -> dict[str, object]:
    asker = getattr(opened.row, "requester", None)
    return {name: getattr(asker, name) for name in PERSONAL} if asker is not None else {}


def _city_code() -> str:
    place = city()
    return place.code if place else ""
