"""Every deed on a document goes through one of these: the row is taken, the rules decide, what came of it is kept.

A refusal is a value. `draft` is how other parts of the platform begin a document.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hotline.oversight.documents.models import Document, DocumentNumber
from hotline.oversight.documents.rows import columns_of, record, state_of, words_of, write_entry
from hotline.oversight.documents.telling import tell
from hotline.registry.units.queries import active_codes
from hotline.rules import documents as rules
from hotline.rules.documents import Deed, DocumentKind, Order, decide
from hotline.rules.documents.seeing import may_see
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, UnitCode
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.dossiers.numbering import draw

ADDRESSING = frozenset({Deed.DRAFT, Deed.REVISE})


Done = dossiers.Done[Document, rules.Document]


def draft(
    *,
    kind: DocumentKind | None,
    title: str,
    body: str,
    actor: Actor,
    now: datetime,
    recipients: Iterable[str] = (),
    copies: Iterable[str] = (),
    sent_to: str = "",
    about: str = "",
    about_key: str = "",
) -> Done:
    """A new document. `about` names what it follows from: "ticket", "supervision", "criticism", with its key."""
    order = Order(
        deed=Deed.DRAFT,
        kind=kind,
        about=about,
        about_key=about_key,
        recipients=frozenset(UnitCode(code) for code in recipients),
        copies=frozenset(UnitCode(code) for code in copies),
        sent_to=sent_to.strip(),
        title=title,
        body=body,
    )
    ruling = decide(rules.Document(), order, actor=actor, now=now)
    if not ruling.ok or ruling.entry is None:
        return Done(refusals=ruling.refusals)
    unknown = _unknown(order, now)
    if unknown:
        return Done(refusals=unknown)
    with transaction.atomic(savepoint=False):
        row = Document.objects.create(made_at=now, **columns_of(ruling.state), **words_of(order))
        write_entry(row.pk, ruling.state.version, ruling.entry, order)
    return Done(row, ruling.state)


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one document. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("documents.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("documents.moved_on"),))
        return do_on(row, order=order, actor=actor, now=now)


def take(pk: int, *, actor: Actor) -> Document | None:
    """The document locked for a deed; None when it is not there for this person."""
    return dossiers.taken(Document.objects, pk, seen=lambda row: may_see(actor, state_of(row)))


def do_on(row: Document, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The same on one that is already taken, inside the caller's transaction.

    The number is drawn only when nothing stands against the signature: a refused one uses none up.
    """
    before, now = state_of(row), max(now, row.last_at)
    ruling = decide(before, order, actor=actor, now=now)
    unknown = _unknown(order, now) if ruling.ok and order.deed in ADDRESSING else ()
    if not ruling.ok or unknown:
        return Done(row, before, ruling.refusals or unknown)
    if order.deed is Deed.SIGN:
        order = replace(order, number=draw(DocumentNumber, now=now, kind=before.kind.value))
        ruling = decide(before, order, actor=actor, now=now)
    record(row, before, ruling, order)
    if ruling.entry is not None:
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
    return Done(row, ruling.state)


def _unknown(order: Order, now: datetime) -> tuple[Refusal, ...]:
    """Units that are not in the directory today; the form offers no others, the API can name any."""
    known = active_codes(now.astimezone(CITY_TZ).date())
    return tuple(
        Refusal("documents.unit_unknown", {"unit": code[:24]}, field=field)
        for field, codes in (("recipients", order.recipients), ("copies", order.copies))
        for code in sorted(codes)
        if code not in known
    )
