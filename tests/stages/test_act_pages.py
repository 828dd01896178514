"""Every act has a page: offered to whoever may do it now, refused with a reason and a next step to everybody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hotline.rules import acts
from hotline.rules.lifecycle import allowed
from hotline.rules.vocabulary import Stage
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
FILES = {"add_attachment", "remove_attachment"}
WITHOUT_PAGE = FILES | {
    "register", "submit", "import_closed", "record_overdue", "send_reminder", "issue_notice", "propose_criticism",
    "recompute_clocks", "archive", "deem_accepted", "follow_successor",
}  # fmt: skip
OWN_PAGE = {"pass_review": "review", "send_back": "review"}
"""Acts decided on a page where all that they rest on is in sight."""
PEOPLE = (
    "agent", "team_leader", "dispatcher", "reviewer", "callback_officer", "supervisor", "cgj_handler", "cgj_section",
    "cgj_deputy", "cgj_head",
)  # fmt: skip
STAGES = [stage for stage in Stage if stage not in {Stage.NEW, Stage.ARCHIVED}]


@pytest.mark.parametrize("stage", STAGES)
def test_what_may_be_done_now_has_a_form_and_nothing_else_does(cast: Cast, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    moment = ticket.at + SOON
    with at(moment):
        for who in PEOPLE:
            client = signed_in(cast, who, panel=True)
            open_now = _open(cast, who, ticket)
            for name in sorted(set(acts.ACTS) - WITHOUT_PAGE) if who == "supervisor" else sorted(open_now):
                answer = client.get(reverse(name, args=[ticket.number]))
                html = answer.content.decode()
                if name in OWN_PAGE and name in open_now:
                    assert answer.headers["HX-Redirect"] == f"/{OWN_PAGE[name]}/{ticket.number}/", (who, name)
                    continue
                assert answer.status_code in ({200} if name in open_now else {403, 409, 404}), (who, name)
                assert ('class="btn btn-primary"' in html) is (name in open_now), (who, name)
                assert latin(html.replace(ticket.number, "")) == set(), (who, name)


def _open(cast: Cast, who: str, ticket: Ticket) -> set[str]:
    moment = ticket.at + SOON
    book = rulebook(now=moment, profile=ticket.state.profile)
    rows = allowed(ticket.state, actor=cast.actor(who), book=book, now=moment)
    return {row.act.name for row in rows} - WITHOUT_PAGE


@pytest.mark.parametrize(
    ("who", "name", "status", "code"),
    [
        ("agent", "sign_in", 403, "act.role_denied"),
        ("reviewer", "pass_review", 409, "act.not_now"),
        ("cgj_handler", "sign_in", 409, "act.not_now"),
        ("cgj_handler", "submit_reply", 200, ""),
        ("sthj_handler", "submit_reply", 404, ""),
        ("callback_officer", "send_back", 403, "act.role_denied"),
    ],
)
def test_a_refusal_before_typing_gives_code_and_sentence(
    cast: Cast, who: str, name: str, status: int, code: str
) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(ticket.at + SOON):
        answer = signed_in(cast, who, panel=True).get(reverse(name, args=[ticket.number]))
    assert answer.status_code == status
    assert f'data-code="{code}"' in answer.content.decode() or not code


def test_a_post_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    address = reverse("request_extension", args=[ticket.number])
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler").post(
            address, {"days": "many", "explanation": "需多方核查", "version": ""}
        )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写整数，例如 5。" in html
    assert "需多方核查" in html
    assert 'value="many"' in html


def test_missing_fields_are_named_beside_them(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler").post(
            reverse("submit_reply", args=[ticket.number]), {"internal_note": "x"}
        )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_reply_error"' in html
    assert 'id="id_resolution_error"' in html


def test_an_unanswered_question_of_yes_or_no_is_not_a_no(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    given = {"resolution": "resolved", "rating": "5"}
    with at(ticket.at + SOON):
        answer = signed_in(cast, "callback_officer").post(reverse("record_callback", args=[ticket.number]), given)
    assert answer.status_code == 422
    assert 'id="id_responded_error"' in answer.content.decode()


def test_a_done_act_leads_back_to_the_ticket(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    address = reverse("sign_in", args=[ticket.number])
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler").post(address, {"version": ticket.state.version})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/tickets/{ticket.number}/")
    assert cast.seen(ticket).state.stage is Stage.HANDLING


def test_a_panel_is_sent_on_by_a_header(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler", panel=True).post(reverse("sign_in", args=[ticket.number]))
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/tickets/{ticket.number}/")


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\x"]
)
def test_nobody_is_led_elsewhere(cast: Cast, target: str) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler").post(reverse("sign_in", args=[ticket.number]), {"next": target})
    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"


def test_the_second_of_two_is_told_what_the_first_did(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    seen = ticket.state.version
    cast.do(ticket, "cgj_section", acts.RecordFirstContact(note="已联系"), at=ticket.at + timedelta(minutes=1))
    address = reverse("record_progress", args=[ticket.number])
    with at(ticket.at + SOON):
        answer = signed_in(cast, "cgj_handler").post(address, {"version": seen, "note": "我的记录"})
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "孙丽华 已先行联系诉求人" in " ".join(html.split())
        assert "我的记录" in html
        assert f'name="version" value="{seen + 1}"' in html
        again = signed_in(cast, "cgj_handler").post(address, {"version": seen + 1, "note": "我的记录"})
    assert again.status_code == 302


def test_a_button_pressed_twice_is_done_once_and_no_conflict(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    address = reverse("sign_in", args=[ticket.number])
    with at(ticket.at + SOON):
        client = signed_in(cast, "cgj_handler")
        answers = [client.post(address, {"version": ticket.state.version}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert cast.seen(ticket).state.version == ticket.state.version + 1


def test_strangers_are_asked_to_sign_in(cast: Cast, client: Client) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    address = reverse("submit_reply", args=[ticket.number])
    assert client.get(address).headers["Location"].startswith("/accounts/login/")
    panel = client.get(f"{address}?next=/tickets/{ticket.number}/", headers={"HX-Request": "true"})
    assert panel.headers["HX-Redirect"] == f"/accounts/login/?next=/tickets/{ticket.number}/"


def test_nobody_is_sent_away_for_having_scrolled(cast: Cast, client: Client) -> None:
    """Parts of a page fetch themselves when they come into sight; what is typed on the page must not go with it."""
    ticket = cast.ticket_at(Stage.HANDLING)
    address = reverse("supervision-ticket", args=[ticket.number])
    part = {"HX-Request": "true", "HX-Source": "section#supervision", "HX-Target": "section#supervision"}
    answer = client.get(address, headers=part)
    assert (answer.status_code, answer.content, "HX-Redirect" in answer.headers) == (204, b"", False)
    panel = client.get(address, headers=part | {"HX-Target": "div#panel"})
    assert "HX-Redirect" in panel.headers
