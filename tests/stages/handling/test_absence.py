"""请假代签: named on a page or through the API, bounded, never passed on, ended by its day or called back."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hotline.registry.people import absences
from hotline.registry.people.absences import Away, name_stand_in, recall_stand_in
from hotline.registry.people.models import AdminEntry, RoleGrant
from hotline.registry.people.recording import Done
from hotline.rules import acts
from hotline.rules.vocabulary import Role, Stage
from hotline.tickets.narrowing import OWN, TicketFilter
from hotline.tickets.queries import tickets
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING, walk

pytestmark = pytest.mark.django_db
TODAY = OPENING.date()
NEXT_WEEK = TODAY + timedelta(days=7)
REPLY = next(move.act for move in walk(Stage.PENDING_SIGN_OFF) if isinstance(move.act, acts.SubmitReply))
ABSENCE = "/handling/absence/"


def named(
    cast: Cast, who: str, stand_in: str, first: date = TODAY, last: date = NEXT_WEEK, reason: str = "公出"
) -> Done:
    away = Away(first, last, reason)
    return name_stand_in(stand_in=cast.user(stand_in).pk, away=away, actor=cast.actor(who), now=OPENING)


def codes(done: Done) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def fresh(cast: Cast) -> Cast:
    """The same people, looked up anew."""
    return Cast(today=cast.today)


def test_a_stand_in_finds_and_signs_what_waits_for_the_one_away(cast: Cast) -> None:
    assert named(cast, "cgj_section", "cgj_handler").ok
    cast = fresh(cast)
    reply = cast.do(cast.ticket_at(Stage.HANDLING), "cgj_head", REPLY)
    own = cast.do(cast.ticket_at(Stage.HANDLING), "cgj_handler", REPLY)
    found = tickets(actor=cast.actor("cgj_handler"), where=TicketFilter(to_sign=OWN))
    assert [row.number for row in found.rows] == [reply.number]
    refused = cast.tried(own, "cgj_handler", acts.SignOff())
    assert [refusal.code for refusal in refused.refusals] == ["sign_off.own_reply"]
    signed = cast.do(reply, "cgj_handler", acts.SignOff())
    assert signed.state.signing is not None
    assert signed.state.signing.signed == 1
    with at(signed.at + timedelta(minutes=3)):
        page = signed_in(cast, "cgj_deputy").get(f"/tickets/{reply.number}/").content.decode()
    assert "代孙丽华签办" in page


def test_the_roles_lent_are_ones_own_for_those_days_and_who_lent_them_is_kept(cast: Cast) -> None:
    named(cast, "cgj_deputy", "cgj_section")
    grant = RoleGrant.objects.get(user=cast.user("cgj_section"), absence__isnull=False)
    assert (grant.role, grant.granted_by, grant.unit_id) == ("deputy_head", cast.user("cgj_deputy"), "CGJ")
    assert (grant.valid_from, grant.valid_to) == (TODAY, NEXT_WEEK + timedelta(days=1))
    later = Cast(today=NEXT_WEEK + timedelta(days=1))
    assert later.actor("cgj_section").roles == {Role.SECTION_HEAD}
    assert AdminEntry.objects.filter(act="name_stand_in", actor=str(cast.user("cgj_deputy").pk)).count() == 1


def test_a_lent_role_is_not_lent_on(cast: Cast) -> None:
    named(cast, "cgj_head", "cgj_deputy")
    cast = fresh(cast)
    assert codes(named(cast, "cgj_deputy", "cgj_section")) == ["absence.you_stand_in"]
    beyond = NEXT_WEEK + timedelta(days=1)
    assert named(cast, "cgj_deputy", "cgj_section", beyond, beyond).ok
    assert not RoleGrant.objects.filter(user=cast.user("cgj_section"), role="unit_head").exists()


@pytest.mark.parametrize(
    ("who", "stand_in", "first", "last", "reason", "code"),
    [
        ("cgj_deputy", "cgj_deputy", TODAY, NEXT_WEEK, "公出", "absence.to_oneself"),
        ("cgj_deputy", "sthj_deputy", TODAY, NEXT_WEEK, "公出", "absence.not_of_your_unit"),
        ("supervisor", "dispatcher", TODAY, NEXT_WEEK, "公出", "absence.no_role"),
        ("cgj_deputy", "cgj_section", TODAY - timedelta(days=1), NEXT_WEEK, "公出", "absence.in_the_past"),
        ("cgj_deputy", "cgj_section", NEXT_WEEK, TODAY, "公出", "absence.ends_before_it_begins"),
        ("cgj_deputy", "cgj_section", TODAY, TODAY + timedelta(days=60), "公出", "absence.too_long"),
        ("cgj_deputy", "cgj_section", TODAY, NEXT_WEEK, "  ", "absence.reason_missing"),
        ("cgj_deputy", "cgj_section", TODAY, NEXT_WEEK, "长" * 101, "absence.reason_missing"),
    ],
)
def test_what_is_refused(cast: Cast, who: str, stand_in: str, first: date, last: date, reason: str, code: str) -> None:
    assert codes(named(cast, who, stand_in, first, last, reason)) == [code]
    assert not RoleGrant.objects.filter(absence__isnull=False).exists()


def test_sixty_days_are_the_most(cast: Cast) -> None:
    assert named(cast, "cgj_deputy", "cgj_section", TODAY, TODAY + timedelta(days=absences.MOST_DAYS - 1)).ok


def test_one_stand_in_at_a_time_and_nobody_who_is_away(cast: Cast) -> None:
    named(cast, "cgj_section", "cgj_handler")
    assert codes(named(cast, "cgj_section", "cgj_deputy", NEXT_WEEK, NEXT_WEEK)) == ["absence.overlaps"]
    assert codes(named(cast, "cgj_deputy", "cgj_section", NEXT_WEEK, NEXT_WEEK)) == ["absence.stand_in_away"]
    after = NEXT_WEEK + timedelta(days=1)
    assert named(cast, "cgj_section", "cgj_deputy", after, after).ok


def test_a_district_head_may_name_somebody_of_a_street(cast: Cast) -> None:
    assert named(cast, "ly_section", "street_handler").ok
    cast = fresh(cast)
    street = cast.actor("street_handler")
    assert street.roles_at(street.unit) == {Role.UNIT_HANDLER}
    ticket = cast.do(cast.ticket_at(Stage.PENDING_SIGN_OFF, lead="LY"), "street_handler", acts.SignOff())
    assert ticket.state.signing is not None
    assert ticket.state.signing.signed == 1


def test_called_back_the_role_ends_at_once(cast: Cast) -> None:
    named(cast, "cgj_section", "cgj_handler")
    entry = absences.entries_of(cast.user("cgj_section").pk, TODAY)[0][0]
    assert codes(recall_stand_in(absence=entry.id, actor=cast.actor("cgj_deputy"), now=OPENING)) == ["absence.unknown"]
    assert recall_stand_in(absence=entry.id, actor=cast.actor("cgj_section"), now=OPENING).ok
    assert fresh(cast).actor("cgj_handler").roles == {Role.UNIT_HANDLER}
    again = recall_stand_in(absence=entry.id, actor=cast.actor("cgj_section"), now=OPENING)
    assert codes(again) == ["absence.ended_already"]
    assert absences.entries_of(cast.user("cgj_section").pk, TODAY)[0][0].state == "recalled"


# Pages and API


def test_the_page_names_shows_and_ends_a_stand_in(cast: Cast) -> None:
    section, handler = signed_in(cast, "cgj_section"), signed_in(cast, "cgj_handler")
    given = {"stand_in": cast.user("cgj_handler").pk, "first": TODAY, "last": NEXT_WEEK, "reason": "年休假"}
    with at(OPENING):
        empty = section.get(ABSENCE).content.decode()
        assert "还没有登记过请假代签" in empty
        assert section.post(ABSENCE, given).status_code == 302
        page = section.get(ABSENCE).content.decode()
        theirs = handler.get(ABSENCE).content.decode()
        entry = absences.entries_of(cast.user("cgj_section").pk, TODAY)[0][0]
        assert section.post(reverse("absence-recall", args=[entry.id])).status_code == 302
        ended = handler.get(ABSENCE).content.decode()
    assert "代签中" in page
    assert "您正代孙丽华（科室负责人）签批" in theirs
    assert "您正代孙丽华" not in ended
    assert latin(empty) == latin(page) == latin(theirs) == set()


def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(cast: Cast) -> None:
    section = signed_in(cast, "cgj_section")
    far = TODAY + timedelta(days=90)
    with at(OPENING):
        given = {"stand_in": cast.user("cgj_handler").pk, "first": TODAY, "last": far, "reason": "援藏"}
        answer = section.post(ABSENCE, given)
        blank = section.post(ABSENCE, {})
    html = answer.content.decode()
    assert (answer.status_code, blank.status_code) == (422, 422)
    assert 'id="id_last_error"' in html
    assert "一次代签最长60天" in html
    assert 'value="援藏"' in html
    assert "请选择由谁代签" in blank.content.decode()


@pytest.mark.parametrize("who", ["dispatcher", "system_admin", "director"])
def test_who_has_no_role_of_a_unit_has_no_such_page(cast: Cast, who: str) -> None:
    with at(OPENING):
        assert signed_in(cast, who).get(ABSENCE).status_code == 403


def test_nobody_calls_back_anothers(cast: Cast) -> None:
    named(cast, "cgj_section", "cgj_handler")
    entry = absences.entries_of(cast.user("cgj_section").pk, TODAY)[0][0]
    with at(OPENING):
        assert signed_in(cast, "cgj_deputy").post(reverse("absence-recall", args=[entry.id])).status_code == 404


def test_the_same_through_the_api(cast: Cast) -> None:
    client = signed_in(cast, "cgj_section")
    address = "/api/v1/handling/absences"
    given = {"stand_in": cast.user("cgj_handler").pk, "first": str(TODAY), "last": str(NEXT_WEEK), "reason": "公出"}
    with at(OPENING):
        assert client.get(address).json() == {"absences": []}
        made = client.post(address, given, content_type="application/json")
        again = client.post(address, given, content_type="application/json")
        entry = made.json()["absences"][0]
        ended = client.post(f"{address}/{entry['id']}/recall", content_type="application/json")
        unknown = client.post(f"{address}/999/recall", content_type="application/json")
        denied = signed_in(cast, "dispatcher").get(address)
    assert (made.status_code, again.status_code, ended.status_code, unknown.status_code) == (200, 422, 200, 404)
    assert (entry["stand_in"], entry["state"], entry["mine"]) == ("赵海涛", "now", True)
    assert again.json()["refusals"][0]["code"] == "absence.overlaps"
    assert ended.json()["absences"][0]["state"] == "recalled"
    assert denied.status_code == 403
