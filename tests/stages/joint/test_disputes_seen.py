"""Lists and single files agree on who sees what; at each turn the citizen is told, and members are called."""

import pytest

from hotline.oversight.messaging.models import CitizenMessage
from hotline.rules.joint import Deed
from hotline.rules.joint.seeing import may_see, view_of
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role, UnitCode
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries import labels, to_do, waiting
from hotline.stages.joint.queries.rows import state_of
from hotline.stages.joint.queries.seen import seen_by
from tests.cast import PEOPLE, Cast
from tests.oversight.notices.ringing import bells, react
from tests.stages.joint.panels import SEATED, convened, did, disputed, file_of, heard, ruled

pytestmark = pytest.mark.django_db


def test_lists_and_single_files_agree(cast: Cast) -> None:
    for row in (file_of(disputed(cast)), convened(cast), ruled(cast)):
        assert row.readers
    rows = list(DisputeFile.objects.all())
    everybody = [cast.actor(p.username) for p in PEOPLE] + [cast.actor(name) for name, *_ in SEATED]
    above = Actor(id="9", roles=frozenset({Role.UNIT_HEAD}), unit=UnitCode("SZF"), covers=frozenset({UnitCode("CGJ")}))
    for actor in (*everybody, above):
        listed = set(seen_by(actor).values_list("pk", flat=True))
        assert listed == {row.pk for row in rows if may_see(actor, state_of(row))}
        assert bool(listed) or view_of(actor).nothing or not view_of(actor).all
        assert set(labels([row.pk for row in rows], actor=actor)) == listed


def test_what_waits_is_what_one_can_do_something_about(cast: Cast) -> None:
    row = convened(cast)
    assert [one.id for one in to_do(actor=cast.actor("bb_deputy"))] == [row.pk]
    did(cast, row, "bb_deputy", Deed.OPINE)
    assert not waiting(cast.actor("bb_deputy")).exists()
    assert not waiting(cast.actor("sjw_head")).exists()
    assert waiting(cast.actor("cgj_head")).exists()
    assert waiting(cast.actor("supervisor")).exists()
    assert not waiting(cast.actor("ly_head")).exists()


def test_the_citizen_is_told_at_each_turn(cast: Cast) -> None:
    row = ruled(cast)
    react(row.last_at)
    told = list(CitizenMessage.objects.filter(number=row.ticket).order_by("id").values_list("kind", flat=True))
    assert [kind for kind in told if kind not in {"received", "handed"}][:3] == ["moved", "disputed", "convened"]
    assert told[-1] == "moved"


def test_the_citizen_is_told_of_a_first_unit_and_of_going_up(cast: Cast) -> None:
    row = did(cast, file_of(disputed(cast)), "supervisor", Deed.PROVISION)
    row = did(cast, row, "supervisor", Deed.ESCALATE)
    row = did(cast, row, "supervisor", Deed.DECIDE)
    react(row.last_at)
    told = list(CitizenMessage.objects.filter(number=row.ticket).order_by("id").values_list("kind", flat=True))
    assert told[-3:] == ["first", "escalated", "stays"]


def test_members_are_called_and_asked_for_the_minutes(cast: Cast) -> None:
    row = did(cast, heard(cast), "supervisor", Deed.CONCLUDE)
    react(row.last_at)
    rung = bells()
    assert "panel_convened" in rung["sjw_head"]
    assert "panel_convened" in rung["bb_deputy"]
    assert "joint_minutes_out" in rung["sfj_head"]
    assert "joint_minutes_out" not in rung["sjw_head"]
    assert "joint_opinion_given" in rung["supervisor"]
