"""Visits in the database: photos with time and place, what follows a finding, and that no unit hears of it before."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.oversight.notices.models import Notice
from hotline.oversight.supervision import commands
from hotline.oversight.supervision.jobs import note_late
from hotline.oversight.supervision.models import Supervision, SupervisionFile
from hotline.oversight.supervision.queries import load_of_units, of_ticket, owed_by_units, supervisions, whole
from hotline.oversight.supervision.seen import seen_by
from hotline.oversight.supervision.visits.commands import record_visit
from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.oversight.supervision.visits.photos import add_photo
from hotline.oversight.supervision.visits.queries import visit
from hotline.oversight.supervision.visits.reading import told_by
from hotline.rules.supervision import Cause, Deed, Order
from hotline.rules.supervision.visits import Said, Told
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Role, Stage, SupervisionKind, UnitCode
from hotline.rules.workdays import Calendar
from hotline.tickets.attachments import store
from hotline.tickets.rulebook import rulebook
from tests.cast import PEOPLE, Cast, Ticket
from tests.oversight.notices.ringing import react
from tests.oversight.supervision.visiting import BAD, FINE, snapshot, upload, visit_to
from tests.uploads import PDF, SECRETS, TEXT, photo
from tests.walks import OPENING, STEP

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
KNOWS = {Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR}
UNITS = [person.username for person in PEOPLE if person.role not in KNOWS]


def add(cast: Cast, row: Supervision, ticket: Ticket, body: bytes, said: Said | None = None) -> commands.Done:
    return add_photo(row.pk, upload(body), said or Said(), actor=cast.actor("supervisor"), now=ticket.at + HOUR)


def record(cast: Cast, row: Supervision, ticket: Ticket, *, problem: bool, **more: object) -> commands.Done:
    given = {
        "answers": BAD if problem else FINE,
        "findings": "垃圾仍堆在门口",
        "actor": cast.actor("supervisor"),
    } | more
    done = record_visit(row.pk, problem=problem, now=ticket.at + 2 * HOUR, **given)  # type: ignore[arg-type]  # as named
    row.refresh_from_db()
    return done


def codes(done: commands.Done) -> list[str]:
    return [refusal.code.removeprefix("supervision.") for refusal in done.refusals]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (snapshot(OPENING), Told(OPENING, 31 + 51 / 60 + 30 / 3600, 117 + 17 / 60 + 15 / 3600)),
        (snapshot(OPENING, place=False), Told(OPENING)),
        (snapshot(OPENING, place=False, zone="+09:00"), Told(OPENING - HOUR)),
        (snapshot(None, place=False), Told()),
        (photo("PNG", secrets=False), Told()),
        (b"\xff\xd8\xff\xe1broken", Told()),
        (PDF, Told()),
        (TEXT, Told()),
        (b"", Told()),
    ],
)
def test_what_a_photo_tells(body: bytes, told: Told):
    assert told_by(BytesIO(body)) == told


@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_hostile_photo_tells_nothing_or_something_but_breaks_nothing(noise: bytes, place: int):
    body = snapshot(OPENING)
    found = told_by(BytesIO(body[:place] + noise + body[place + len(noise) :]))
    assert found.taken_at is None or found.taken_at.tzinfo is not None


def test_time_and_place_are_read_before_the_photo_forgets_them(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert add(cast, row, ticket, snapshot(ticket.at + HOUR)).ok
    kept = VisitPhoto.objects.get()
    assert kept.taken_at == (ticket.at + HOUR).replace(microsecond=0)
    assert (kept.time_from, kept.place_from) == ("photo", "photo")
    assert kept.latitude == pytest.approx(31.858333)
    opened = store.open_file(SupervisionFile.objects.get().sha256)
    assert opened is not None
    with opened:
        body = opened.read()
    assert not [secret for secret in SECRETS if secret in body]
    assert told_by(BytesIO(body)) == Told()


def test_a_photo_without_place_has_its_sentence_and_is_taken_with_a_typed_one(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    body = snapshot(ticket.at + HOUR, place=False)
    assert codes(add(cast, row, ticket, body)) == ["photo_without_place"]
    assert not SupervisionFile.objects.exists()
    assert add(cast, row, ticket, body, Said(place="长江中路1号地下车库", reason="地下没有定位")).ok
    kept = VisitPhoto.objects.get()
    assert (kept.place, kept.place_from, kept.latitude, kept.reason) == (
        "长江中路1号地下车库", "typed", None, "地下没有定位",
    )  # fmt: skip


def test_a_photo_sent_twice_is_kept_once(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    body = snapshot(ticket.at + HOUR)
    first, second = (add(cast, row, ticket, body) for _ in range(2))
    assert (first.ok, second.ok, VisitPhoto.objects.count()) == (True, True, 1)
    row.refresh_from_db()
    assert row.version == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [(TEXT, "photo_not_picture"), (PDF, "photo_not_picture"), (b"MZ\x90\x00" + bytes(99), "upload.kind_refused")],
)
def test_only_photos_are_taken(cast: Cast, body: bytes, code: str):
    ticket = cast.ticket_at(Stage.CLOSED)
    assert codes(add(cast, visit_to(cast, ticket), ticket, body)) == [code]


def test_photos_belong_to_a_visit_under_way(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert record(cast, row, ticket, problem=False).ok
    assert codes(add(cast, row, ticket, snapshot(ticket.at + HOUR))) == ["not_now"]


def test_a_problem_reopens_the_ticket_with_a_shortened_limit_and_the_unit_learns_why(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    before = ticket.state.clocks[ClockKind.UNIT_REPLY]
    add(cast, row, ticket, snapshot(ticket.at + HOUR))
    assert record(cast, row, ticket, problem=True).ok
    state = cast.seen(ticket).state
    assert (state.stage, state.lead_unit) == (Stage.REWORK, "CGJ")
    again = state.clocks[ClockKind.UNIT_REPLY]
    assert again.round > before.round
    calendar: Calendar = rulebook(now=ticket.at, profile=state.profile).calendar
    first = calendar_days(calendar, before.started_at, before.due_at)
    second = calendar_days(calendar, again.started_at, again.due_at)
    assert 1 <= second <= (first + 1) // 2
    react(ticket.at + 3 * HOUR)
    assert Notice.objects.filter(recipient__username="cgj_handler", number=ticket.number).exists()
    seen = visit(row.pk, actor=cast.actor("cgj_handler"), now=ticket.at + 3 * HOUR)
    assert seen is not None
    assert (seen.findings, len(seen.photos), seen.answers) == ("垃圾仍堆在门口", 1, BAD)


def calendar_days(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Working days after the first until the last."""
    day, last = start.astimezone(CITY_TZ).date(), end.astimezone(CITY_TZ).date()
    return sum(calendar.is_workday(day + timedelta(days=n)) for n in range(1, (last - day).days + 1))


def test_a_problem_without_a_photo_is_not_recorded_and_nothing_is_reopened(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert codes(record(cast, row, ticket, problem=True)) == ["visit_without_photo"]
    assert (row.status, row.revealed, cast.seen(ticket).state.stage) == ("open", False, Stage.CLOSED)


def test_no_problem_is_recorded_with_its_reason(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert codes(record(cast, row, ticket, problem=False, findings=" ")) == ["words_missing"]
    assert record(cast, row, ticket, problem=False, findings="路面已修复，诉求人当面确认").ok
    assert (row.status, row.outcome, cast.seen(ticket).state.stage) == ("checked", "no_problem", Stage.CLOSED)


def test_office_notes_after_the_visit_stay_with_the_office(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    actor = cast.actor("supervisor")
    commands.do(row.pk, order=Order(deed=Deed.NOTE, text="先不要惊动单位"), actor=actor, now=ticket.at)
    record(cast, row, ticket, problem=False)
    commands.do(row.pk, order=Order(deed=Deed.NOTE, text="单位态度不好"), actor=actor, now=ticket.at + 3 * HOUR)
    seen = whole(row.pk, actor=cast.actor("cgj_head"), now=ticket.at + 4 * HOUR)
    assert seen is not None
    assert [line.text for line in seen.lines if line.text] == ["垃圾仍堆在门口"]


def test_a_visit_that_is_late_is_told_to_its_supervisor_and_brings_nothing_upon_the_unit(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = visit_to(cast, ticket)
    assert row.due_at is not None
    notices = set(Notice.objects.values_list("pk", flat=True))
    assert note_late(now=row.due_at + HOUR) == 1
    told = Notice.objects.exclude(pk__in=notices).values_list("recipient__username", "kind")
    assert list(told) == [("supervisor", "supervision_late")]
    assert Supervision.objects.count() == 1


def test_news_of_a_visit_go_to_no_unit(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    rung: list[str] = []
    monkeypatch.setattr("hotline.plumbing.live.notify_all", lambda channels, _news: rung.extend(channels))
    ticket = cast.ticket_at(Stage.CLOSED)
    rung.clear()
    row = visit_to(cast, ticket)
    add(cast, row, ticket, snapshot(ticket.at + HOUR))
    assert set(rung) == {"office:all"}
    assert record(cast, row, ticket, problem=False).ok
    assert "unit:CGJ" in rung


DEEDS = st.lists(st.sampled_from(["note", "photo", "assign", "move_due", "units", "withdraw"]), max_size=5)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS, opens=st.booleans())
def test_whatever_is_done_before_it_no_unit_hears_of_a_visit(cast: Cast, deeds: list[str], opens: bool):
    ticket = cast.ticket_at(Stage.CLOSED)
    wish = commands.Wish(kind=SupervisionKind.ON_SITE, cause=Cause.BY_HAND, number=ticket.number, opens=opens)
    row = commands.start(wish, actor=cast.actor("supervisor"), now=ticket.at).row
    assert row is not None
    notices = set(Notice.objects.values_list("pk", flat=True))
    for step, deed in enumerate(deeds, 1):
        _one(cast, row, deed, ticket, step)
    moment = ticket.at + 5 * HOUR
    for who in UNITS:
        actor = cast.actor(who)
        assert whole(row.pk, actor=actor, now=moment) is None
        assert visit(row.pk, actor=actor, now=moment) is None
        assert row.pk not in seen_by(actor).values_list("pk", flat=True)
        assert row.pk not in owed_by_units(actor).values_list("pk", flat=True)
        assert row.pk not in {one.id for one in supervisions(actor=actor).rows}
        assert of_ticket(ticket.number, actor=actor) == ()
        assert load_of_units(actor=actor, now=moment, since=OPENING) == ()
        refused = commands.do(row.pk, order=Order(deed=Deed.REPORT, text="x"), actor=actor, now=moment)
        assert codes(refused) == ["not_found"]
    told = Notice.objects.exclude(pk__in=notices).filter(recipient__username__in=UNITS)
    assert not told.exists()


def _one(cast: Cast, row: Supervision, deed: str, ticket: Ticket, step: int) -> None:
    """Anything that supervisors do to a visit; what is not possible any more is refused."""
    at = ticket.at + step * STEP
    if deed == "photo":
        add(cast, row, ticket, snapshot(at, colour=f"#0000{step:02d}"))
        return
    orders = {
        "note": Order(deed=Deed.NOTE, text="先看周边"),
        "assign": Order(deed=Deed.ASSIGN, owner=str(cast.user("supervisor").pk)),
        "move_due": Order(deed=Deed.MOVE_DUE, text="下雨", due_at=at + timedelta(days=9)),
        "units": Order(deed=Deed.CHANGE_UNITS, units=frozenset({UnitCode("CGJ"), UnitCode("STHJ")})),
        "withdraw": Order(deed=Deed.WITHDRAW, text="重复"),
    }
    commands.do(row.pk, order=orders[deed], actor=cast.actor("supervisor"), now=at)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield
