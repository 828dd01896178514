"""待签批 in the database: what awaits whose own signature, exact to the counter; what the office learns and when."""

from datetime import timedelta

import pytest

from hotline.desks.places import desk_named, desks_of
from hotline.desks.queries import rail
from hotline.rules import acts
from hotline.rules.vocabulary import Flag, Stage
from hotline.search.words import search
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.models import Ticket as Row
from hotline.tickets.narrowing import OTHERS, OWN, TicketFilter
from hotline.tickets.queries import ticket_file, tickets
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import walk

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
RETURN = acts.RequestReturn(reason="not_competent", legal_basis="三定规定第七条甲款", evidence="现场照片")
REPLY = next(move.act for move in walk(Stage.PENDING_SIGN_OFF) if isinstance(move.act, acts.SubmitReply))
WHO_LOOKS = ("cgj_head", "supervisor")
EXTENSION = acts.RequestExtension(days=5, reason="expert", explanation="需要检测", legal_basis="检测规程")


def to_sign(cast: Cast, who: str, which: str = OWN) -> list[str]:
    found = tickets(actor=cast.actor(who), where=TicketFilter(to_sign=which))
    return sorted(row.number for row in found.rows)


def drafted(cast: Cast, act: acts.Act = RETURN) -> Ticket:
    return cast.do(cast.ticket_at(Stage.HANDLING), "cgj_handler", act)


def test_each_paper_lies_on_one_desk_at_a_time(cast: Cast) -> None:
    reply = cast.ticket_at(Stage.PENDING_SIGN_OFF)
    back, more = drafted(cast), drafted(cast, EXTENSION)
    heavy = cast.do(cast.ticket_at(Stage.PENDING_SIGN_OFF), "supervisor", acts.MarkTicket(flag=Flag.KEY))
    all_four = sorted(one.number for one in (reply, back, more, heavy))
    assert to_sign(cast, "cgj_section") == all_four
    assert to_sign(cast, "cgj_deputy") == to_sign(cast, "cgj_head") == []
    assert to_sign(cast, "cgj_deputy", OTHERS) == all_four
    for one in (reply, back, more, heavy):
        cast.do(one, "cgj_section", acts.SignOff())
    assert to_sign(cast, "cgj_section") == []
    assert to_sign(cast, "cgj_deputy") == all_four
    for one in (back, heavy):
        cast.do(cast.seen(one), "cgj_deputy", acts.SignOff())
    assert to_sign(cast, "cgj_head") == [heavy.number]
    assert to_sign(cast, "cgj_head", OTHERS) == sorted([reply.number, more.number])
    assert to_sign(cast, "sthj_section") == to_sign(cast, "supervisor") == to_sign(cast, "cgj_handler") == []


def test_nobody_finds_their_own_paper_and_it_lies_one_step_higher(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    cast.do(ticket, "cgj_section", REPLY)
    assert to_sign(cast, "cgj_section") == to_sign(cast, "cgj_section", OTHERS) == []
    assert to_sign(cast, "cgj_deputy") == [ticket.number]


def test_the_rail_counts_what_the_list_shows(cast: Cast) -> None:
    cast.ticket_at(Stage.PENDING_SIGN_OFF)
    drafted(cast)
    for who in ("cgj_section", "cgj_deputy", "cgj_head"):
        actor = cast.actor(who)
        counted = {one.desk.key: one.count for one in rail(desks_of(actor), actor)[0]}
        assert counted["sign-off"] == len(to_sign(cast, who))
        assert counted.get("sign-for", 0) == len(to_sign(cast, who, OTHERS))
    assert desk_named("sign-off") is not None


def test_the_ledger_gives_the_column_back(cast: Cast) -> None:
    cast.do(drafted(cast), "cgj_section", acts.SignOff())
    cast.do(drafted(cast, EXTENSION), "cgj_section", acts.RefuseRequest(reason="能按期办完"))
    cast.ticket_at(Stage.PENDING_SIGN_OFF)
    assert list(check_tickets(Tally())) == []


def test_a_column_that_was_changed_by_hand_is_found(cast: Cast) -> None:
    ticket = drafted(cast)
    Row.objects.filter(number=ticket.number).update(awaits_signature="unit_head")
    assert [finding.code for finding in check_tickets(Tally())] == ["row.differs"]


@pytest.mark.parametrize("act", [RETURN, EXTENSION], ids=["return", "extension"])
def test_the_office_sees_nothing_until_the_last_signature(cast: Cast, act: acts.Act) -> None:
    ticket = cast.do(drafted(cast, act), "cgj_section", acts.SignOff(opinion="拟同意上报"))
    for who in ("dispatcher", "supervisor", "auditor", "ly_dispatcher"):
        if who != "ly_dispatcher":
            file = ticket_file(ticket.number, actor=cast.actor(who), now=ticket.at)
            assert not {e.name for e in file.timeline} & {"handling.return_drafted", "extension.drafted"}
            assert "handling.request_signed" not in {e.name for e in file.timeline}
            assert not {"三定规定第七条甲款", "拟同意上报", "需要检测"} & set(file.texts.values())
        rows = tickets(actor=cast.actor(who), where=TicketFilter(words=ticket.number)).rows
        assert all(not row.paper for row in rows)
    cast.do(ticket, "cgj_deputy", acts.SignOff())
    file = ticket_file(ticket.number, actor=cast.actor("dispatcher"), now=ticket.at + SOON)
    assert [e.name for e in file.timeline][-3].endswith("drafted")
    assert {"检测规程", "三定规定第七条甲款"} & set(file.texts.values())


def test_the_words_of_an_unsigned_return_are_found_by_the_unit_only(cast: Cast) -> None:

    ticket = drafted(cast)
    found = {
        who: [one.number for one in search("第七条甲款", actor=cast.actor(who))] for who in ("cgj_head", "supervisor")
    }
    assert found == {"cgj_head": [ticket.number], "supervisor": []}


def test_an_act_of_the_office_does_not_stumble_over_what_it_may_not_know(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    seen = ticket.state.version
    ticket = cast.do(ticket, "cgj_handler", EXTENSION)
    done = cast.tried(ticket, "supervisor", acts.Urge(note="请抓紧"), version=seen)
    assert done.ok


def test_pages_say_what_lies_and_for_whom(cast: Cast) -> None:
    ticket = drafted(cast)
    with at(ticket.at + SOON):
        listed = signed_in(cast, "cgj_section").get("/desk/sign-off/").content.decode()
        page = signed_in(cast, "cgj_section").get(f"/tickets/{ticket.number}/").content.decode()
        office = signed_in(cast, "dispatcher").get(f"/tickets/{ticket.number}/").content.decode()
    assert "退单申请待科室负责人签批" in listed
    assert "退单申请签批中" in page
    assert "三定规定第七条甲款" in page
    assert "退单申请" not in office
    assert latin(listed) == latin(page) == set()
