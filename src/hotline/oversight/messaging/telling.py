"""Reactions that tell citizens what has become of their request, by short message; wiring.py calls them.

Which event tells what stands in rules/citizens. The message goes into the outbox in the reaction's own transaction.
Citizens whose tickets were joined with this one are told as well, each under their own number, and never in the words
of an answer that was written for somebody else. What does not leave stays on record with the reason.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from hotline.oversight.messaging.models import CitizenMessage, NoMessages
from hotline.oversight.messaging.wordings import quiet_on, wording_on
from hotline.plumbing.outbox.commands import cancel, queue
from hotline.plumbing.outbox.queries import known_since
from hotline.registry.regions.queries import city
from hotline.registry.units.queries import short_names
from hotline.rules.citizens.kinds import (
    DATED,
    ENDING,
    MAY_TURN_CONFIDENTIAL,
    Kind,
    Withheld,
    due_day,
    review_day,
    what_to_tell,
)
from hotline.rules.citizens.quiet import leaves_at
from hotline.rules.citizens.saying import day_words, due_words
from hotline.rules.citizens.wording import LONGEST_ANSWER, LONGEST_TITLE, fill, shortened
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, Flag, Urgency
from hotline.tickets.happening import Happened, states_around
from hotline.tickets.reaching import Citizen, citizen_of, joined_with, written_to_citizen

NOT_BY_MESSAGE: Final = frozenset({"phone", "no_messages", "none"})
"""What a requester may have said about how to be reached."""
HOLDING: Final = frozenset({Kind.HANDED, Kind.MOVED})
OWN_ONLY: Final = frozenset({"request.registered", "request.merged", "decline.confirmed", "request.answered_directly"})
"""What concerns this request alone, not those that were joined with it."""


@dataclass(frozen=True)
class Occasion:
    """Why somebody is told: an entry of a ledger with the ticket after it, and when."""

    happened: Happened
    after: TicketState
    now: datetime

    @property
    def day(self) -> date:
        """The city's day."""
        return self.now.astimezone(CITY_TZ).date()


def tell_citizens(happened: Happened, now: datetime) -> None:
    """Reaction: the requester is told, and those whose tickets were joined with this one."""
    before, after = states_around(happened)
    own = citizen_of(happened.number)
    others = () if happened.name in OWN_ONLY else joined_with(happened.number)
    for citizen in [*([own] if own else []), *others]:
        kind = what_to_tell(happened.event, before, after, _promised(citizen.number))
        if kind is not None:
            _tell(citizen, kind, Occasion(happened, after, now), holder=own.lead_unit if own else "")


def hold_back(happened: Happened, now: datetime) -> None:
    """Reaction: what still waits for the end of the quiet hours does not leave about a ticket that became confidential,
    or that has ended without a result.
    """
    own = citizen_of(happened.number)
    if happened.name in MAY_TURN_CONFIDENTIAL and not (own and own.confidential):
        return
    waiting = CitizenMessage.objects.filter(number=happened.number, leaves_at__gt=now).exclude(message_id=None)
    for message_id in waiting.values_list("message_id", flat=True):
        cancel(message_id=message_id or 0, now=now)


HOLD_BACK: Final = ENDING | MAY_TURN_CONFIDENTIAL
"""After which events."""


def _promised(number: str) -> date | None:
    rows = CitizenMessage.objects.filter(number=number, withheld="").exclude(promised_on=None)
    return rows.order_by("-id").values_list("promised_on", flat=True).first()


def _tell(citizen: Citizen, kind: Kind, occasion: Occasion, *, holder: str) -> None:
    wording = wording_on(kind, occasion.day)
    if not wording.on:
        return
    secret = citizen.confidential or Flag.CONFIDENTIAL in occasion.after.flags
    text = wording.text(citizen.language, secret=secret)
    why = Withheld.CONFIDENTIAL if not text else _why_not(citizen, kind, occasion, holder)
    body = "" if why else fill(text, _said(citizen, kind, occasion))
    digest = sha256(body.encode()).hexdigest() if body else ""
    if body and digest == _last(citizen.number):
        why = Withheld.SAME
    _keep(citizen, kind, occasion, why=why, body=body, digest=digest)


def _why_not(citizen: Citizen, kind: Kind, occasion: Occasion, holder: str) -> Withheld | None:
    if citizen.preference in NOT_BY_MESSAGE or NoMessages.objects.filter(number=citizen.number).exists():
        return Withheld.NOT_WANTED
    if not citizen.contactable or not citizen.has_number:
        return Withheld.NO_CONTACT
    if not citizen.mobile:
        return Withheld.LANDLINE
    if kind in HOLDING and holder != (occasion.after.lead_unit or ""):
        return Withheld.OUTDATED
    if kind is Kind.ANSWERED and known_since(f"{citizen.number}/callback/", occasion.happened.event.at):
        return Withheld.ASKED_INSTEAD
    return None


def _last(number: str) -> str:
    """What was last told, by its digest: the same is not said twice running."""
    rows = CitizenMessage.objects.filter(number=number, withheld="")
    return rows.order_by("-id").values_list("digest", flat=True).first() or ""


def _said(citizen: Citizen, kind: Kind, occasion: Occasion) -> dict[str, str]:
    """What stands in the blanks."""
    after, lang, now, place = occasion.after, citizen.language, occasion.now, city()
    unit, review = after.lead_unit or "", review_day(after)
    own = citizen.number == occasion.happened.number
    answer = written_to_citizen(citizen.number, occasion.happened.seq) if own and kind in WITH_ANSWER else ""
    named = (place.hotline_name if lang == "zh" else place.hotline_name_en) if place else "12345"
    year = now.astimezone(CITY_TZ).year
    return {
        "hotline": named,
        "number": citizen.number,
        "tail": citizen.number[-6:],
        "title": shortened(citizen.title, LONGEST_TITLE),
        "unit": short_names([unit]).get(unit, unit) if unit else "",
        "due": due_words(after, now, lang),
        "day": day_words(review.astimezone(CITY_TZ).date(), year, lang) if review else "",
        "answer": shortened(answer, LONGEST_ANSWER) or RING_US[lang],
        "other": after.master[-6:],
    }


WITH_ANSWER: Final = frozenset({Kind.INTERIM, Kind.ANSWERED})
RING_US: Final = {"zh": "详细内容请拨打12345。", "en": "Ring 12345 to hear it."}
"""In the place of an answer that was written for somebody else."""


def _keep(citizen: Citizen, kind: Kind, occasion: Occasion, *, why: Withheld | None, body: str, digest: str) -> None:
    """The message with its record, or the record alone; what a killed worker did already is found done."""
    happened, now = occasion.happened, occasion.now
    key = {"number": citizen.number, "cause": happened.number, "seq": happened.seq}
    if CitizenMessage.objects.filter(**key).exists():
        return
    urgency = Urgency(occasion.after.urgency)
    leaves = None if why else leaves_at(now, quiet_on(occasion.day), urgency)
    CitizenMessage.objects.create(
        **key,
        kind=kind.value,
        made_at=now,
        leaves_at=leaves,
        withheld=why.value if why else "",
        promised_on=due_day(occasion.after) if kind in DATED and not why else None,
        digest="" if why else digest,
        message_id=None if why else _queued(citizen, occasion, body, leaves),
    )


def _queued(citizen: Citizen, occasion: Occasion, body: str, leaves: datetime | None) -> int:
    happened = occasion.happened
    return queue(
        channel="sms",
        to=citizen.mobile,
        subject="",
        body=body,
        about=citizen.number,
        key=f"{citizen.number}/told/{happened.number}/{happened.seq}",
        not_before=leaves,
        now=occasion.now,
    )
