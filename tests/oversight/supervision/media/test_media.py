"""Handovers in the database: four eyes, numbers, append-only history, nobody's data, who reads what, who is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.config.demo_media import handovers as demonstrated
from hotline.oversight.supervision.commands import Wish, start
from hotline.oversight.supervision.media import commands
from hotline.oversight.supervision.media.jobs import note_late
from hotline.oversight.supervision.media.models import Handover, HandoverEntry, HandoverNumber, HandoverText
from hotline.oversight.supervision.media.partners import Partner, partners, save
from hotline.oversight.supervision.media.queries import handovers, labels, waiting, whole
from hotline.oversight.supervision.media.rows import columns_of, digest_of, entry_of, state_of
from hotline.oversight.supervision.media.seen import in_view, seen_by
from hotline.rules import acts
from hotline.rules.lifecycle import Actor
from hotline.rules.media import Deed, MediumKind, Status, fold
from hotline.rules.media.seeing import MediaView, may_see
from hotline.rules.supervision import Cause
from hotline.rules.vocabulary import Flag, RequestType, Role, Stage, SupervisionKind, UnitCode
from tests.cast import PEOPLE, REQUESTER, Cast
from tests.oversight.notices.ringing import bells
from tests.oversight.supervision.media.handing import ANSWER, GROUNDS, TOLD, brought, did, order, partner, proposed
from tests.walks import OPENING

pytestmark = pytest.mark.django_db


def tried(cast: Cast, **more: Any) -> list[tuple[str, str]]:
    """What a proposal is refused for."""
    tickets = more.pop("of", None) or [cast.ticket_at(Stage.HANDLING)]
    done = commands.propose(order(cast, tickets, **more), actor=cast.actor("supervisor"), now=OPENING)
    return [(one.code, one.field) for one in done.refusals]


def test_the_whole_way_to_the_closed_handover(cast: Cast):
    row = brought(cast, Status.CLOSED)
    assert (row.year, row.serial, row.publications, row.follow_ups, row.outcome) == (2026, 1, 1, 1, "resolved")
    entries = list(HandoverEntry.objects.filter(handover=row).order_by("seq"))
    assert [e.deed for e in entries] == ["propose", "agree", "answer", "publish", "follow_up", "release", "close"]
    assert fold(map(entry_of, entries)) == state_of(row)
    assert columns_of(state_of(row)).items() <= {**vars(row)}.items()
    rung = bells()
    assert rung["cgj_head"] == ["media_handed", "media_released"]
    assert rung["team_leader"][:2] == ["media_to_agree", "media_answered"]
    assert rung["cgj_handler"][-1] == "media_ended"


def test_ten_working_days_are_counted_when_nobody_gives_a_date(cast: Cast):
    row = brought(cast, Status.HANDED)
    assert row.due_at is not None
    assert row.due_at - OPENING > timedelta(days=13)
    at_once = did(cast, proposed(cast), "team_leader", Deed.AGREE, due_at=OPENING)
    assert [one.code for one in at_once.refusals] == ["media.due_passed"]
    assert HandoverNumber.objects.get().last == 1, "a refused agreement uses no number up"


def test_words_stand_beside_the_history_and_can_be_proved(cast: Cast):
    row = proposed(cast)
    text = HandoverText.objects.get(handover=row)
    assert (text.title, text.body, row.title, row.grounds) == (TOLD, GROUNDS, TOLD, GROUNDS)
    entry = HandoverEntry.objects.get(handover=row)
    assert entry.digest == digest_of(row.pk, 1, TOLD, GROUNDS)
    assert not {TOLD, GROUNDS} & {str(value) for value in entry.payload.values()}


@pytest.mark.parametrize("change", ["UPDATE media_handoverentry SET actor = '1'", "DELETE FROM media_handovertext"])
def test_nobody_changes_what_was_written(cast: Cast, change: str):
    proposed(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (f"诉求人{REQUESTER['name']}反映", "media.holds_personal"),
        (f"联系电话{REQUESTER['phone']}", "media.holds_personal"),
        ("长江中路 1 号门口", "media.holds_personal"),
        ("请拨13912345678", "media.holds_any_number"),
    ],
)
def test_nobodys_data_goes_to_a_medium(cast: Cast, said: str, code: str):
    assert tried(cast, title=f"{TOLD}\n{said}") == [(code, "title")]
    assert tried(cast, text=said) == [(code, "text")]
    assert not Handover.objects.exists()


def test_a_public_answer_is_searched_as_well(cast: Cast):
    row = brought(cast, Status.HANDED)
    done = did(cast, row, "cgj_handler", Deed.ANSWER, text=f"已联系{REQUESTER['name']}说明情况")
    assert [(one.code, one.field) for one in done.refusals] == [("media.holds_personal", "text")]
    assert did(cast, row, "cgj_handler", Deed.ANSWER).ok


def test_tickets_that_need_protection_are_not_handed_over(cast: Cast):
    report = cast.ticket_at(Stage.PENDING_DISPATCH, register={"request_type": RequestType.REPORT})
    assert tried(cast, of=[report]) == [("media.ticket_confidential", "tickets")]
    assert tried(cast, of=[cast.ticket_at(Stage.PENDING_DISPATCH)]) == [("media.ticket_undispatched", "tickets")]
    assert tried(cast, tickets=("20990101000001",)) == [("media.ticket_unknown", "tickets")]


def test_a_ticket_that_becomes_confidential_meanwhile_is_not_handed_over(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = proposed(cast, ticket)
    cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.CONFIDENTIAL))
    done = did(cast, row, "team_leader", Deed.AGREE)
    assert [one.code for one in done.refusals] == ["media.ticket_confidential"]
    assert row.status == "proposed"


def test_a_medium_that_is_off_gets_nothing(cast: Cast):
    off = partner(cast, "停刊的报纸", on=False)
    assert tried(cast, medium=str(off.pk)) == [("media.medium_unknown", "medium")]
    assert tried(cast, medium="报纸") == [("media.medium_unknown", "medium")]


def test_partners_are_kept_by_supervisors(cast: Cast):
    partner(cast)
    again = save(Partner(name=" 合肥晚报 ", kind=MediumKind.RADIO), actor=cast.actor("supervisor"), now=OPENING)
    assert [one.code for one in again.refusals] == ["media.partner_name_taken"]
    blank = save(Partner(name=" ", kind=None), actor=cast.actor("supervisor"), now=OPENING)
    assert [one.field for one in blank.refusals] == ["name", "kind"]
    denied = save(Partner(name="电台", kind=MediumKind.RADIO), actor=cast.actor("team_leader"), now=OPENING)
    assert [one.code for one in denied.refusals] == ["access.denied"]
    partner(cast, on=False)
    assert [one.on for one in partners(actor=cast.actor("director"))] == [False]
    assert partners(actor=cast.actor("director"), only_on=True) == []
    assert partners(actor=cast.actor("cgj_head")) == []


def test_it_may_belong_to_a_media_supervision_under_way(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    wish = Wish(kind=SupervisionKind.MEDIA, cause=Cause.MEDIA_ATTENTION, number=ticket.number, title="占道")
    begun = start(wish, actor=cast.actor("supervisor"), now=OPENING).row
    assert begun is not None
    row = proposed(cast, ticket, supervision=begun.pk)
    found = handovers(actor=cast.actor("supervisor"), supervision=begun.pk).rows
    assert [one.id for one in found] == [row.pk]
    assert tried(cast, of=[ticket], supervision=begun.pk + 1) == [("media.supervision_unfit", "")]


def test_units_answer_each_for_itself(cast: Cast):
    ours, theirs = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING, lead="STHJ")
    row = proposed(cast, ours, theirs)
    assert row.units == ["CGJ", "STHJ"]
    assert did(cast, row, "team_leader", Deed.AGREE).ok
    assert did(cast, row, "cgj_handler", Deed.ANSWER).ok
    assert did(cast, row, "team_leader", Deed.RELEASE).ok
    assert (row.status, row.missing) == ("handed", ["STHJ"])
    seen = whole(row.pk, actor=cast.actor("sthj_head"), now=OPENING)
    assert seen is not None
    assert list(seen.named) == [theirs.number]
    assert not any(ANSWER in line.text for line in seen.lines), "of others' answers a unit reads in the medium"
    assert (seen.grounds, seen.row.title) == ("", TOLD)
    assert did(cast, row, "sthj_handler", Deed.ANSWER).ok
    assert did(cast, row, "team_leader", Deed.RELEASE, unit=UnitCode("STHJ")).ok
    assert row.status == "answered"


def test_a_missed_date_is_noted_and_told_once(cast: Cast):
    row = brought(cast, Status.HANDED)
    assert row.due_at is not None
    late = row.due_at + timedelta(minutes=1)
    assert (note_late(now=row.due_at), note_late(now=late), note_late(now=late)) == (0, 1, 0)
    assert bells()["cgj_handler"].count("media_late") == 1
    assert did(cast, row, "supervisor", Deed.MOVE_DUE, at=late, due_at=late + timedelta(days=1)).ok
    assert row.late_at is None
    assert note_late(now=late + timedelta(days=2)) == 1


def test_what_waits_for_whom(cast: Cast):
    row = proposed(cast)

    def whose() -> list[str]:
        people = ("supervisor", "team_leader", "director", "cgj_handler", "sthj_handler")
        return [who for who in people if waiting(cast.actor(who)).exists()]

    assert whose() == ["team_leader"]
    did(cast, row, "team_leader", Deed.AGREE)
    assert whose() == ["cgj_handler"]
    did(cast, row, "cgj_handler", Deed.ANSWER)
    assert whose() == ["supervisor", "team_leader"]
    did(cast, row, "team_leader", Deed.RELEASE)
    assert whose() == ["supervisor"]
    assert labels([row.pk], actor=cast.actor("cgj_head"), lang="zh") == {row.pk: ("热媒移〔2026〕1号", "合肥晚报")}
    assert labels([row.pk], actor=cast.actor("sthj_head"), lang="zh") == {}


def test_the_demonstration_has_one_at_every_step(cast: Cast):
    for _ in range(6):
        cast.ticket_at(Stage.HANDLING)
    now = OPENING + timedelta(days=1)
    assert demonstrated(now) == 6
    found = Handover.objects.order_by("pk").values_list("status", flat=True)
    assert list(found) == ["proposed", "handed", "handed", "handed", "answered", "closed"]
    assert len(partners(actor=cast.actor("director"), only_on=True)) == 3


def test_out_of_view_and_moved_on(cast: Cast):
    row = proposed(cast)
    assert [one.code for one in did(cast, row, "cgj_head", Deed.WITHDRAW).refusals] == ["media.not_found"]
    done = commands.do(
        row.pk, order=order(cast, []), actor=cast.actor("supervisor"), now=OPENING, version=row.version + 1
    )
    assert [one.code for one in done.refusals] == ["media.moved_on"]
    missing = commands.do(2**40, order=order(cast, []), actor=cast.actor("supervisor"), now=OPENING)
    assert [one.code for one in missing.refusals] == ["media.not_found"]


def test_what_one_may_see_is_what_lists_hold(cast: Cast):
    rows = [brought(cast, status) for status in (Status.PROPOSED, Status.HANDED, Status.ANSWERED, Status.CLOSED)]
    for person in PEOPLE:
        actor = cast.actor(person.username)
        listed = set(seen_by(actor).values_list("pk", flat=True))
        assert listed == {row.pk for row in rows if may_see(actor, state_of(row))}, person.username
        assert listed == {row.id for row in handovers(actor=actor).rows}


@given(
    roles=st.sets(st.sampled_from(Role)),
    covers=st.sets(st.sampled_from(["CGJ", "STHJ", "LY"])),
    units=st.sets(st.sampled_from(["CGJ", "STHJ", "LY"])),
    handed=st.booleans(),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rule_and_the_statement_agree(
    cast: Cast, roles: set[Role], covers: set[str], units: set[str], handed: bool
):
    actor = Actor(id="1", roles=frozenset(roles), covers=frozenset(map(UnitCode, covers)))
    row = Handover.objects.create(
        status="handed" if handed else "withdrawn", medium=partner(cast), units=sorted(units), title="x", grounds="x",
        handed_at=OPENING if handed else None, made_at=OPENING, last_at=OPENING,
    )  # fmt: skip
    assert seen_by(actor).filter(pk=row.pk).exists() == may_see(actor, state_of(row))
    assert not in_view(MediaView()).exists()
