"""The reviewer's page: what stands on it, what may be decided, and what happens when two decide at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hotline.registry.lines.models import ReasonCode
from hotline.registry.people.models import RoleGrant
from hotline.rules import acts
from hotline.rules.vocabulary import ClockKind, RequestType, Stage, Urgency
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.models import LedgerEntry
from hotline.tickets.models import Ticket as TicketRow
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in
from tests.walks import replied

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
Limit = Callable[[int], AbstractContextManager[object]]


def points() -> list[str]:
    return list(ReasonCode.objects.filter(list="review_checklist").values_list("code", flat=True))


def filled(ticket: Ticket, *, verdict: str = "pass_review", failed: str = "", **more: object) -> dict[str, object]:
    """The form as a reviewer fills it in."""
    answers = {f"item-{code}": "no" if code == failed else "yes" for code in points()}
    return {**answers, "verdict": verdict, "grade": "good", "version": ticket.state.version, **more}


def page(cast: Cast, ticket: Ticket, who: str = "reviewer") -> str:
    with at(ticket.at + SOON):
        answer = signed_in(cast, who).get(f"/review/{ticket.number}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.PENDING_REVIEW)


def posted(cast: Cast, ticket: Ticket, given: dict[str, object], who: str = "reviewer") -> Any:
    with at(ticket.at + SOON):
        return signed_in(cast, who).post(f"/review/{ticket.number}/", given)


def test_request_reply_records_and_every_point_stand_on_one_page(cast: Cast, ticket: Ticket) -> None:
    html = page(cast, ticket)
    for words in (
        "长江中路小区门口每天早晨有摊贩",
        "清理占道摊点",
        "占道摊点已于当日全部清理",
        "当事人情绪平稳",
        "已电话联系诉求人",
    ):
        assert words in html
    assert html.count('class="point"') == len(points()) == 12
    assert "答复时限" in said(html)
    assert latin(html.replace(ticket.number, "")) == set()


def test_it_stays_within_its_statements(cast: Cast, ticket: Ticket, django_assert_max_num_queries: Limit) -> None:
    reviewer = signed_in(cast, "reviewer")
    with at(ticket.at + SOON):
        reviewer.get(f"/review/{ticket.number}/")
        with django_assert_max_num_queries(10):
            reviewer.get(f"/review/{ticket.number}/")


def test_passed_with_a_grade_that_row_ledger_and_replay_agree_on(cast: Cast, ticket: Ticket) -> None:
    answer = posted(cast, ticket, filled(ticket, grade="excellent", note="答复完整"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/review/")
    row = TicketRow.objects.get(number=ticket.number)
    assert (row.stage, row.grade) == ("pending_callback", "excellent")
    entry = LedgerEntry.objects.get(ticket=row, act="pass_review")
    assert entry.payload["grade"] == "excellent"
    assert set(entry.payload["checked"]) == set(points())
    assert list(check_tickets(Tally())) == []


def test_a_point_that_does_not_apply_is_in_neither_list(cast: Cast, ticket: Ticket) -> None:
    posted(cast, ticket, filled(ticket) | {"item-risk_stated": "na"})
    entry = LedgerEntry.objects.get(ticket__number=ticket.number, act="pass_review")
    assert "risk_stated" not in [*entry.payload["checked"], *entry.payload["failed"]]


def test_sent_back_for_a_point_with_a_reason_and_no_new_clock(cast: Cast, ticket: Ticket) -> None:
    due = cast.seen(ticket).state.clocks[ClockKind.REPLY].due_at
    given = {
        "item-answers_request": "no",
        "verdict": "send_back",
        "reason": "没有答复北门",
        "version": ticket.state.version,
    }
    answer = posted(cast, ticket, given)
    assert answer.status_code == 302
    now = cast.seen(ticket).state
    assert (now.stage, now.send_backs) == (Stage.HANDLING, 1)
    assert now.clocks[ClockKind.REPLY].due_at == due
    assert now.clocks[ClockKind.REPLY].running
    entry = LedgerEntry.objects.get(ticket__number=ticket.number, act="send_back")
    assert entry.payload["failed"] == ["answers_request"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"verdict": ""}, "verdict", "请选择审核结论"),
        ({"grade": ""}, "grade", "请给办理结果评级"),
        ({"item-tone": ""}, "item-tone", "请选是、否或者不适用"),
        ({"item-tone": "no"}, "note", "有要点答“否”仍要通过的"),
        ({"verdict": "send_back", "reason": "不清"}, "failed", "至少指明一个不合格的要点"),
        ({"verdict": "send_back", "item-tone": "no"}, "reason", "退回意见"),
    ],
)
def test_what_is_left_out_is_named_and_nothing_typed_is_lost(
    cast: Cast, ticket: Ticket, changes: dict[str, str], field: str, words: str
) -> None:
    answer = posted(cast, ticket, filled(ticket, note="") | {"reason": ""} | changes)
    html = answer.content.decode()
    home = "verdict" if field == "failed" else field
    assert answer.status_code == 422
    assert f'id="id_{home}_error"' in html
    assert words in html
    assert html.count("checked") >= 12
    assert cast.seen(ticket).state.stage is Stage.PENDING_REVIEW


def test_the_second_reviewer_is_told_who_looks_at_it(cast: Cast, ticket: Ticket) -> None:
    _second(cast)
    page(cast, ticket)
    html = page(cast, ticket, "supervisor")
    assert "何静" in said(html)
    assert "以先提交的为准" in html
    assert "以先提交的为准" not in page(cast, ticket)


def _second(cast: Cast) -> None:
    """The supervisor is a reviewer too."""
    RoleGrant.objects.create(user=cast.user("supervisor"), role="reviewer", valid_from=date(2020, 1, 1))


def test_who_posts_second_keeps_what_was_typed_and_reads_what_happened(cast: Cast, ticket: Ticket) -> None:
    _second(cast)
    cast.do(ticket, "reviewer", acts.PassReview(grade="good"), at=ticket.at + timedelta(minutes=2))
    answer = posted(cast, ticket, filled(ticket, note="我的意见写了很久"), who="supervisor")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "何静 已审核通过" in " ".join(said(html).split())
    assert "我的意见写了很久" in html
    assert "提交审核" not in html


def test_another_act_in_between_leaves_the_form_ready(cast: Cast, ticket: Ticket) -> None:
    cast.do(ticket, "agent", acts.AddFacts(facts="北门也有"), at=ticket.at + timedelta(minutes=2))
    answer = posted(cast, ticket, filled(ticket, note="我的意见"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "我的意见" in html
    assert "北门也有" in html
    assert f'name="version" value="{ticket.state.version + 1}"' in html


def test_a_button_pressed_twice_is_done_once(cast: Cast, ticket: Ticket) -> None:
    with at(ticket.at + SOON):
        client = signed_in(cast, "reviewer")
        answers = [client.post(f"/review/{ticket.number}/", filled(ticket)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert LedgerEntry.objects.filter(ticket__number=ticket.number, act="pass_review").count() == 1


def test_the_next_one_opens_by_itself_and_a_ticket_in_hand_is_left_out(cast: Cast, ticket: Ticket) -> None:
    _second(cast)
    second = cast.ticket_at(Stage.PENDING_REVIEW, at=ticket.at)
    third = cast.ticket_at(Stage.PENDING_REVIEW, at=second.at)
    with at(third.at + SOON):
        signed_in(cast, "supervisor").get(f"/review/{second.number}/")
        reviewer = signed_in(cast, "reviewer")
        first = reviewer.get("/review/next/").headers["Location"]
        answer = reviewer.post(f"/review/{ticket.number}/", filled(ticket))
        left = reviewer.post(f"/review/{third.number}/leave/").headers["Location"]
    assert first == f"/review/{ticket.number}/"
    assert answer.headers["Location"] == f"/review/{third.number}/"
    assert left == "/desk/review/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("agent", 403),
        ("callback_officer", 403),
        ("director", 403),
        ("cgj_handler", 403),
        ("sthj_handler", 404),
        ("system_admin", 404),
    ],
)
def test_who_is_no_reviewer_does_not_review(cast: Cast, ticket: Ticket, who: str, status: int) -> None:
    with at(ticket.at + SOON):
        client = signed_in(cast, who)
        assert client.get(f"/review/{ticket.number}/").status_code == status
        assert client.post(f"/review/{ticket.number}/", filled(ticket)).status_code == status
    assert cast.seen(ticket).state.stage is Stage.PENDING_REVIEW


def test_strangers_are_asked_to_sign_in(cast: Cast, ticket: Ticket, client: Client) -> None:
    del cast
    assert client.get(f"/review/{ticket.number}/").headers["Location"].startswith("/accounts/login/")


def test_a_ticket_that_is_not_up_for_review_says_so_and_offers_no_form(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(ticket.at + SOON):
        answer = signed_in(cast, "reviewer").get(f"/review/{ticket.number}/")
    assert answer.status_code == 409
    assert 'data-code="act.not_now"' in answer.content.decode()
    assert "提交审核" not in answer.content.decode()


def test_the_acts_buttons_lead_to_the_page(cast: Cast, ticket: Ticket) -> None:
    with at(ticket.at + SOON):
        panel = signed_in(cast, "reviewer", panel=True).get(reverse("pass_review", args=[ticket.number]))
        plain = signed_in(cast, "reviewer").get(reverse("send_back", args=[ticket.number]))
    assert panel.headers["HX-Redirect"] == plain.headers["Location"] == f"/review/{ticket.number}/"


def test_how_often_it_was_sent_back_and_why(cast: Cast, ticket: Ticket) -> None:
    back = acts.SendBack(failed=("facts_clear",), reason="请写明北门的情况")
    ticket = cast.do(ticket, "reviewer", back)
    ticket = cast.do(ticket, "cgj_handler", replied())
    ticket = cast.do(ticket, "cgj_section", acts.SignOff(opinion="拟同意"))
    ticket = cast.do(ticket, "cgj_deputy", acts.SignOff(opinion="同意"))
    html = page(cast, ticket)
    assert "已退回 1 次" in html
    assert "请写明北门的情况" in html
    assert html.count("事实清楚完整") == 2


def test_hints_come_from_the_ticket(cast: Cast) -> None:
    first = cast.ticket_at(Stage.PENDING_REVIEW)
    assert "data-hint" not in page(cast, first)
    second = cast.ticket_at(Stage.PENDING_REVIEW, at=first.at)
    html = page(cast, second)
    assert 'data-hint="review_hint.copied"' in html
    assert first.number in html


def test_a_complaint_relabelled_is_pointed_out(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    ticket = cast.do(
        ticket,
        "dispatcher",
        acts.Classify(request_type=RequestType.CONSULTATION, urgency=Urgency.ORDINARY, reason="问政策"),
    )
    short = acts.SubmitReply(resolution=replied().resolution, reply="这事没办法。")
    ticket = cast.do(ticket, "cgj_handler", short)
    ticket = cast.do(ticket, "cgj_section", acts.SignOff(opinion="拟同意"))
    ticket = cast.do(ticket, "cgj_deputy", acts.SignOff(opinion="同意"))
    html = page(cast, ticket)
    found = [
        name for name in ("relabelled", "banned", "short", "no_basis", "no_contact") if f"review_hint.{name}" in html
    ]
    assert found == ["relabelled", "banned", "short", "no_basis", "no_contact"]
