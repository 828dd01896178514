"""One act is one transaction: entry, row, clocks and words are all there afterwards, or none of them is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hotline.plumbing import live, messages
from hotline.rules import acts
from hotline.rules.fold import fold
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets import access, commands, ledger
from hotline.tickets.canon import GENESIS, chain, text_digest
from hotline.tickets.entries import entry_bytes, event_of
from hotline.tickets.models import LedgerEntry, PostedForm, Requester, Ticket, TicketClock, TicketText
from tests.cast import Cast
from tests.walks import OPENING, REGISTER, STEP, replied


def statements(act: Callable[[], Any]) -> list[str]:
    """What an act says to the database, without beginning and end of the transaction."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [q["sql"] for q in asked if not q["sql"].startswith(("BEGIN", "COMMIT"))]


def stored() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Ticket, LedgerEntry, TicketText, TicketClock, Requester, PostedForm)
    )


def test_the_row_is_the_fold_of_its_entries(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REWORK, lead="LY")
    entries = LedgerEntry.objects.filter(ticket__number=ticket.number).order_by("seq")
    assert [entry.seq for entry in entries] == list(range(1, ticket.state.version + 1))
    assert fold(map(event_of, entries)) == cast.seen(ticket).state == ticket.state


def test_every_entry_is_chained_to_the_one_before_by_a_key_outside_the_database(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    head = GENESIS
    for entry in LedgerEntry.objects.filter(ticket__number=ticket.number).order_by("seq"):
        head = chain(ledger.ledger_key(), head, entry_bytes(ticket.number, entry))
        assert bytes(entry.hash) == head
    assert bytes(Ticket.objects.get(number=ticket.number).head_hash) == head
    assert chain(b"another key", GENESIS, b"") != chain(ledger.ledger_key(), GENESIS, b"")


def test_typed_words_stand_beside_the_ledger_and_only_their_digest_in_it(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN_OFF)
    texts = {(t.seq, t.field): t.body for t in TicketText.objects.filter(ticket__number=ticket.number)}
    assert texts[1, "content"] == REGISTER.content
    for entry in LedgerEntry.objects.filter(ticket__number=ticket.number):
        assert REGISTER.content not in repr(vars(entry))
        for field, digest in entry.digests.items():
            body = texts.pop((entry.seq, field))
            assert digest == text_digest(ledger.ledger_key(), ticket.number, entry.seq, field, body)
    assert texts == {}


def test_the_title_follows_what_the_agent_registers(cast: Cast) -> None:
    draft = cast.ticket_at(Stage.DRAFT)
    cast.do(draft, "agent", replace(REGISTER, title="早市占道，行人难走"))
    assert Ticket.objects.get(number=draft.number).title == "早市占道，行人难走"


def test_a_refused_act_writes_nothing(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    before = stored()
    outcome = cast.tried(ticket, "cgj_handler", replied())
    assert outcome.refusals == (Refusal("act.not_now", {"act": "submit_reply", "stage": Stage.PENDING_SIGN}),)
    assert (stored(), cast.seen(ticket).state) == (before, ticket.state)


def test_a_refused_registration_writes_nothing_and_takes_no_form(cast: Cast) -> None:
    outcome = commands.open_ticket(
        act=replace(REGISTER, title=" "),
        requester={},
        actor=cast.actor("agent"),
        now=OPENING,
        region="340103",
        token="one",
    )
    assert [refusal.field for refusal in outcome.refusals] == ["title"]
    assert stored() == (0, 0, 0, 0, 0, 0)


def test_a_fault_in_the_middle_leaves_nothing_behind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    before = stored()

    def fault(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(live, "notify_all", fault)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        cast.tried(ticket, "cgj_handler", acts.SignIn())
    assert (stored(), cast.seen(ticket).state) == (before, ticket.state)


def test_the_second_of_two_people_is_told_what_happened_meanwhile(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    seen = ticket.state.version
    done = cast.do(ticket, "supervisor", acts.Urge(note="请尽快"))
    late = cast.tried(done, "cgj_handler", acts.RecordProgress(note="已到现场"), version=seen)
    (refusal,) = late.refusals
    assert refusal.code == "conflict.version"
    assert refusal.params == {"event": "ticket.urged", "at": done.at, "actor": cast.actor("supervisor").id}
    assert cast.seen(ticket).state == done.state


def test_who_waited_for_another_acts_right_after_and_is_not_too_early(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    done = cast.do(ticket, "cgj_handler", acts.RecordProgress(note="二"), at=ticket.at - timedelta(seconds=20))
    assert done.at == ticket.at
    outcome = cast.tried(ticket, "cgj_handler", acts.RecordProgress(note="三"), at=ticket.at - timedelta(minutes=2))
    assert [refusal.code for refusal in outcome.refusals] == ["act.before_last_event"]


def test_the_ledger_writes_only_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        access.take("34010020260317DH000001", actor=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_an_act_takes_eight_statements_and_a_registration_nine(cast: Cast) -> None:
    ticket, handler = cast.ticket_at(Stage.PENDING_SIGN), cast.actor("cgj_handler")
    assert handler.unit == "CGJ"  # looked up before the counting begins
    signing = statements(lambda: cast.tried(ticket, "cgj_handler", acts.SignIn()))
    assert len(signing) <= 8, signing
    replying = statements(lambda: cast.tried(ticket, "cgj_handler", replied(), at=ticket.at + 2 * STEP))
    assert len([s for s in replying if "procrastinate_defer" not in s]) <= 8, replying
    assert len(replying) <= 9, replying  # somebody is told of it: one job more, however many must know
    registering = statements(lambda: cast.opened(token="a-form"))
    assert len([s for s in registering if "procrastinate_defer" not in s]) <= 9, registering
    assert len(registering) <= 10, registering  # the citizen is told of it: one job more
    assert len(statements(cast.opened)) <= 9  # its job among them
    assert not [s for s in (*signing, *replying, *registering) if "SAVEPOINT" in s]


def test_a_change_of_the_lists_is_seen_by_the_next_act(cast: Cast) -> None:
    from hotline.registry.regions.models import City
    from hotline.registry.units.models import Unit

    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    Unit.objects.filter(code="CGJ").update(valid_to=OPENING.date())
    City.objects.update(data_token="another")
    outcome = cast.tried(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ")))
    assert [(r.code, r.field) for r in outcome.refusals] == [("field.unknown_code", "lead_unit")]


def test_a_form_posted_twice_makes_one_ticket(cast: Cast) -> None:
    first = cast.opened(token="a-form")
    again = commands.open_ticket(
        act=REGISTER, requester={}, actor=cast.actor("agent"), now=OPENING, region="340103", token="a-form"
    )
    assert again.ok
    assert again.ticket is not None
    assert again.ticket.number == first.number
    assert again.events == ()
    anothers = cast.opened(who="team_leader", token="a-form")
    assert anothers.number != first.number


def test_what_was_registered_is_not_refused_at_the_second_click(cast: Cast) -> None:
    first = cast.opened(token="a-form")
    again = commands.open_ticket(
        act=replace(REGISTER, source_line="no-such-line"),
        requester={},
        actor=cast.actor("agent"),
        now=OPENING,
        region="340103",
        token="a-form",
    )
    assert again.ticket is not None
    assert again.ticket.number == first.number


def test_those_who_look_are_told_codes_only_and_reactions_the_events(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[list[str], dict[str, Any]]] = []
    announced: list[tuple[str, list[tuple[int, str]]]] = []
    monkeypatch.setattr(live, "notify_all", lambda topics, payload: told.append((topics, payload)))
    monkeypatch.setattr(
        messages,
        "announce",
        lambda subject, events: announced.append((subject, [(e.seq, e.name) for e in events])),
    )
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    number = ticket.number
    assert told[-1] == (["office:all", f"ticket:{number}", "unit:CGJ"], {"stage": "pending_sign", "number": number})
    assert announced == [
        (number, [(1, "request.registered")]),
        (number, [(2, "dispatch.requested")]),
        (number, [(3, "dispatch.sent")]),
    ]
