"""A citizen is told once of everything that concerns them, and nothing leaves that should not."""

from datetime import date, datetime, timedelta

import pytest

from hotline.oversight.messaging.models import CitizenMessage
from hotline.oversight.messaging.queries import told_of
from hotline.oversight.messaging.resending import note_wish, send_again
from hotline.oversight.messaging.telling import tell_citizens
from hotline.oversight.messaging.wordings import set_quiet, write_wording
from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.rules import acts
from hotline.rules.citizens.kinds import TELLING, Kind
from hotline.rules.citizens.wording import DEFAULTS, Wording
from hotline.rules.vocabulary import CITY_TZ, Flag, Stage, TicketNo, UnitCode, Urgency
from hotline.tickets.happening import events_of
from hotline.wiring import REACTIONS
from tests.cast import Cast, Ticket
from tests.oversight.messaging.working import bodies, react, told
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
TODAY = OPENING.date()
OTHER = {"name": "李玲", "phone": "13900000001"}


def walked(cast: Cast, stage: Stage, **options: object) -> Ticket:
    ticket = cast.ticket_at(stage, **options)  # type: ignore[arg-type]  # handed on as they came
    react(ticket.at)
    return ticket


def test_every_event_that_tells_something_is_wired():
    assert all(tell_citizens in REACTIONS[name] for name in TELLING)


def test_a_request_is_told_from_taking_in_to_answer(cast: Cast):
    ticket = walked(cast, Stage.HANDLING)
    assert told(ticket) == ["received", "handed"]
    received, handed = bodies(ticket)
    assert f"已经受理，编号{ticket.number}，最迟3月26日答复" in received
    assert "“小区门口占道经营”已由市城管局接手，最迟3月26日答复" in handed
    outgoing = OutgoingMessage.objects.get(body=handed)
    assert (outgoing.channel, outgoing.to, outgoing.about) == ("sms", "13800000000", ticket.number)


def test_a_message_whose_row_is_past_its_time_is_still_said_to_have_been(cast: Cast):
    ticket = walked(cast, Stage.HANDLING)
    OutgoingMessage.objects.all().delete()
    assert [one.state for one in told_of(ticket.number)] == ["gone", "gone"]


def test_telling_twice_tells_once(cast: Cast):
    ticket = walked(cast, Stage.HANDLING)
    for happened in [*events_of(ticket.number, 1, 20)] * 2:
        if happened.name in TELLING:
            tell_citizens(happened, ticket.at)
    assert told(ticket) == ["received", "handed"]
    assert len(bodies(ticket)) == 2


def test_the_answer_is_told_by_the_message_that_asks_for_it(cast: Cast):
    ticket = walked(cast, Stage.PENDING_CALLBACK)
    assert told(ticket)[-1] == "answered:asked_instead"
    assert OutgoingMessage.objects.filter(key__startswith=f"{ticket.number}/callback/").count() == 1


def test_more_time_and_another_unit_are_told(cast: Cast):
    ticket = walked(cast, Stage.HANDLING)
    ticket = cast.do(ticket, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    react(ticket.at)
    assert told(ticket)[2:] == ["moved"]
    assert "改由市生态环境局办理" in bodies(ticket)[-1]


def test_an_interim_answer_is_told_in_its_words(cast: Cast):
    ticket = walked(cast, Stage.HANDLING)
    ticket = cast.do(ticket, "cgj_handler", acts.ReplyInStages(reply="已约谈商户，\n本周内清理。"))
    react(ticket.at)
    assert "市城管局先答复您：已约谈商户， 本周内清理。 事情还在办" in bodies(ticket)[-1]


def test_nothing_leaves_at_night_but_what_is_urgent(cast: Cast):
    night = datetime(2026, 3, 17, 23, 0, tzinfo=CITY_TZ)
    calm = walked(cast, Stage.REGISTERED, at=night)
    urgent = walked(cast, Stage.REGISTERED, at=night, register={"urgency": Urgency.URGENT})
    moments = {one.about: one.not_before for one in OutgoingMessage.objects.all()}
    assert moments[calm.number] == datetime(2026, 3, 18, 8, 0, tzinfo=CITY_TZ)
    assert moments[urgent.number] == night


def test_the_office_sets_its_quiet_hours(cast: Cast):
    leader, noon = cast.actor("team_leader"), OPENING.replace(hour=12).time()
    assert not set_quiet(begins=OPENING.time(), ends=noon, starts_on=TODAY, actor=leader, now=OPENING)
    ticket = walked(cast, Stage.REGISTERED)
    assert OutgoingMessage.objects.get(about=ticket.number).not_before == OPENING.replace(hour=12)
    assert [r.code for r in set_quiet(begins=None, ends=noon, starts_on=TODAY, actor=leader, now=OPENING)] == [
        "wording.hours_malformed"
    ]
    agent = cast.actor("agent")
    assert set_quiet(begins=noon, ends=noon, starts_on=TODAY, actor=agent, now=OPENING)[0].code == "wording.denied"


@pytest.mark.parametrize(
    ("requester", "why"),
    [
        ({"name": "张建军", "phone": "0551-62345678"}, "landline"),
        ({"name": "张建军", "phone": ""}, "no_contact"),
        ({"name": "张建军", "phone": "13800000000", "contact_preference": "phone"}, "not_wanted"),
    ],
)
def test_who_cannot_or_will_not_be_reached_is_left_in_peace(cast: Cast, requester: dict[str, str], why: str):
    ticket = cast.opened(requester=requester)
    react(ticket.at)
    assert told(ticket) == [f"received:{why}"]
    assert not OutgoingMessage.objects.exists()


def test_the_second_number_is_used_where_the_first_is_a_landline(cast: Cast):
    ticket = cast.opened(requester={"name": "张", "phone": "62345678", "alt_phone": "13700000009"})
    react(ticket.at)
    assert OutgoingMessage.objects.get(about=ticket.number).to == "13700000009"


def test_somebody_who_wants_no_messages_gets_none(cast: Cast):
    ticket = walked(cast, Stage.PENDING_DISPATCH)
    assert note_wish(number=ticket.number, wants=False, actor=cast.actor("agent"), now=ticket.at) is None
    ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ")))
    react(ticket.at)
    assert told(ticket) == ["received", "handed:not_wanted"]
    handler = cast.actor("cgj_handler")
    refusal = note_wish(number=ticket.number, wants=True, actor=handler, now=ticket.at)
    assert refusal is not None
    assert refusal.code == "told.denied"


def in_confidence(cast: Cast) -> Ticket:
    ticket = cast.opened()
    return cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.CONFIDENTIAL))


def test_nothing_leaves_about_a_confidential_ticket(cast: Cast):
    ticket = in_confidence(cast)
    react(ticket.at)
    assert told(ticket) == ["received:confidential"]
    assert not OutgoingMessage.objects.exists()


def test_the_office_may_have_confidential_ones_told_without_their_matter(cast: Cast):
    own = DEFAULTS[Kind.RECEIVED]
    wording = Wording(True, own.zh, own.en, "【{hotline}】您反映的事项已收到，编号尾数{tail}，{due}。")
    refused = write_wording(
        kind=Kind.RECEIVED, wording=wording, starts_on=TODAY, actor=cast.actor("supervisor"), now=OPENING
    )
    assert refused == ()
    ticket = in_confidence(cast)
    react(ticket.at)
    assert told(ticket) == ["received"]
    assert "占道" not in bodies(ticket)[0]
    assert bodies(ticket)[0].endswith(f"您反映的事项已收到，编号尾数{ticket.number[-6:]}，最迟3月26日答复。")


def test_what_waits_for_the_morning_does_not_leave_once_it_is_confidential(cast: Cast):
    ticket = walked(cast, Stage.REGISTERED, at=datetime(2026, 3, 17, 23, 0, tzinfo=CITY_TZ))
    assert OutgoingMessage.objects.get().state == State.WAITING
    ticket = cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.CONFIDENTIAL))
    react(ticket.at)
    assert OutgoingMessage.objects.get().state == State.CANCELLED


def test_nobody_hears_in_the_morning_of_what_was_withdrawn_at_night(cast: Cast):
    ticket = walked(cast, Stage.REGISTERED, at=datetime(2026, 3, 17, 23, 0, tzinfo=CITY_TZ))
    ticket = cast.do(ticket, "agent", acts.Withdraw(note="已自行解决"))
    react(ticket.at)
    assert OutgoingMessage.objects.get().state == State.CANCELLED


def test_all_whose_tickets_were_joined_are_told_each_under_their_own_number(cast: Cast):
    master = walked(cast, Stage.HANDLING)
    child = cast.opened(requester=OTHER, at=master.at)
    child = cast.do(child, "agent", acts.Merge(master=TicketNo(master.number)))
    react(child.at)
    assert told(child) == ["received", "joined"]
    later = cast.do(cast.seen(master), "cgj_handler", acts.ReplyInStages(reply="张建军先生，已约谈商户。"))
    react(later.at)
    assert told(child)[-1] == told(master)[-1] == "interim"
    assert "张建军" in bodies(master)[-1]
    assert "张建军" not in bodies(child)[-1]
    assert f"编号尾数{child.number[-6:]}" in bodies(child)[-1]
    assert OutgoingMessage.objects.filter(about=child.number).values_list("to", flat=True)[0] == OTHER["phone"]


def test_a_late_worker_tells_nobody_of_a_unit_that_has_it_no_more(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    ticket = cast.do(ticket, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    react(ticket.at)
    assert told(ticket) == ["received", "handed:outdated", "moved"]


def test_the_same_is_not_said_twice_running(cast: Cast):
    same = Wording(True, "【{hotline}】您反映的“{title}”有进展。", "")
    for kind in (Kind.RECEIVED, Kind.HANDED):
        write_wording(kind=kind, wording=same, starts_on=TODAY, actor=cast.actor("supervisor"), now=OPENING)
    ticket = walked(cast, Stage.PENDING_SIGN)
    assert told(ticket) == ["received", "handed:same"]


def test_a_kind_that_is_switched_off_leaves_no_trace(cast: Cast):
    off = Wording(False, "", "")
    write_wording(kind=Kind.RECEIVED, wording=off, starts_on=TODAY, actor=cast.actor("team_leader"), now=OPENING)
    assert told(walked(cast, Stage.REGISTERED)) == []


def test_words_hold_from_their_day_on(cast: Cast):
    tomorrow = TODAY + timedelta(days=1)
    new = Wording(True, "【{hotline}】收到。", "")
    write_wording(kind=Kind.RECEIVED, wording=new, starts_on=tomorrow, actor=cast.actor("supervisor"), now=OPENING)
    first = walked(cast, Stage.REGISTERED)
    second = walked(cast, Stage.REGISTERED, at=OPENING + timedelta(days=1))
    assert bodies(first)[0] != bodies(second)[0]
    assert bodies(second)[0].endswith("】收到。")
    past = write_wording(
        kind=Kind.RECEIVED, wording=new, starts_on=date(2026, 3, 1), actor=cast.actor("supervisor"), now=OPENING
    )
    assert [refusal.code for refusal in past] == ["wording.starts_in_past"]


def test_a_failed_message_is_sent_again_by_whoever_speaks_with_citizens(cast: Cast):
    ticket = walked(cast, Stage.REGISTERED)
    row = CitizenMessage.objects.get()
    OutgoingMessage.objects.update(state=State.FAILED, reason="timeout")

    def again(who: str) -> str:
        refusal = send_again(number=ticket.number, told_id=row.pk, actor=cast.actor(who), now=ticket.at)
        return refusal.code if refusal else ""

    assert again("cgj_handler") == "ticket.not_found"
    assert again("reviewer") == "told.denied"
    assert again("callback_officer") == ""
    assert OutgoingMessage.objects.get().state == State.WAITING
    assert again("callback_officer") == "outbox.not_resendable"
    row.refresh_from_db()
    assert row.resent_by == str(cast.user("callback_officer").pk)


def test_what_was_withheld_is_not_sent_by_a_button(cast: Cast):
    ticket = in_confidence(cast)
    react(ticket.at)
    row = CitizenMessage.objects.get()
    refusal = send_again(number=ticket.number, told_id=row.pk, actor=cast.actor("agent"), now=ticket.at)
    assert refusal is not None
    assert refusal.code == "told.withheld"
