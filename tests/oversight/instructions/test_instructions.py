"""Instructions in the database: who reads what, what is recorded, tickets marked, dates told, nothing changed after."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.config.demo_instructions import instructions as demonstrated
from hotline.oversight.instructions import commands
from hotline.oversight.instructions.files import do_with_files, needed, receive_with_files, scan
from hotline.oversight.instructions.jobs import note_dates
from hotline.oversight.instructions.leaders import add, change, in_office
from hotline.oversight.instructions.models import (
    Ask,
    Instruction,
    InstructionEntry,
    InstructionFile,
    InstructionNumber,
    InstructionText,
    Reading,
)
from hotline.oversight.instructions.queries import instructions, labels, late_ones, opened, waiting
from hotline.oversight.instructions.rows import columns_of, digest_of, entry_of, state_of
from hotline.oversight.instructions.seen import seen_by
from hotline.oversight.supervision.models import Ground, Supervision
from hotline.rules.instructions import Deed, Order, Status, fold
from hotline.rules.instructions.seeing import may_see
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Flag, Role, Stage, SupervisionKind, UnitCode
from hotline.tickets.dossiers.files import Upload
from tests.cast import PEOPLE, Cast
from tests.oversight.instructions.instructing import (
    ASKED,
    DAY,
    LEADER,
    REPORT,
    SECRETS,
    WORDS,
    brought,
    did,
    leader,
    received,
    wanted,
)
from tests.oversight.notices.ringing import bells, react
from tests.uploads import PDF, TEXT
from tests.walks import OPENING

pytestmark = pytest.mark.django_db


def codes(done: commands.Done) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def test_the_whole_way_until_it_is_struck_off(cast: Cast):
    row = brought(cast, Status.STRUCK_OFF)
    entries = list(InstructionEntry.objects.filter(instruction=row).order_by("seq"))
    assert [e.deed for e in entries] == [
        "receive", "propose", "agree", "distribute", "report", "report", "accept", "accept", "present", "strike_off",
    ]  # fmt: skip
    assert fold(map(entry_of, entries)) == state_of(row)
    assert columns_of(state_of(row)).items() <= {**vars(row)}.items()
    assert (row.year, row.serial, row.outcome) == (2026, 1, "resolved")
    assert bells()["team_leader"] == ["instruction_named", "instruction_to_agree", "instruction_to_strike_off"]
    assert bells()["cgj_head"] == ["instruction_asked", "instruction_struck_off"]
    assert "director" not in bells()


def test_words_stand_beside_the_history_and_can_be_proved(cast: Cast):
    row = brought(cast, Status.PRESENTED)
    history = str(list(InstructionEntry.objects.values_list("payload", flat=True)))
    assert not [secret for secret in SECRETS if secret in history]
    texts = list(InstructionText.objects.filter(instruction=row))
    assert {text.body for text in texts} >= {WORDS, REPORT, *ASKED.values()}
    assert all(text.digest == digest_of(row.pk, text.seq, text.unit, text.body) for text in texts)


@pytest.mark.parametrize("table", ["instructionentry", "instructiontext", "reading"])
def test_nobody_changes_what_was_written_or_who_has_read_it(cast: Cast, table: str):
    row = received(cast)
    opened(row.pk, actor=cast.actor("supervisor"), now=OPENING, way="page")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM instructions_{table}")  # noqa: S608  # a name of this test


def test_people_named_read_everything_and_each_reading_is_recorded(cast: Cast):
    row = brought(cast, Status.DISTRIBUTED)
    seen = opened(row.pk, actor=cast.actor("team_leader"), now=OPENING, way="page")
    assert seen is not None
    assert (seen.words, seen.row.leader) == (WORDS, f"市长 {LEADER}")
    assert [ask.text for ask in seen.asks] == list(ASKED.values())
    assert [(reading.who, reading.way) for reading in seen.readings] == [("李建国", "page")]
    assert Reading.objects.get().person == str(cast.user("team_leader").pk)


@pytest.mark.parametrize("who", ["director", "auditor"])
def test_by_office_one_sees_the_cover_and_no_word(cast: Cast, who: str):
    row = brought(cast, Status.PRESENTED)
    seen = opened(row.pk, actor=cast.actor(who), now=OPENING, way="page")
    assert seen is not None
    assert seen.row.units == ("CGJ", "STHJ")
    assert (seen.words, seen.readers, seen.readings, seen.files, seen.deeds) == ("", (), (), (), ())
    assert not [secret for secret in SECRETS if secret in repr(seen)]
    assert not Reading.objects.exists(), "nothing was read"


def test_a_unit_reads_its_own_and_nothing_else(cast: Cast):
    row = brought(cast, Status.PRESENTED)
    seen = opened(row.pk, actor=cast.actor("cgj_handler"), now=OPENING, way="page")
    assert seen is not None
    assert [(ask.unit, ask.text) for ask in seen.asks] == [("CGJ", ASKED["CGJ"])]
    assert [line.deed for line in seen.lines] == ["distribute", "report", "accept"]
    left = set(SECRETS) - {ASKED["CGJ"], REPORT}
    said = repr(seen.row) + repr(seen.lines) + repr(seen.asks) + seen.words + seen.proposal
    assert not [secret for secret in left if secret in said]
    assert opened(row.pk, actor=cast.actor("ly_head"), now=OPENING, way="page") is None


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin", "agent", "team_leader", "ly_head"])
def test_for_everybody_else_it_is_not_there(cast: Cast, who: str):
    row = received(cast, named=("supervisor", "team_leader"))
    if who == "team_leader":
        row = received(cast, named=("supervisor",), readers=_another_supervisor(cast))
    assert opened(row.pk, actor=cast.actor(who), now=OPENING, way="page") is None
    assert codes(did(cast, row, who, Deed.PROPOSE)) == ["instructions.not_found"]
    assert row.pk not in seen_by(cast.actor(who)).values_list("pk", flat=True)


def _another_supervisor(cast: Cast) -> frozenset[str]:
    from hotline.registry.people.models import RoleGrant

    colleague = cast.user("callback_officer")
    RoleGrant.objects.create(user=colleague, role=Role.SUPERVISOR, valid_from=OPENING.date())
    return frozenset({str(colleague.pk), str(cast.user("supervisor").pk)})


def test_a_supervisor_who_is_not_named_sees_the_cover_and_does_nothing(cast: Cast):
    both = _another_supervisor(cast)
    other = Actor(id="9001", roles=frozenset({Role.SUPERVISOR}))
    row = received(cast, readers=both)
    assert [one.leader for one in instructions(actor=other, now=OPENING).rows] == [""]
    done = commands.do(row.pk, order=Order(deed=Deed.PROPOSE, text="抢办"), actor=other, now=OPENING)
    assert codes(done) == ["instructions.not_named"]
    assert not waiting(other).exists()


def test_an_administrator_reads_it_when_named_and_only_then(cast: Cast):
    row = received(cast, named=("supervisor", "team_leader", "system_admin"))
    seen = opened(row.pk, actor=cast.actor("system_admin"), now=OPENING, way="page")
    assert seen is not None
    assert (seen.words, seen.deeds) == (WORDS, ())
    both = frozenset(str(cast.user(name).pk) for name in ("supervisor", "team_leader"))
    assert did(cast, row, "supervisor", Deed.NAME, readers=both).ok
    assert opened(row.pk, actor=cast.actor("system_admin"), now=OPENING, way="page") is None


def test_somebody_else_must_be_named_who_can_agree(cast: Cast):
    for named in (("supervisor",), ("supervisor", "director")):
        done = commands.receive(wanted(cast, named=named), actor=cast.actor("supervisor"), now=OPENING)
        assert codes(done) == ["instructions.checker_missing"]
    unknown = wanted(cast, readers=frozenset({"77777", str(cast.user("team_leader").pk)}))
    done = commands.receive(unknown, actor=cast.actor("supervisor"), now=OPENING)
    assert codes(done) == ["instructions.reader_unknown"]
    assert not InstructionNumber.objects.exists(), "what is refused uses no number up"


def test_a_ticket_is_marked_and_key_supervision_opens_and_must_be_closed_first(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = received(cast, ticket.at, tickets=[ticket.number])
    assert Flag.INSTRUCTION in cast.seen(ticket).state.flags
    react(ticket.at)
    opened_one = Supervision.objects.get(number=ticket.number, kind=SupervisionKind.KEY.value)
    assert opened_one.status == "open"
    for who, deed in (("supervisor", Deed.PROPOSE), ("team_leader", Deed.AGREE), ("supervisor", Deed.DISTRIBUTE)):
        assert did(cast, row, who, deed, ticket.at).ok
    for who, deed in (("cgj_handler", Deed.REPORT), ("sthj_handler", Deed.REPORT), *[("supervisor", Deed.ACCEPT)] * 2):
        assert did(cast, row, who, deed, ticket.at).ok
    assert did(cast, row, "supervisor", Deed.PRESENT, ticket.at).ok
    assert codes(did(cast, row, "team_leader", Deed.STRIKE_OFF, ticket.at)) == ["instructions.supervision_open"]
    Supervision.objects.update(status="closed")
    assert did(cast, row, "team_leader", Deed.STRIKE_OFF, ticket.at).ok


def test_a_second_instruction_on_a_ticket_is_a_cause_of_its_own(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    received(cast, ticket.at, tickets=[ticket.number])
    react(ticket.at)
    second = received(cast, ticket.at, tickets=[ticket.number])
    assert Supervision.objects.filter(number=ticket.number).count() == 1, "it joins the one that is open"
    Supervision.objects.update(status="closed")
    third = received(cast, ticket.at, tickets=[ticket.number])
    assert Supervision.objects.filter(number=ticket.number, status="open").count() == 1, "or opens a new one"
    keys = set(Ground.objects.values_list("key", flat=True))
    assert keys == {"instruction", f"instruction:{second.pk}", f"instruction:{third.pk}"}


def test_tickets_that_ended_or_are_not_there_are_named_and_nothing_is_kept(cast: Cast):
    ended, live = cast.ticket_at(Stage.CLOSED), cast.ticket_at(Stage.HANDLING)
    order = wanted(cast, tickets=[ended.number, live.number])
    done = commands.receive(order, actor=cast.actor("supervisor"), now=ended.at)
    assert codes(done) == ["instructions.ticket_ended"]
    done = commands.receive(wanted(cast, tickets=["nowhere"]), actor=cast.actor("supervisor"), now=ended.at)
    assert codes(done) == ["instructions.ticket_unknown"]
    assert Flag.INSTRUCTION not in cast.seen(live).state.flags
    assert not Instruction.objects.exists()
    row = received(cast, live.at)
    assert did(cast, row, "supervisor", Deed.LINK, live.at, tickets=frozenset({live.number})).ok
    assert Flag.INSTRUCTION in cast.seen(live).state.flags


def test_the_ticket_does_not_tell_whose_words_they_are(cast: Cast):
    from hotline.tickets.happening import events_of

    ticket = cast.ticket_at(Stage.HANDLING)
    received(cast, ticket.at, tickets=[ticket.number])
    told = str([happened.event for happened in events_of(ticket.number, 1, 99)])
    assert not [secret for secret in SECRETS if secret in told]


def test_scans_are_opened_by_people_named_and_a_unit_opens_its_own(cast: Cast, tmp_path: Path):
    with override_settings(MEDIA_ROOT=tmp_path):
        order = wanted(cast, text="")
        uploads = [Upload(io.BytesIO(PDF), "批示原件.pdf")]
        done = receive_with_files(order, uploads, actor=cast.actor("supervisor"), now=OPENING)
        assert done.row is not None, done.refusals
        row = done.row
    row.refresh_from_db()
    with override_settings(MEDIA_ROOT=tmp_path):
        for who, deed in (("supervisor", Deed.PROPOSE), ("team_leader", Deed.AGREE), ("supervisor", Deed.DISTRIBUTE)):
            assert did(cast, row, who, deed).ok
        own = do_with_files(
            row.pk, order=Order(deed=Deed.REPORT, text=REPORT), uploads=[Upload(io.BytesIO(TEXT), "记录.txt")],
            actor=cast.actor("cgj_handler"), now=OPENING,
        )  # fmt: skip
        assert own.ok, own.refusals
    words, proof = InstructionFile.objects.order_by("pk")
    assert (words.unit, proof.unit) == ("", "CGJ")
    assert scan(row.pk, words.pk, actor=cast.actor("team_leader"), now=OPENING) is not None
    assert Reading.objects.get().way == "file"
    for who in ("cgj_handler", "director", "system_admin", "auditor", "sthj_handler"):
        assert scan(row.pk, words.pk, actor=cast.actor(who), now=OPENING) is None, who
    assert scan(row.pk, proof.pk, actor=cast.actor("cgj_head"), now=OPENING) is not None
    assert scan(row.pk, proof.pk, actor=cast.actor("sthj_handler"), now=OPENING) is None
    assert scan(row.pk + 1, words.pk, actor=cast.actor("team_leader"), now=OPENING) is None
    assert needed([words.sha256, "0" * 64]) == {words.sha256}


def test_a_scan_that_is_refused_leaves_nothing_behind(cast: Cast, tmp_path: Path):
    with override_settings(MEDIA_ROOT=tmp_path):
        bad = [Upload(io.BytesIO(b"MZ" + bytes(200)), "批示.exe")]
        done = receive_with_files(wanted(cast), bad, actor=cast.actor("supervisor"), now=OPENING)
        twice = [Upload(io.BytesIO(PDF), "一.pdf"), Upload(io.BytesIO(PDF), "二.pdf")]
        again = receive_with_files(wanted(cast), twice, actor=cast.actor("supervisor"), now=OPENING)
    assert not done.ok
    assert codes(again) == ["instructions.file_there"]
    assert not Instruction.objects.exists()


def test_dates_are_brought_to_mind_once_and_afresh_when_moved(cast: Cast):
    row = brought(cast, Status.DISTRIBUTED)
    assert note_dates(now=OPENING + 8 * DAY) == 0
    near = OPENING + 10 * DAY - timedelta(hours=3)
    assert (note_dates(now=near), note_dates(now=near)) == (2, 0)
    assert bells()["cgj_handler"][-1] == "instruction_ask_due_soon"
    assert did(cast, row, "sthj_handler", Deed.REPORT, near).ok
    assert (note_dates(now=OPENING + 11 * DAY), note_dates(now=OPENING + 11 * DAY)) == (1, 0)
    assert bells()["cgj_handler"][-1] == "instruction_ask_late"
    assert bells()["supervisor"][-1] == "instruction_unit_late"
    assert note_dates(now=OPENING + 31 * DAY) == 1
    assert bells()["supervisor"][-1] == "instruction_late"
    assert did(cast, row, "supervisor", Deed.MOVE_DUE, OPENING + 31 * DAY, due_at=OPENING + 40 * DAY).ok
    assert note_dates(now=OPENING + 41 * DAY) == 1
    assert "director" not in bells()


def test_what_is_late_stands_on_the_desk_of_whoever_sees_the_cover(cast: Cast):
    row = brought(cast, Status.DISTRIBUTED)
    later = OPENING + 11 * DAY
    for who, there in (("director", True), ("supervisor", True), ("cgj_handler", True), ("ly_head", False)):
        assert late_ones(cast.actor(who), now=later).filter(pk=row.pk).exists() is there, who
        assert not late_ones(cast.actor(who), now=OPENING).exists()
    page = instructions(actor=cast.actor("cgj_handler"), show="late", now=later)
    assert [one.late(later) for one in page.rows] == [True]


def test_what_waits_for_whom(cast: Cast):
    def counts() -> tuple[int, ...]:
        people = ("supervisor", "team_leader", "cgj_handler", "director")
        return tuple(waiting(cast.actor(who)).count() for who in people)

    assert brought(cast, Status.PROPOSED)
    assert counts() == (0, 1, 0, 0)
    row = brought(cast, Status.DISTRIBUTED)
    assert counts() == (0, 1, 1, 0)
    assert did(cast, row, "cgj_handler", Deed.REPORT).ok
    assert counts() == (1, 1, 0, 0)


def test_a_deed_on_what_has_moved_on_is_not_done(cast: Cast):
    row = received(cast)
    order = Order(deed=Deed.PROPOSE, text="拟办")
    done = commands.do(row.pk, order=order, actor=cast.actor("supervisor"), now=OPENING, version=0)
    assert codes(done) == ["instructions.moved_on"]


def test_units_and_leaders_must_be_there(cast: Cast):
    row = brought(cast, Status.AGREED)
    nowhere = {UnitCode("NIRGENDS"): OPENING + DAY}
    done = did(cast, row, "supervisor", Deed.DISTRIBUTE, asks=nowhere, words=dict.fromkeys(nowhere, "请办"))
    assert codes(done) == ["instructions.unit_unknown"]
    for key in ("999999", "x", "1" * 30):
        order = wanted(cast, leader=key)
        done = commands.receive(order, actor=cast.actor("supervisor"), now=OPENING)
        assert codes(done) == ["instructions.leader_unknown"]


def test_leaders_come_and_go_by_date_and_are_never_renamed(cast: Cast):
    one, today = leader(), OPENING.date()
    assert [r.code for r in add(name=LEADER, position="市长", order=2, valid_from=today).refusals] == [
        "instructions.leader_there"
    ]
    assert [r.code for r in add(name=" ", position="市长", order=2, valid_from=None).refusals] == [
        "instructions.leader_name_missing"
    ]
    assert change(one.pk, order=3, valid_to=today).ok
    assert not in_office(str(one.pk), today)
    assert in_office(str(one.pk), today - DAY)
    assert add(name=LEADER, position="市长", order=2, valid_from=today).ok
    assert [r.code for r in change(one.pk, order=3, valid_to=None).refusals] == ["instructions.leader_there"]
    order = wanted(cast, leader=str(one.pk))
    done = commands.receive(order, actor=cast.actor("supervisor"), now=OPENING)
    assert codes(done) == ["instructions.leader_unknown"]


def test_notices_name_the_number_and_no_word(cast: Cast):
    row = brought(cast, Status.DISTRIBUTED)
    said = labels([row.pk], actor=cast.actor("cgj_handler"), lang="zh")
    assert said == {row.pk: ("批示〔2026〕1号", "承办中")}
    assert labels([row.pk], actor=cast.actor("ly_head"), lang="zh") == {}


def test_every_date_of_a_unit_is_that_of_the_state(cast: Cast):
    row = brought(cast, Status.ACCEPTED)
    assert did(
        cast, row, "supervisor", Deed.RETURN, unit=UnitCode("CGJ"), asks={UnitCode("CGJ"): OPENING + 12 * DAY}
    ).ok
    asks = {ask.unit: (ask.due_at, ask.reported) for ask in Ask.objects.filter(instruction=row)}
    assert asks == {"CGJ": (OPENING + 12 * DAY, False), "STHJ": (OPENING + 10 * DAY, True)}
    assert state_of(row).asked == {unit: due for unit, (due, _) in asks.items()}


def _some(cast: Cast) -> list[Instruction]:
    return [
        received(cast),
        brought(cast, Status.STRUCK_OFF),
        brought(cast, Status.DISTRIBUTED, named=("supervisor", "team_leader", "ly_head", "system_admin")),
    ]


def test_rule_and_list_agree_for_everybody_of_the_cast(cast: Cast):
    rows = _some(cast)
    for person in PEOPLE:
        actor = cast.actor(person.username)
        seen = set(seen_by(actor).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if may_see(actor, state_of(row))}, person.username


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.frozensets(st.sampled_from(Role), max_size=3),
    covers=st.frozensets(st.sampled_from(("CGJ", "STHJ", "LY")).map(UnitCode)),
    named=st.booleans(),
)
def test_rule_and_list_agree_for_anybody(cast: Cast, roles: frozenset[Role], covers: frozenset[UnitCode], named: bool):
    if not Instruction.objects.exists():
        _some(cast)
    key = str(cast.user("ly_head").pk) if named else "77"
    actor = Actor(id=key, roles=roles, unit=min(covers, default=None), covers=covers)
    expected = {row.pk for row in Instruction.objects.all() if may_see(actor, state_of(row))}
    assert set(seen_by(actor).values_list("pk", flat=True)) == expected
    for row in Instruction.objects.all():
        whole = opened(row.pk, actor=actor, now=OPENING, way="page")
        assert (whole is not None) == (row.pk in expected)
        assert whole is None or bool(whole.words) == (key in row.readers)


def test_the_demonstration_has_an_instruction_at_every_step_and_a_late_one(cast: Cast):
    cast.ticket_at(Stage.HANDLING)
    now = OPENING + timedelta(days=100)
    assert demonstrated(now) == Instruction.objects.count() == 7
    reached = set(Instruction.objects.values_list("status", flat=True))
    assert reached == {status.value for status in Status} - {"new", "accepted", "cancelled"}
    assert late_ones(cast.actor("director"), now=now).exists()
    assert Instruction.objects.exclude(tickets=[]).exists()
    assert not InstructionEntry.objects.filter(at__gt=now).exists()
