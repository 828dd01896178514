"""Tags on real tickets: kept, listed, filtered, offered while in force; an emergency for a tag goes by them."""

from datetime import date, timedelta

import pytest

from hotline.oversight.emergency.previews import preview_on
from hotline.oversight.emergency.switching import switch_on
from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.emergencies.models import EmergencyPeriod
from hotline.registry.lines.models import Tag
from hotline.registry.regions.commands import touch_lists
from hotline.rules import acts
from hotline.rules.emergency_mode import Plan
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import ClockKind, Stage
from hotline.tickets.access import look_at
from hotline.tickets.queries import TicketFilter, tickets
from tests.cast import Cast, Ticket
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAN = Plan(name="2026年防汛", reason="防汛二级响应。", planned_end=OPENING + 10 * DAY, tags=("flood",))


def tagged(cast: Cast, *codes: str) -> Ticket:
    ticket = cast.ticket_at(Stage.HANDLING)
    for code in codes:
        ticket = cast.do(ticket, "dispatcher", acts.TagTicket(tag=code))
    return ticket


def reply_due(ticket: Ticket) -> object:
    return look_at(ticket.number, actor=SYSTEM).state.clocks[ClockKind.REPLY].due_at


def counted(now: object) -> None:
    for one in Recomputation.objects.filter(finished_at=None).order_by("pk"):
        carry_out(one.pk, now=now)  # type: ignore[arg-type]  # a moment


def test_tags_are_kept_and_told(cast: Cast):
    ticket = tagged(cast, "flood", "epidemic")
    assert ticket.state.tags == {"flood", "epidemic"}
    with at(ticket.at):
        page = signed_in(cast, "supervisor").get(f"/tickets/{ticket.number}/").content.decode()
        line = signed_in(cast, "supervisor").get("/api/v1/tickets?tag=flood").json()["tickets"]
    assert "涉汛" in page
    assert "涉疫" in page
    assert "已加标签" in page
    assert [(one["number"], one["tags"]) for one in line] == [(ticket.number, ["epidemic", "flood"])]
    ticket = cast.do(ticket, "supervisor", acts.UntagTicket(tag="flood", note="误加"))
    assert ticket.state.tags == {"epidemic"}


@pytest.mark.parametrize(
    ("wanted", "found"), [(("flood",), 2), (("epidemic",), 1), (("flood", "epidemic"), 2), (("noise",), 0)]
)
def test_lists_are_narrowed_to_any_of_the_tags(cast: Cast, wanted: tuple[str, ...], found: int):
    for codes in (("flood",), ("flood", "epidemic"), ()):
        tagged(cast, *codes)
    assert len(tickets(actor=SYSTEM, where=TicketFilter(tags=wanted)).rows) == found


def test_the_filter_stands_in_the_address_and_in_words(cast: Cast):
    ticket, other = tagged(cast, "flood"), tagged(cast)
    with at(ticket.at + DAY):
        page = signed_in(cast, "supervisor").get("/desk/open/?tag=flood").content.decode()
        wrong = signed_in(cast, "supervisor").get("/desk/open/?tag=nonsense").content.decode()
    assert ticket.number in page
    assert other.number not in page
    assert "涉汛" in page
    assert "nonsense" in wrong


def test_a_tag_that_has_ended_is_offered_no_more_and_can_be_taken_off(cast: Cast):
    ticket = tagged(cast, "flood")
    Tag.objects.filter(code="flood").update(valid_to=date(2026, 1, 1))
    touch_lists()
    again = cast.tried(cast.ticket_at(Stage.HANDLING), "dispatcher", acts.TagTicket(tag="flood"))
    assert [one.code for one in again.refusals] == ["field.unknown_code"]
    assert cast.do(ticket, "dispatcher", acts.UntagTicket(tag="flood")).state.tags == frozenset()


def test_an_emergency_for_a_tag_moves_what_bears_it_and_what_is_tagged_meanwhile(cast: Cast):
    bears, plain = tagged(cast, "flood"), tagged(cast)
    before = {ticket.number: reply_due(ticket) for ticket in (bears, plain)}
    noon = bears.at + HOUR
    assert preview_on(PLAN, now=noon).moved == 1
    done = switch_on(PLAN, actor=cast.actor("supervisor"), now=noon)
    assert done.ok, done.refusals
    counted(noon)
    assert reply_due(bears) < before[bears.number]  # type: ignore[operator]  # moments
    assert reply_due(plain) == before[plain.number]
    cast.do(plain, "supervisor", acts.TagTicket(tag="flood"), at=noon + HOUR)
    assert reply_due(plain) < before[plain.number]  # type: ignore[operator]  # moments
    cast.do(cast.seen(plain), "supervisor", acts.UntagTicket(tag="flood"), at=noon + 2 * HOUR)
    assert reply_due(plain) == before[plain.number]
    assert EmergencyPeriod.objects.get().tags == ["flood"]


def test_an_emergency_names_tags_that_there_are(cast: Cast):
    wrong = Plan(name="防汛", reason="二级响应", planned_end=OPENING + DAY, tags=("nonsense",))
    done = switch_on(wrong, actor=cast.actor("supervisor"), now=OPENING)
    assert [(one.code, one.field) for one in done.refusals] == [("emergency.unknown_code", "tags")]


def test_the_pages_of_emergencies_say_the_tags(cast: Cast):
    said = {"name": "防汛", "reason": "二级响应", "planned_end": "2026-03-27T18:00", "tags": ["flood"]}
    with at(OPENING):
        client = signed_in(cast, "supervisor")
        page = client.post("/emergency/new/", said).content.decode()
        assert "适用标签" in page
        assert "涉汛" in page
        client.post("/emergency/new/", said | {"step": "confirm"})
        period = EmergencyPeriod.objects.get()
        assert "涉汛" in client.get(f"/emergency/{period.pk}/").content.decode()
        assert client.get("/api/v1/emergencies").json()["emergencies"][0]["tags"] == ["flood"]


def test_a_campaign_is_made_of_what_bears_a_tag(cast: Cast):
    tagged(cast, "flood"), tagged(cast)
    with at(OPENING + DAY):
        page = signed_in(cast, "supervisor").get("/supervision/campaigns/new/?tag=flood&open=1").content.decode()
    assert "涉汛" in page
