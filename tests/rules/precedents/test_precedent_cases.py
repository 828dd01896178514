"""What can go wrong on the way from a ruling to a rule, one case each; and the seed's own case by the directory."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from hotline.rules.jurisdiction import (
    CoUnit,
    Directory,
    DirectoryRule,
    Lexicon,
    Question,
    Routed,
    UnitRole,
    Words,
    route,
)
from hotline.rules.jurisdiction.checking import Lists
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.precedents import Deed, Order, Precedent, Status, decide
from hotline.rules.precedents.fitting import found_against
from hotline.rules.precedents.table import WARNING
from hotline.rules.precedents.wording import begun, next_id, years_on
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from tests.rules.cast import ECOLOGY, HOUSING, URBAN
from tests.rules.precedents.making import (
    BOTH,
    ECOLOGY_HEAD,
    PARTY_TOO,
    RULED,
    STAFFING_CLERK,
    STAFFING_HEAD,
    STRANGER,
    URBAN_HEAD,
    WRITER,
    day_of,
    done,
    draft,
    filled,
    in_force,
)
from tests.walks import OPENING

TODAY = day_of(OPENING)
NIGHT = datetime(2026, 5, 3, 23, 30, tzinfo=CITY_TZ)
LISTS = Lists(
    units={ECOLOGY: None, URBAN: None, HOUSING: None},
    categories=frozenset({"0401", "040103"}),
    regions=frozenset({"340103"}),
)
QUARREL = DirectoryRule(id="0401-7", categories=("0401",), title="环境噪声", lead=URBAN, basis="目录", owner=URBAN)
CALL = Question(at=NIGHT, text="工地半夜施工，吵得睡不着", category="040103", region="340103")


def codes(state: Precedent, order: Order, who: Actor, now: datetime = OPENING) -> set[str]:
    refusals = decide(state, order, actor=who, now=now).refusals
    assert all(render(refusal, lang) for refusal in refusals for lang in ("zh", "en"))
    return {refusal.code.removeprefix("precedents.") for refusal in refusals}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ruled": None}, "not_ruled"),
        ({"ruled": replace(RULED, reusable=False)}, "one_off"),
        ({"ruled": replace(RULED, objected=True)}, "objected"),
        ({"ruled": replace(RULED, staffing=None)}, "no_staffing"),
        ({"draft": None}, "draft_missing"),
        ({"draft": draft(TODAY, title=" ")}, "text_length"),
        ({"draft": draft(TODAY, basis="依" * 301)}, "text_length"),
        ({"draft": draft(TODAY, categories=())}, "category_missing"),
        ({"draft": draft(TODAY, words=Words(), hours=None)}, "too_wide"),
        ({"draft": draft(TODAY, lead=HOUSING)}, "other_lead"),
        ({"draft": draft(TODAY, co_units=())}, "other_helpers"),
        ({"draft": draft(TODAY, co_units=(CoUnit(role=UnitRole.COPY, unit=URBAN),))}, "other_helpers"),
        ({"draft": draft(TODAY, valid_to=None)}, "end_missing"),
        ({"draft": draft(TODAY, valid_to=TODAY)}, "end_passed"),
        ({"draft": draft(TODAY, valid_to=years_on(TODAY, 4))}, "end_too_far"),
    ],
)
def test_a_proposal_lacks_something(said: dict[str, object], code: str):
    assert code in codes(Precedent(), filled(Deed.PROPOSE, OPENING, **said), WRITER)


def test_guidance_and_copies_may_be_added_to_what_was_ruled():
    more = (*draft(TODAY).co_units, CoUnit(role=UnitRole.GUIDANCE, unit=HOUSING))
    assert not codes(Precedent(), filled(Deed.PROPOSE, OPENING, draft=draft(TODAY, co_units=more)), WRITER)


def test_who_stands_for_a_disputing_unit_words_no_precedent_of_it():
    assert codes(Precedent(), filled(Deed.PROPOSE, OPENING), PARTY_TOO) == {"own_case"}
    assert codes(in_force(OPENING), filled(Deed.WITHDRAW, OPENING), PARTY_TOO) == {"own_case"}


def test_nobody_agrees_to_own_words_and_no_clerk_agrees():
    state = done(Precedent(), Deed.PROPOSE, BOTH, OPENING)
    assert codes(state, filled(Deed.AGREE, OPENING), BOTH) == {"own_words"}
    assert codes(state, filled(Deed.AGREE, OPENING), STAFFING_CLERK) == {"role_denied"}
    assert codes(state, filled(Deed.AGREE, OPENING), ECOLOGY_HEAD) == {"role_denied"}
    assert done(state, Deed.AGREE, STAFFING_HEAD, OPENING).status is Status.IN_FORCE


def test_a_draft_that_lay_about_until_its_end_is_not_agreed_to():
    state = done(Precedent(), Deed.PROPOSE, WRITER, OPENING)
    late = OPENING + timedelta(days=800)
    assert codes(state, filled(Deed.AGREE, late), STAFFING_HEAD, late) == {"draft_stale"}


def test_a_challenge_needs_its_basis_and_is_heard_once_for_each_edition():
    state = in_force(OPENING)
    assert codes(state, filled(Deed.CHALLENGE, OPENING, text=" "), URBAN_HEAD) == {"words_missing"}
    assert codes(state, filled(Deed.CHALLENGE, OPENING), STRANGER) == {"role_denied"}
    state = done(state, Deed.CHALLENGE, URBAN_HEAD, OPENING)
    assert (state.status, state.challenger) == (Status.CHALLENGED, URBAN)
    state = done(state, Deed.UPHOLD, WRITER, OPENING)
    assert codes(state, filled(Deed.CHALLENGE, OPENING), URBAN_HEAD) == {"heard_already"}
    assert not codes(state, filled(Deed.CHALLENGE, OPENING), ECOLOGY_HEAD)
    state = done(state, Deed.RENEW, WRITER, OPENING)
    state = done(state, Deed.AGREE, STAFFING_HEAD, OPENING)
    assert not codes(state, filled(Deed.CHALLENGE, OPENING), URBAN_HEAD)


def test_a_challenge_that_is_right_ends_in_withdrawal_and_leaves_its_trace():
    state = done(in_force(OPENING), Deed.CHALLENGE, URBAN_HEAD, OPENING)
    ruling = decide(state, filled(Deed.WITHDRAW, OPENING), actor=WRITER, now=OPENING)
    assert ruling.entry is not None
    assert ruling.entry.payload == {"ends": TODAY.isoformat()}
    assert (ruling.state.status, ruling.state.challenger) == (Status.WITHDRAWN, None)


def test_one_change_at_a_time_and_a_declined_one_changes_nothing():
    state = in_force(OPENING)
    asked = done(state, Deed.AMEND, WRITER, OPENING, draft=draft(TODAY, title="夜间工地噪声"))
    assert codes(asked, filled(Deed.RENEW, OPENING), ECOLOGY_HEAD) == {"asked_already"}
    declined = done(asked, Deed.DECLINE, STAFFING_HEAD, OPENING)
    assert (declined.rule, declined.edition, declined.pending) == (state.rule, 1, None)
    assert codes(declined, filled(Deed.AGREE, OPENING), STAFFING_HEAD) == {"nothing_asked"}


def test_an_owner_renews_what_ran_out_and_the_edition_counts_on():
    state = in_force(OPENING)
    assert state.ends_on is not None
    end = datetime.combine(state.ends_on, OPENING.timetz())
    early, near = end - WARNING - timedelta(days=1), end - WARNING
    assert codes(state, Order(deed=Deed.WARN), SYSTEM, early) == {"end_not_near"}
    state = decide(state, Order(deed=Deed.WARN), actor=SYSTEM, now=near).state
    assert codes(state, Order(deed=Deed.WARN), SYSTEM, near) == {"end_not_near"}
    assert codes(state, Order(deed=Deed.EXPIRE), SYSTEM, end - timedelta(days=1)) == {"end_not_near"}
    state = decide(state, Order(deed=Deed.EXPIRE), actor=SYSTEM, now=end).state
    assert state.status is Status.EXPIRED
    state = done(state, Deed.RENEW, ECOLOGY_HEAD, end, until=years_on(day_of(end), 1))
    state = done(state, Deed.AGREE, STAFFING_HEAD, end)
    assert (state.status, state.edition, state.warned) == (Status.IN_FORCE, 2, False)
    assert state.rule is not None
    assert (state.rule.version, state.rule.valid_from) == (2, day_of(end))


def test_a_renewal_ends_later_than_before():
    state = in_force(OPENING)
    assert codes(state, filled(Deed.RENEW, OPENING, until=state.ends_on), WRITER) == {"end_not_later"}


def test_what_the_office_begins_with_says_all_that_was_ruled():
    rule = begun(
        lead=RULED.lead,
        steps=RULED.steps,
        category="040103",
        title="施工噪声",
        basis=RULED.basis,
        today=date(2028, 2, 29),
    )
    assert (rule.lead, rule.owner, rule.valid_to) == (ECOLOGY, ECOLOGY, date(2030, 3, 1))
    assert rule.co_units == (CoUnit(role=UnitRole.CO, unit=URBAN, task="依法处罚"),)


def test_numbers_go_on_and_are_never_given_twice():
    assert next_id("040103", ()) == "040103-501"
    assert next_id("040103", ("040103-7", "040103-501", "0401-900", "040103-x")) == "040103-502"


def test_the_seed_case_goes_straight_to_ecology_once_it_is_agreed_to():
    """Night construction noise: the directory says urban management, the ruling ecology; from then on it is ecology."""
    before = Directory(rules=(QUARREL,), lexicon=Lexicon())
    was = route(CALL, before)
    assert isinstance(was, Routed)
    assert was.lead == URBAN
    assert not list(found_against(draft(TODAY), before, LISTS, CALL))
    rule = in_force(OPENING).rule
    assert rule is not None
    after = replace(before, rules=(QUARREL, replace(rule, valid_from=NIGHT.date())))
    now = route(CALL, after)
    assert isinstance(now, Routed)
    assert (now.lead, now.rule.source) == (ECOLOGY, "裁定2026-031")
    assert [(one.unit, one.after) for one in now.co_units] == [(URBAN, "查实违法")]
    by_day = route(replace(CALL, at=NIGHT.replace(hour=12)), after)
    assert isinstance(by_day, Routed)
    assert by_day.lead == URBAN


@pytest.mark.parametrize(
    ("other", "said", "code"),
    [
        ({"categories": ("040103",), "words": Words((("施工",), ("半夜",), ("睡",)))}, {}, "outweighed"),
        ({}, {"words": Words((("打桩",),))}, "not_reached_or_outweighed"),
        (
            {"id": "040103-501", "categories": ("040103",), "source": "裁定2026-001", "words": Words((("工地",),)),
             "hours": draft(TODAY).hours},
            {}, "at_odds",
        ),
    ],
)  # fmt: skip
def test_a_draft_that_would_not_be_followed_is_refused(other: dict[str, object], said: dict[str, object], code: str):
    directory = Directory(rules=(replace(QUARREL, **other),))  # type: ignore[arg-type]  # columns by name
    found = [
        one.code.removeprefix("precedents.") for one in found_against(draft(TODAY, **said), directory, LISTS, CALL)
    ]
    assert any(one in code for one in found), found


def test_an_unknown_category_is_named():
    found = list(found_against(draft(TODAY, categories=("990101",)), Directory(), LISTS, None))
    assert [one.code for one in found] == ["directory.category_unknown"]
    assert all(render(one, lang) for one in found for lang in ("zh", "en"))


def test_what_is_found_stands_against_a_proposal():
    found = tuple(found_against(draft(TODAY, words=Words((("打桩",),))), Directory(), LISTS, CALL))
    assert codes(Precedent(), filled(Deed.PROPOSE, OPENING, found=found), WRITER) == {"not_reached"}
