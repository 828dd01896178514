"""The way of an item: who may write, publish and withdraw, and that what was published stays as it was said."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.commands import Outcome
from hotline.registry.knowledge.models import Citation, Correction, KnowledgeVersion, State
from hotline.registry.knowledge.queries import being_written, cited_on, corrections, item_file, search
from hotline.registry.knowledge.wording import Wording
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar
from tests.cast import Cast

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
TODAY = NOW.date()
WASTE = Wording(
    title="装修垃圾清运",
    question="装修垃圾扔哪里\n建筑垃圾谁来拉",
    answer="请袋装后投放到小区指定的堆放点，由物业联系清运。",
    legal_basis="《城市建筑垃圾管理规定》",
    category="010213",
)


def codes(outcome: Outcome) -> list[str]:
    return [refusal.code for refusal in outcome.refusals]


def drafted(cast: Cast, who: str = "cgj_handler", unit: str = "CGJ", text: Wording = WASTE) -> str:
    outcome = commands.draft_item(text=text, unit=unit, actor=cast.actor(who), now=NOW)
    assert outcome.ok, codes(outcome)
    return outcome.code


def published(cast: Cast, text: Wording = WASTE, *, code: str = "", now: datetime = NOW) -> str:
    """An item written by 市城管局 and published by the office."""
    writer, office = cast.actor("cgj_handler"), cast.actor("supervisor")
    written = commands.draft_item(text=text, code=code, unit="CGJ", actor=writer, now=now)
    done = commands.submit_item(code=written.code, actor=writer, now=now)
    put = commands.publish_item(code=written.code, actor=office, now=now)
    assert written.ok, codes(written)
    assert done.ok, codes(done)
    assert put.ok, codes(put)
    return written.code


def test_an_item_goes_from_its_unit_through_a_second_person_to_the_agents(cast: Cast):
    code = drafted(cast)
    assert search("装修", TODAY) == ()
    assert commands.submit_item(code=code, actor=cast.actor("cgj_section"), now=NOW).state == State.IN_REVIEW
    assert search("装修", TODAY) == ()
    outcome = commands.publish_item(code=code, actor=cast.actor("team_leader"), now=NOW)
    assert (outcome.state, outcome.version) == (State.PUBLISHED, 1)
    (found,) = search("装修", TODAY)
    assert (found.code, found.text.answer, found.unit) == (code, WASTE.answer, "CGJ")
    assert found.hands == (cast.actor("cgj_handler").id, cast.actor("cgj_section").id)
    assert found.text.review_on == TODAY + timedelta(days=365)


@pytest.mark.parametrize(
    ("who", "unit", "refused"),
    [
        ("cgj_handler", "CGJ", ""),
        ("cgj_section", "CGJ", ""),
        ("team_leader", "CGJ", ""),
        ("supervisor", "STHJ", ""),
        ("ly_section", "LY-CGJ", ""),
        ("street_handler", "LY-SXK", ""),
        ("cgj_handler", "STHJ", "knowledge.writing_denied"),
        ("street_handler", "LY", "knowledge.writing_denied"),
        ("cgj_deputy", "CGJ", "knowledge.writing_denied"),
        ("agent", "RX12345", "knowledge.writing_denied"),
        ("dispatcher", "CGJ", "knowledge.writing_denied"),
        ("auditor", "CGJ", "knowledge.writing_denied"),
        ("system_admin", "RX12345", "knowledge.writing_denied"),
        ("security_admin", "RX12345", "knowledge.writing_denied"),
        ("audit_admin", "RX12345", "knowledge.writing_denied"),
        ("citizen", "CGJ", "knowledge.writing_denied"),
    ],
)
def test_handlers_and_section_heads_write_for_their_unit_and_the_office_for_any(
    cast: Cast, who: str, unit: str, refused: str
):
    outcome = commands.draft_item(text=WASTE, unit=unit, actor=cast.actor(who), now=NOW)
    assert codes(outcome) == ([refused] if refused else [])
    assert KnowledgeVersion.objects.count() == (0 if refused else 1)


@pytest.mark.parametrize("who", ["cgj_handler", "cgj_head", "agent", "dispatcher", "reviewer", "director", "auditor"])
def test_only_team_leaders_and_supervisors_publish_and_withdraw(cast: Cast, who: str):
    code = drafted(cast, "cgj_section")
    commands.submit_item(code=code, actor=cast.actor("cgj_section"), now=NOW)
    refused = commands.publish_item(code=code, actor=cast.actor(who), now=NOW)
    assert codes(refused) == ["knowledge.publishing_denied"]
    assert commands.publish_item(code=code, actor=cast.actor("supervisor"), now=NOW).ok
    refused = commands.withdraw_item(code=code, remark="过期", actor=cast.actor(who), now=NOW)
    assert codes(refused) == ["knowledge.publishing_denied"]
    assert len(search("", TODAY)) == 1


def test_who_wrote_or_submitted_a_text_does_not_publish_it(cast: Cast):
    code = drafted(cast, "team_leader")
    commands.submit_item(code=code, actor=cast.actor("supervisor"), now=NOW)
    for who in ("team_leader", "supervisor"):
        refused = commands.publish_item(code=code, actor=cast.actor(who), now=NOW)
        assert codes(refused) == ["knowledge.second_person"]
    assert search("", TODAY) == ()
    commands.send_back_item(code=code, remark="请补充收费标准", actor=cast.actor("supervisor"), now=NOW)
    commands.submit_item(code=code, actor=cast.actor("cgj_handler"), now=NOW)
    assert codes(commands.publish_item(code=code, actor=cast.actor("team_leader"), now=NOW)) == [
        "knowledge.second_person"
    ]


def test_whoever_only_sent_a_text_back_may_publish_it_later(cast: Cast):
    code = drafted(cast)
    writer, office = cast.actor("cgj_handler"), cast.actor("supervisor")
    commands.submit_item(code=code, actor=writer, now=NOW)
    assert codes(commands.send_back_item(code=code, actor=office, now=NOW)) == ["knowledge.remark_missing"]
    assert commands.send_back_item(code=code, remark="请写明地点", actor=office, now=NOW).state == State.DRAFT
    assert being_written(actor=writer)[0].remark == "请写明地点"
    assert commands.submit_item(code=code, actor=writer, now=NOW).ok
    assert commands.publish_item(code=code, actor=office, now=NOW).ok


def test_a_writer_takes_a_submitted_text_back_without_a_reason(cast: Cast):
    code = drafted(cast)
    commands.submit_item(code=code, actor=cast.actor("cgj_handler"), now=NOW)
    again = commands.draft_item(text=WASTE, code=code, actor=cast.actor("cgj_handler"), now=NOW)
    assert codes(again) == ["knowledge.in_review"]
    assert commands.send_back_item(code=code, actor=cast.actor("cgj_handler"), now=NOW).state == State.DRAFT


def test_the_version_before_stays_in_force_until_the_next_is_published_and_is_kept_word_for_word(cast: Cast):
    code = published(cast)
    writer = cast.actor("cgj_handler")
    second = replace(WASTE, answer="请预约上门清运。")
    commands.draft_item(text=second, code=code, actor=writer, now=NOW)
    assert search("装修", TODAY)[0].text.answer == WASTE.answer
    commands.submit_item(code=code, actor=writer, now=NOW)
    commands.publish_item(code=code, actor=cast.actor("supervisor"), now=NOW)
    assert [v.text.answer for v in search("装修", TODAY)] == [second.answer]
    file = item_file(code, actor=cast.actor("agent"), day=TODAY)
    assert file is not None
    assert [(v.number, v.state, v.text.answer) for v in file.published] == [
        (2, State.PUBLISHED, second.answer),
        (1, State.REPLACED, WASTE.answer),
    ]


def test_a_version_for_a_day_to_come_takes_over_on_that_day_without_a_gap(cast: Cast):
    code = published(cast)
    turn = date(2026, 5, 1)
    published(cast, replace(WASTE, answer="五一起免费清运。", valid_from=turn), code=code)
    assert [v.text.answer for v in search("装修", turn - timedelta(days=1))] == [WASTE.answer]
    assert [v.text.answer for v in search("装修", turn)] == ["五一起免费清运。"]
    file = item_file(code, actor=cast.actor("agent"), day=TODAY)
    assert file is not None
    assert file.now is not None
    assert file.coming is not None
    assert (file.now.number, file.coming.number) == (1, 2)
    published(cast, replace(WASTE, answer="改期。", valid_from=date(2026, 4, 1)), code=code)
    assert [v.number for v in search("装修", turn)] == [3]
    assert [v.number for v in search("装修", TODAY)] == [1]


def test_withdrawn_items_are_gone_at_once_and_say_why(cast: Cast):
    code = published(cast)
    office = cast.actor("supervisor")
    assert codes(commands.withdraw_item(code=code, remark=" ", actor=office, now=NOW)) == ["knowledge.remark_missing"]
    assert commands.withdraw_item(code=code, remark="政策已废止", actor=office, now=NOW).state == State.WITHDRAWN
    assert search("装修", TODAY) == ()
    assert codes(commands.withdraw_item(code=code, remark="再撤", actor=office, now=NOW)) == ["knowledge.not_published"]
    file = item_file(code, actor=cast.actor("agent"), day=TODAY)
    assert file is not None
    assert (file.now, file.shown.remark) == (None, "政策已废止")


def test_a_dropped_draft_leaves_what_is_published(cast: Cast):
    code = published(cast)
    writer = cast.actor("cgj_handler")
    assert codes(commands.drop_draft(code=code, actor=writer, now=NOW)) == ["knowledge.no_draft"]
    commands.draft_item(text=replace(WASTE, answer="写错了"), code=code, actor=writer, now=NOW)
    assert commands.drop_draft(code=code, actor=writer, now=NOW).state == State.DROPPED
    assert being_written(actor=writer) == ()
    assert [v.number for v in search("装修", TODAY)] == [1]
    assert published(cast, replace(WASTE, answer="写对了"), code=code) == code


def test_an_edit_of_somebody_else_in_between_is_not_overwritten(cast: Cast):
    code = drafted(cast)
    handler, head = cast.actor("cgj_handler"), cast.actor("cgj_section")
    assert commands.draft_item(text=WASTE, code=code, actor=head, now=NOW, seen=1).edit == 2
    late = commands.draft_item(text=WASTE, code=code, actor=handler, now=NOW, seen=1)
    assert codes(late) == ["knowledge.changed_meanwhile"]
    assert codes(commands.submit_item(code=code, actor=handler, now=NOW, seen=1)) == ["knowledge.changed_meanwhile"]
    assert commands.submit_item(code=code, actor=handler, now=NOW, seen=2).ok
    early = commands.publish_item(code=code, actor=cast.actor("supervisor"), now=NOW, seen=1)
    assert codes(early) == ["knowledge.changed_meanwhile"]


LONG = "长" * 5000


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": "  "}, {("knowledge.title_missing", "title")}),
        ({"title": "标" * 81}, {("knowledge.too_long", "title")}),
        ({"answer": LONG, "hint": LONG}, {("knowledge.too_long", "answer"), ("knowledge.too_long", "hint")}),
        ({"answer": "看\x00不见"}, {("knowledge.unreadable", "answer")}),
        ({"category": "0102"}, {("knowledge.category_unknown", "category")}),
        ({"category": "999999"}, {("knowledge.category_unknown", "category")}),
        ({"category": "01\x00213"}, {("knowledge.category_unknown", "category")}),
        (
            {"valid_from": date(2026, 5, 1), "valid_to": date(2026, 5, 1)},
            {("knowledge.dates_reversed", "valid_to")},
        ),
    ],
)
def test_a_draft_names_every_field_to_mend(cast: Cast, change: dict[str, object], expected: set[tuple[str, str]]):
    text = replace(WASTE, **change)  # type: ignore[arg-type]  # each case changes fields of its own types
    outcome = commands.draft_item(text=text, unit="CGJ", actor=cast.actor("cgj_handler"), now=NOW)
    assert {(r.code, r.field) for r in outcome.refusals} == expected
    assert all(render(r, lang) for r in outcome.refusals for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"question": ""}, "knowledge.question_missing"),
        ({"answer": ""}, "knowledge.answer_missing"),
        ({"legal_basis": ""}, "knowledge.basis_missing"),
        ({"valid_to": TODAY}, "knowledge.already_over"),
        ({"review_on": TODAY}, "knowledge.review_past"),
    ],
)
def test_a_draft_may_lack_what_an_item_for_citizens_must_have(cast: Cast, change: dict[str, object], expected: str):
    text = replace(WASTE, **change)  # type: ignore[arg-type]  # as above
    code = drafted(cast, text=text)
    assert codes(commands.submit_item(code=code, actor=cast.actor("cgj_handler"), now=NOW)) == [expected]
    assert item_file(code, actor=cast.actor("agent"), day=TODAY) is None


def test_an_item_that_ran_out_while_it_waited_is_not_published(cast: Cast):
    code = drafted(cast, text=replace(WASTE, valid_to=TODAY + timedelta(days=2)))
    assert commands.submit_item(code=code, actor=cast.actor("cgj_handler"), now=NOW).ok
    late = commands.publish_item(code=code, actor=cast.actor("supervisor"), now=NOW + timedelta(days=2))
    assert codes(late) == ["knowledge.already_over"]


@pytest.mark.parametrize("unit", ["", "NOBODY", "CG\x00J"])
def test_a_new_item_needs_a_unit_of_the_city(cast: Cast, unit: str):
    outcome = commands.draft_item(text=WASTE, unit=unit, actor=cast.actor("supervisor"), now=NOW)
    assert codes(outcome) == ["knowledge.unit_missing" if not unit else "knowledge.unit_unknown"]


def test_pressing_twice_does_not_make_two_items(cast: Cast):
    code = drafted(cast)
    again = commands.draft_item(text=WASTE, unit="CGJ", actor=cast.actor("cgj_handler"), now=NOW)
    assert codes(again) == ["knowledge.title_taken"]
    assert code in render(again.refusals[0], "zh")


@pytest.mark.parametrize("code", ["ZS999999", "", "\x00", "知识", "x" * 60])
def test_an_item_that_is_not_there_is_said_to_be_not_there(cast: Cast, code: str):
    office = cast.actor("supervisor")
    tried = [
        commands.submit_item(code=code, actor=office, now=NOW),
        commands.publish_item(code=code, actor=office, now=NOW),
        commands.send_back_item(code=code, actor=office, now=NOW),
        commands.withdraw_item(code=code, remark="无", actor=office, now=NOW),
        commands.drop_draft(code=code, actor=office, now=NOW),
    ]
    assert [codes(outcome) for outcome in tried] == [["knowledge.not_found"]] * 5
    assert item_file(code, actor=office, day=TODAY) is None


def test_the_database_itself_refuses_to_change_what_was_published(cast: Cast):
    code = published(cast)
    row = KnowledgeVersion.objects.get(item_id=code)
    for change in ({"answer": "改写历史"}, {"number": 7}, {"legal_basis": ""}):
        with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
            KnowledgeVersion.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        row.delete()
    commands.cite(codes=[code], ticket="34010020260317DH000001", actor=cast.actor("agent"), now=NOW)
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        Citation.objects.update(ticket="34010020260317DH000002")
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        Citation.objects.all().delete()


# --- citing ---

TICKET = "34010020260317DH000123"


def test_a_citation_shows_years_later_what_was_said(cast: Cast):
    code = published(cast)
    assert commands.cite(codes=[code, code], ticket=TICKET, actor=cast.actor("agent"), now=NOW).ok
    published(cast, replace(WASTE, answer="请预约上门清运。"), code=code, now=NOW + timedelta(days=400))
    (told,) = cited_on(TICKET)
    assert (told.number, told.text.answer) == (1, WASTE.answer)
    file = item_file(code, actor=cast.actor("agent"), day=TODAY + timedelta(days=400))
    assert file is not None
    assert (file.use.month, file.use.year, file.use.ever) == (0, 0, 1)


def test_citing_twice_counts_once_and_two_items_are_two(cast: Cast):
    first = published(cast)
    second = published(cast, replace(WASTE, title="大件垃圾"))
    for _ in range(2):
        assert commands.cite(codes=[first, second], ticket=TICKET, actor=cast.actor("agent"), now=NOW).ok
    assert sorted(v.code for v in cited_on(TICKET)) == sorted([first, second])
    assert Citation.objects.count() == 2


def test_what_is_not_in_force_is_not_cited_and_then_nothing_is(cast: Cast):
    good = published(cast)
    draft = drafted(cast, text=replace(WASTE, title="草稿"))
    refused = commands.cite(codes=[good, draft, "\x00"], ticket=TICKET, actor=cast.actor("agent"), now=NOW)
    assert [(r.code, r.params["code"]) for r in refused.refusals] == [
        ("knowledge.not_in_force", draft),
        ("knowledge.not_in_force", "\x00"),
    ]
    assert not Citation.objects.exists()
    assert codes(commands.cite(codes=[good], ticket=TICKET, actor=cast.actor("system_admin"), now=NOW)) == [
        "knowledge.reading_denied"
    ]


# --- corrections ---


def asked(cast: Cast, who: str = "agent", **more: str) -> Outcome:
    given = {"text": "电话号码已经变了"} | more
    return commands.correct_item(actor=cast.actor(who), now=NOW, calendar=Calendar(), **given)


def test_an_agent_asks_for_a_correction_and_the_unit_answers(cast: Cast):
    code = published(cast)
    assert asked(cast, code=code).ok
    (mine,) = corrections(actor=cast.actor("cgj_handler"), only_open=True)
    assert (mine.code, mine.unit, mine.title, mine.may_settle) == (code, "CGJ", WASTE.title, True)
    assert mine.due_at == datetime(2026, 3, 18, 17, 30, tzinfo=CITY_TZ)
    assert corrections(actor=cast.actor("sthj_handler")) == ()
    answer = {"number": mine.number, "accepted": True, "answer": "已改正", "now": NOW}
    assert codes(commands.settle_correction(**answer, actor=cast.actor("sthj_handler"))) == [
        "knowledge.settling_denied"
    ]
    assert codes(commands.settle_correction(**{**answer, "answer": " "}, actor=cast.actor("cgj_handler"))) == [
        "knowledge.settlement_missing"
    ]
    assert commands.settle_correction(**answer, actor=cast.actor("cgj_handler")).state == Correction.Settled.ACCEPTED
    assert codes(commands.settle_correction(**answer, actor=cast.actor("cgj_section"))) == [
        "knowledge.correction_settled"
    ]
    (seen,) = corrections(actor=cast.actor("agent"))
    assert (seen.answer, seen.open) == ("已改正", False)


def test_what_is_missing_is_asked_of_a_unit_or_of_the_office(cast: Cast):
    assert asked(cast, text="缺少共享单车停放的答复口径", unit="CGJ").ok
    assert asked(cast, text="不知道问哪个部门").ok
    assert len(corrections(actor=cast.actor("cgj_handler"))) == 1
    assert len(corrections(actor=cast.actor("supervisor"))) == 2
    assert [a.may_settle for a in corrections(actor=cast.actor("agent"))] == [False, False]


@pytest.mark.parametrize(
    ("who", "given", "refused"),
    [
        ("agent", {"text": "  "}, "knowledge.correction_missing"),
        ("agent", {"text": "长" * 1001}, "knowledge.too_long"),
        ("agent", {"text": "\x00"}, "knowledge.unreadable"),
        ("agent", {"code": "ZS999999"}, "knowledge.not_found"),
        ("agent", {"unit": "NOBODY"}, "knowledge.unit_unknown"),
        ("audit_admin", {}, "knowledge.reading_denied"),
        ("citizen", {}, "knowledge.reading_denied"),
    ],
)
def test_a_correction_that_says_nothing_or_goes_nowhere_is_refused(
    cast: Cast, who: str, given: dict[str, str], refused: str
):
    assert codes(asked(cast, who, **given)) == [refused]
    assert not Correction.objects.exists()


def test_a_correction_that_is_not_there_is_not_answered(cast: Cast):
    outcome = commands.settle_correction(
        number=4711, accepted=True, answer="好", actor=cast.actor("supervisor"), now=NOW
    )
    assert codes(outcome) == ["knowledge.correction_not_found"]
