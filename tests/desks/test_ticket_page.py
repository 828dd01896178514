"""The ticket page: everything this person may see of one ticket and do with it now, and nothing more."""

from datetime import timedelta

import pytest
from django.db import connection

from hotline.rules import acts
from hotline.rules.vocabulary import Stage
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


def shown(cast: Cast, who: str, ticket: Ticket, *, lang: str = "zh-hans") -> str:
    with at(ticket.at + SOON):
        answer = signed_in(cast, who, lang=lang).get(f"/tickets/{ticket.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


def side(html: str) -> str:
    return html.split('class="card sheet acts"')[1].split("</section>", maxsplit=1)[0]


def test_only_the_acts_allowed_now_are_offered(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    handler = side(shown(cast, "cgj_handler", ticket))
    assert f'action="/handling/sign-in/{ticket.number}/' in handler
    assert "申请退单" in handler
    assert "提交答复" not in handler
    assert "签收" not in side(shown(cast, "agent", ticket))


def test_whoever_has_nothing_to_do_is_told_so(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW)
    assert "这一环节由别的岗位办理" in side(shown(cast, "cgj_handler", ticket))
    closed = cast.ticket_at(Stage.CLOSED)
    assert "这件工单已经办完" in side(shown(cast, "cgj_handler", closed))


def test_out_of_sight_is_not_there(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(ticket.at + SOON):
        assert signed_in(cast, "sthj_handler").get(f"/tickets/{ticket.number}/").status_code == 404
        assert signed_in(cast, "sthj_handler").get("/tickets/34010020260317DH999999/").status_code == 404


def test_the_way_stands_where_the_ticket_stands(cast: Cast) -> None:
    page = shown(cast, "reviewer", cast.ticket_at(Stage.PENDING_REVIEW))
    assert '<li class="now" aria-current="step">待审核</li>' in page
    assert page.count('<li class="done">') == 3
    assert page.count('<li class="ahead">') == 2
    closed = shown(cast, "reviewer", cast.ticket_at(Stage.CLOSED))
    assert closed.count('<li class="done">') == 5
    assert '<li class="now" aria-current="step">已办结</li>' in closed
    merged = shown(cast, "agent", cast.ticket_at(Stage.MERGED))
    assert merged.count('<li class="done">') == 1
    assert '<li class="now" aria-current="step">已并单</li>' in merged


def test_clocks_say_when_and_why(cast: Cast) -> None:
    page = shown(cast, "cgj_handler", cast.ticket_at(Stage.HANDLING))
    assert "到期（剩 " in page
    assert "派单起算，当日不计" in page
    assert "个工作日" in page


def test_the_history_names_people_units_and_what_they_wrote(cast: Cast) -> None:
    ticket = cast.do(cast.ticket_at(Stage.HANDLING), "cgj_handler", acts.RecordProgress(note="已到现场查看。"))
    page = shown(cast, "supervisor", ticket)
    assert "赵海涛 · 市城管局 · 承办人" in page
    assert "已到现场查看。" in page
    assert "<i>主办单位</i>市城管局" in page


@pytest.mark.parametrize(
    "stage", [Stage.REGISTERED, Stage.HANDLING, Stage.PENDING_CALLBACK, Stage.CLOSED, Stage.PARKED]
)
def test_a_chinese_page_says_nothing_in_english(cast: Cast, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    assert latin(shown(cast, "supervisor", ticket).replace(ticket.number, "")) == set()


def test_the_requester_is_masked_until_a_recorded_click(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    page = shown(cast, "callback_officer", ticket)
    assert "13800000000" not in page
    assert "138****0000" in page
    with at(ticket.at + SOON):
        answer = signed_in(cast, "callback_officer").post(f"/tickets/{ticket.number}/contact/")
        panel = signed_in(cast, "callback_officer", panel=True).post(f"/tickets/{ticket.number}/contact/")
    assert "13800000000" in answer.content.decode()
    assert "<html" not in panel.content.decode()
    assert "张建军" in panel.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, role FROM tickets_disclosure")
        assert cursor.fetchall() == [(cast.actor("callback_officer").id, "callback_officer")] * 2


def test_a_confidential_requester_is_hidden_from_units_and_reviewers(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"confidential": True, "for_unit": "请核查占道经营"})
    for who in ("cgj_handler", "dispatcher"):
        page = shown(cast, who, ticket)
        assert "诉求人要求保密" in page
        assert "138****0000" not in page
        with at(ticket.at + SOON):
            assert signed_in(cast, who).post(f"/tickets/{ticket.number}/contact/").status_code == 403
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tickets_disclosure")
        assert cursor.fetchone() == (0,)


def test_a_contact_out_of_sight_is_not_there(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(ticket.at + SOON):
        assert signed_in(cast, "sthj_handler").post(f"/tickets/{ticket.number}/contact/").status_code == 404


def test_what_a_citizen_wrote_is_never_markup(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"title": "<script>alert(1)</script>", "content": "<b>x</b> & y"})
    page = shown(cast, "cgj_handler", ticket)
    assert "<script>alert" not in page
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in page


def test_english_readers_get_english(cast: Cast) -> None:
    page = shown(cast, "supervisor", cast.ticket_at(Stage.HANDLING), lang="en")
    assert "What you can do now" in page
    assert "Being handled" in page


def test_only_the_answer_stands_as_the_answer(cast: Cast) -> None:
    returned = cast.ticket_at(Stage.RETURN_REQUESTED)
    assert "办理答复" not in shown(cast, "dispatcher", returned)
    answered = cast.ticket_at(Stage.PENDING_CALLBACK)
    assert "办理答复" in shown(cast, "callback_officer", answered)


def test_what_the_citizen_told_later_stands_with_the_request(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for facts in ("摊点每天六点出摊。", "今天又多了两家。"):
        ticket = cast.do(ticket, "agent", acts.AddFacts(facts=facts))
    request = shown(cast, "cgj_handler", ticket).split('id="request"')[1].split("</section>")[0]
    assert request.index("摊点每天六点出摊。") < request.index("今天又多了两家。")
