"""The team leader's desk: confirming by another person, samples that nobody chooses, a sheet that stays as it was."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest

from hotline.registry.people.models import RoleGrant, User
from hotline.registry.people.queries import actor_for
from hotline.rules import acts
from hotline.rules.lifecycle import Actor
from hotline.rules.quality_sample import PER_AGENT, Point, drawn
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode, Urgency
from hotline.stages.leading import commands
from hotline.stages.leading.models import QualityCheck, ShiftSheet
from hotline.stages.leading.queries import shifts_on
from hotline.tickets.seats import Left, left_over, work_of
from tests.cast import PASSWORD, Cast, Ticket
from tests.visits import BACKEND, at, latin, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
DAY = OPENING.date()
NEXT_DAY = datetime(2026, 3, 18, 8, 30, tzinfo=CITY_TZ)
SOON = timedelta(minutes=5)
WELL = {"type_right": "yes", "category_right": "yes", "complete": "yes", "title_clear": "yes", "polite": "na"}
Limit = Callable[[int], AbstractContextManager[object]]


def declined(cast: Cast, who: str = "agent") -> Ticket:
    ticket = cast.ticket_at(Stage.REGISTERED)
    act = acts.ProposeDecline(reason="litigation", legal_channel="向人民法院提起诉讼", explanation="已经起诉。")
    return cast.do(ticket, who, act)


def voided(cast: Cast) -> Ticket:
    return cast.do(cast.ticket_at(Stage.REGISTERED), "agent", acts.ProposeVoid(reason="duplicate", note="录了两遍"))


@pytest.fixture
def second(cast: Cast) -> User:
    """Another team leader."""
    assert cast.today == DAY
    user = User.objects.create_user("leader_two", password=PASSWORD, full_name="宋丽", unit_id="RX12345")
    RoleGrant.objects.create(user=user, role="team_leader", valid_from=date(2020, 1, 1))
    return user


def actor(user: User) -> Actor:
    return actor_for(user, DAY)


# --- what agents propose ---


def test_proposals_stand_with_reason_channel_and_who(cast: Cast) -> None:
    first, other = declined(cast), voided(cast)
    with at(OPENING + timedelta(hours=1)):
        html = signed_in(cast, "team_leader").get("/leading/confirm/", {"number": first.number}).content.decode()
    assert other.number in html
    for words in ("向人民法院提起诉讼", "已经起诉。", "王晓梅", "应当或已经通过诉讼解决"):
        assert words in html
    assert latin(html.replace(first.number, "").replace(other.number, "")) == set()


def test_confirmed_by_one_key_and_back_to_the_next(cast: Cast) -> None:
    ticket, other = declined(cast), voided(cast)
    with at(OPENING + timedelta(hours=1)):
        client = signed_in(cast, "team_leader")
        html = client.get("/leading/confirm/", {"number": ticket.number}).content.decode()
        assert f'action="/intake/confirm-decline/{ticket.number}/"' in html
        assert 'data-key="1"' in html
        form = {"version": ticket.state.version, "next": "/leading/confirm/"}
        answer = client.post(f"/intake/confirm-decline/{ticket.number}/", form)
        assert answer.headers["Location"] == "/leading/confirm/"
        after = client.get("/leading/confirm/").content.decode()
    assert cast.seen(ticket).state.stage is Stage.NOT_ACCEPTED
    assert ticket.number not in after.replace("flash", "") or "已完成" in after
    assert other.number in after


def test_a_rejection_needs_a_reason_and_keeps_the_ticket(cast: Cast) -> None:
    ticket = declined(cast)
    with at(OPENING + timedelta(hours=1)):
        client = signed_in(cast, "team_leader")
        address = f"/intake/reject-decline/{ticket.number}/"
        assert client.post(address, {"version": ticket.state.version}).status_code == 422
        given = {"version": ticket.state.version, "note": "属于城管职责", "next": "/leading/confirm/"}
        assert client.post(address, given).status_code == 302
    assert cast.seen(ticket).state.stage is Stage.REGISTERED


def test_who_proposed_does_not_confirm(cast: Cast) -> None:
    ticket = declined(cast, "team_leader")
    with at(OPENING + timedelta(hours=1)):
        client = signed_in(cast, "team_leader")
        html = client.get("/leading/confirm/").content.decode()
        assert "data-own" in html
        assert "confirm-decline" not in html
        assert client.post(f"/intake/confirm-decline/{ticket.number}/", {}).status_code == 409


def test_nothing_proposed_says_so(cast: Cast) -> None:
    with at(OPENING):
        html = signed_in(cast, "team_leader").get("/leading/confirm/").content.decode()
    assert "没有等您确认的事项" in html


# --- samples ---


def worked(cast: Cast, count: int) -> list[str]:
    return [cast.opened(at=OPENING + timedelta(minutes=minute)).number for minute in range(count)]


def test_a_day_is_drawn_when_it_is_over_and_only_once(cast: Cast) -> None:
    numbers = worked(cast, 5)
    assert commands.draw_day(DAY, now=OPENING + timedelta(hours=3)) == 0
    assert commands.draw_day(DAY, now=NEXT_DAY) == PER_AGENT
    assert commands.draw_day(DAY, now=NEXT_DAY) == 0
    assert set(QualityCheck.objects.values_list("number", flat=True)) == set(drawn(numbers, day=DAY))


def test_work_is_the_agents_own_and_each_ticket_counts_once(cast: Cast) -> None:
    answered = cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    registered = cast.ticket_at(Stage.HANDLING)
    cast.opened(who="team_leader")
    cast.opened(at=OPENING + timedelta(days=1))
    begins = datetime(2026, 3, 17, tzinfo=CITY_TZ)
    found = {work.number: work.answered for work in work_of(begins, begins + timedelta(days=1))}
    assert found == {answered.number: True, registered.number: False}


def test_a_leader_checks_a_sample_and_the_next_one_opens(cast: Cast) -> None:
    worked(cast, 4)
    commands.draw_day(DAY, now=NEXT_DAY)
    first, then = QualityCheck.objects.order_by("day", "id")
    with at(NEXT_DAY):
        client = signed_in(cast, "team_leader")
        page = client.get(f"/leading/samples/{first.pk}/").content.decode()
        assert "长江中路小区门口每天早晨有摊贩" in page
        assert latin(page.replace(first.number, "")) == set()
        answer = client.post(f"/leading/samples/{first.pk}/", WELL | {"complete": "no", "note": "没有写明时间"})
        assert answer.headers["Location"] == f"/leading/samples/{then.pk}/"
        last = client.post(f"/leading/samples/{then.pk}/", WELL)
        assert last.headers["Location"] == "/leading/samples/"
    first.refresh_from_db()
    assert first.answers == {
        "type_right": True,
        "category_right": True,
        "complete": False,
        "title_clear": True,
        "polite": None,
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [({"note": "好"}, "请逐项选择"), (WELL | {"complete": "no"}, "请写明哪里要改")],
)
def test_what_is_left_out_is_named(cast: Cast, given: dict[str, str], words: str) -> None:
    worked(cast, 1)
    commands.draw_day(DAY, now=NEXT_DAY)
    check = QualityCheck.objects.get()
    with at(NEXT_DAY):
        answer = signed_in(cast, "team_leader").post(f"/leading/samples/{check.pk}/", given)
    assert answer.status_code in {409, 422}
    assert words in answer.content.decode()
    assert QualityCheck.objects.get().checked_at is None


def test_the_second_leader_is_told_and_keeps_what_was_typed(cast: Cast, second: User) -> None:
    worked(cast, 1)
    commands.draw_day(DAY, now=NEXT_DAY)
    check = QualityCheck.objects.get()
    answers: dict[Point, bool | None] = dict.fromkeys(Point, True)
    assert commands.check(check.pk, answers=answers, note="", actor=actor(second), now=NEXT_DAY).ok
    with at(NEXT_DAY + SOON):
        answer = signed_in(cast, "team_leader").post(f"/leading/samples/{check.pk}/", WELL | {"note": "写得清楚"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "宋丽" in html
    assert "写得清楚" in html
    assert QualityCheck.objects.get().checked_by == str(second.pk)


def test_an_agent_reads_what_was_found_and_nobody_elses(cast: Cast) -> None:
    worked(cast, 1)
    commands.draw_day(DAY, now=NEXT_DAY)
    check = QualityCheck.objects.get()
    answers: dict[Point, bool | None] = {**dict.fromkeys(Point, True), Point.COMPLETE: False}
    commands.check(check.pk, answers=answers, note="没有写明时间", actor=cast.actor("team_leader"), now=NEXT_DAY)
    with at(NEXT_DAY + SOON):
        html = signed_in(cast, "agent").get("/leading/mine/").content.decode()
        other = signed_in(cast, "team_leader").get("/leading/mine/").content.decode()
    assert "没有写明时间" in html
    assert "平均 80 分" in html
    assert " ".join(said(html).split()).count("内容完整 否") == 1
    assert html.count("<b>否</b>") == 1
    assert "还没有抽检结果" in other


def test_own_work_is_left_to_another_leader(cast: Cast) -> None:
    QualityCheck.objects.create(
        day=DAY, number=cast.opened().number, agent=cast.actor("team_leader").id, drawn_at=NEXT_DAY
    )
    check = QualityCheck.objects.get()
    with at(NEXT_DAY):
        client = signed_in(cast, "team_leader")
        assert 'data-code="quality.own_work"' in client.get(f"/leading/samples/{check.pk}/").content.decode()
        assert client.post(f"/leading/samples/{check.pk}/", WELL).status_code == 409
    assert QualityCheck.objects.get().checked_at is None


def test_what_the_night_missed_is_drawn_by_hand(cast: Cast) -> None:
    worked(cast, 3)
    with at(NEXT_DAY):
        client = signed_in(cast, "team_leader")
        assert "抽取前几天的" in client.get("/leading/samples/").content.decode()
        client.post("/leading/samples/draw/")
        html = client.get("/leading/samples/").content.decode()
    assert html.count('class="c-number"') == PER_AGENT


# --- shifts ---


def test_the_citys_shifts_are_data(cast: Cast) -> None:
    del cast
    assert [name.label("zh") for name in shifts_on(DAY)] == ["早班 08:00–16:00", "中班 16:00–24:00", "夜班 00:00–08:00"]


def unfinished(cast: Cast) -> dict[Left, str]:
    urgent = cast.ticket_at(Stage.PENDING_SIGN, register={"urgency": Urgency.URGENT})
    phoned = cast.ticket_at(Stage.PENDING_DISPATCH, register={"urgency": Urgency.CRITICAL})
    phoned = cast.do(phoned, "dispatcher", acts.HandOverByPhone(lead_unit=UnitCode("CGJ"), note="请立即到场"))
    return {
        Left.DRAFTS: cast.ticket_at(Stage.DRAFT).number,
        Left.DECLINES: declined(cast).number,
        Left.VOIDS: voided(cast).number,
        Left.UNSIGNED: urgent.number,
        Left.PHONED: phoned.number,
    }


def test_what_is_unfinished_is_found_by_kind(cast: Cast) -> None:
    expected = unfinished(cast)
    cast.ticket_at(Stage.CLOSED)
    cast.ticket_at(Stage.PENDING_SIGN)
    found = left_over(actor=cast.actor("team_leader"))
    for kind, number in expected.items():
        assert number in {one.number for one in found[kind]}, kind
    assert sum(len(left) for kind, left in found.items() if kind is not Left.UNSIGNED) == 4
    assert left_over(actor=cast.actor("cgj_head")) == {}


def test_handed_over_with_notes_taken_over_by_another_and_frozen(cast: Cast, second: User) -> None:
    expected = unfinished(cast)
    moment = OPENING.replace(hour=15, minute=50)
    with at(moment):
        leader = signed_in(cast, "team_leader")
        before = leader.get("/leading/shifts/").content.decode()
        assert "早班" in before
        place = leader.post("/leading/shifts/", {"notes": "北门停水，注意来电"}).headers["Location"]
        sheet = ShiftSheet.objects.get()
        assert place == f"/leading/shifts/{sheet.pk}/"
        own = leader.get(place).content.decode()
        assert "data-own" in own
        assert leader.post(place, {}).status_code == 409
    cast.do(
        cast.seen(Ticket(expected[Left.DECLINES], moment, cast.ticket_at(Stage.DRAFT).state)),
        "team_leader",
        acts.ConfirmDecline(),
        at=moment + SOON,
    )
    with at(moment + timedelta(minutes=20)):
        client = signed_in(cast, "team_leader")
        client.force_login(second, backend=BACKEND)
        page = client.get(place).content.decode()
        assert expected[Left.DECLINES] in page
        assert "北门停水" in page
        assert client.post(place, {"notes": "已阅"}).headers["Location"] == place
        after = client.get(place).content.decode()
        assert client.post(place, {"notes": "再接"}).status_code == 409
    sheet.refresh_from_db()
    assert (sheet.accepted_by, sheet.remark, sheet.day, sheet.shift) == (str(second.pk), "已阅", DAY, "early")
    assert "宋丽" in said(after)
    assert latin(after.replace("DH", "").replace("WZ", "")) == set()


def test_a_shift_is_handed_over_once(cast: Cast, second: User) -> None:
    moment = OPENING.replace(hour=15, minute=50)
    assert commands.hand_over(notes="", actor=cast.actor("team_leader"), now=moment).ok
    again = commands.hand_over(notes="我也写了", actor=actor(second), now=moment + SOON)
    assert [refusal.code for refusal in again.refusals] == ["shift.already_handed"]
    assert again.refusals[0].params["who"] == "李建国"
    with at(moment + SOON):
        client = signed_in(cast, "team_leader")
        client.force_login(second, backend=BACKEND)
        answer = client.post("/leading/shifts/", {"notes": "写了很久的交班话"})
    assert answer.status_code == 409
    assert "写了很久的交班话" in answer.content.decode()
    assert ShiftSheet.objects.count() == 1


def test_a_sheet_keeps_numbers_and_no_words_of_citizens(cast: Cast) -> None:
    unfinished(cast)
    commands.hand_over(notes="", actor=cast.actor("team_leader"), now=OPENING.replace(hour=15, minute=50))
    stored = str(ShiftSheet.objects.get().left)
    for words in ("占道", "张建军", "13800000000", "长江"):
        assert words not in stored


def test_pages_stay_within_their_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    unfinished(cast)
    worked(cast, 3)
    commands.draw_day(DAY, now=NEXT_DAY)
    commands.hand_over(notes="", actor=cast.actor("team_leader"), now=OPENING.replace(hour=15, minute=50))
    client = signed_in(cast, "team_leader")
    with at(NEXT_DAY):
        for address, most in (
            ("confirm/", 9),
            ("samples/", 9),
            ("shifts/", 14),
            (f"shifts/{ShiftSheet.objects.get().pk}/", 9),
        ):
            client.get(f"/leading/{address}")
            with django_assert_max_num_queries(most):
                client.get(f"/leading/{address}")


@pytest.mark.parametrize(
    "who", ["agent", "dispatcher", "reviewer", "supervisor", "cgj_head", "director", "system_admin"]
)
def test_others_are_told_it_is_not_their_desk(cast: Cast, who: str) -> None:
    client = signed_in(cast, who)
    for address in ("confirm/", "samples/", "samples/1/", "shifts/", "shifts/1/"):
        assert client.get(f"/leading/{address}").status_code == 403
    assert client.post("/leading/samples/draw/").status_code == 403
    assert client.post("/leading/shifts/", {"notes": "x"}).status_code == 403
    assert client.get("/leading/mine/").status_code == (200 if who == "agent" else 403)


def test_what_is_not_there_says_so(cast: Cast) -> None:
    client = signed_in(cast, "team_leader")
    assert client.get("/leading/samples/999/").status_code == 404
    assert client.get("/leading/shifts/999/").status_code == 404
    assert "您无权查看" in client.get("/leading/confirm/", {"number": "34010020260317DH999999"}).content.decode()
