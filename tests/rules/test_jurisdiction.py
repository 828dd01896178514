"""The dispatch directory decides the same for everybody: one lead, no rule, or a conflict that names both."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.jurisdiction import LOCAL, Conflict, Directory, Lead, LeadRule, Matter, NoRule, suggest_lead
from hotline.rules.vocabulary import CategoryCode, RegionCode, UnitCode
from tests.rules import cast as c

DAY = date(2021, 5, 10)
DISTRICT = UnitCode("LY")
categories = st.text("01", min_size=6, max_size=6).map(CategoryCode)
regions = st.text("34", min_size=0, max_size=6).map(RegionCode)
units = st.sampled_from([UnitCode("CGJ"), UnitCode("STHJ"), LOCAL])
days = st.none() | st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3))
rules = st.builds(
    LeadRule,
    category=st.text("01", min_size=1, max_size=6),
    region=st.text("34", max_size=6),
    unit=units,
    basis=st.sampled_from(["甲", "乙"]),
    valid_from=days,
    valid_to=days,
)
directories = st.lists(rules, max_size=8)
matters = st.builds(Matter, category=categories, region=regions, on=st.just(DAY), local=st.none() | st.just(DISTRICT))


def fitting(matter: Matter, directory: list[LeadRule]) -> list[LeadRule]:
    return [
        r
        for r in directory
        if r.holds(matter.on) and matter.category.startswith(r.category) and matter.region.startswith(r.region)
    ]


@given(matters, directories)
def test_every_matter_gets_one_of_three_answers(matter: Matter, directory: list[LeadRule]):
    found = suggest_lead(matter, directory)
    assert isinstance(found, Lead | NoRule | Conflict)
    assert isinstance(found, NoRule) or fitting(matter, directory)
    if not fitting(matter, directory):
        assert found == NoRule()


@given(matters, directories, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_says_nothing(matter: Matter, directory: list[LeadRule], rng: Random):
    mixed = list(directory)
    rng.shuffle(mixed)
    assert suggest_lead(matter, mixed) == suggest_lead(matter, directory)


@given(matters, directories)
def test_the_longest_prefix_wins(matter: Matter, directory: list[LeadRule]):
    """Rules that weigh less change nothing, whatever they name."""
    fit = fitting(matter, directory)
    most = max(((len(r.category), len(r.region)) for r in fit), default=None)
    best = [r for r in fit if (len(r.category), len(r.region)) == most]
    assert suggest_lead(matter, best) == suggest_lead(matter, directory)


@given(matters, directories)
def test_a_whole_code_beats_everything_else(matter: Matter, directory: list[LeadRule]):
    own = LeadRule(category=matter.category, region=matter.region, unit=UnitCode("OWN"), basis="专条")
    others = [r for r in directory if (r.category, r.region) != (own.category, own.region)]
    assert suggest_lead(matter, [*others, own]) == Lead(unit=UnitCode("OWN"), basis="专条")


@given(matters, directories)
def test_a_conflict_names_every_unit_at_odds(matter: Matter, directory: list[LeadRule]):
    found = suggest_lead(matter, directory)
    if isinstance(found, Conflict):
        named = [lead.unit for lead in found.leads]
        assert len(named) == len(set(named)) >= 2
        assert set(named) <= {r.unit or matter.local for r in fitting(matter, directory)}


@given(matters, directories)
def test_local_matters_need_a_place(matter: Matter, directory: list[LeadRule]):
    found = suggest_lead(matter, directory)
    if isinstance(found, Lead):
        assert found.unit != LOCAL
    if found == NoRule(place_missing=True):
        assert matter.local is None


def test_rules_begin_and_end():
    rule = LeadRule(category="04", unit=UnitCode("STHJ"), valid_from=DAY, valid_to=DAY + timedelta(days=1))
    asked = [
        suggest_lead(Matter(category=c.NOISE, region=c.LUYANG, on=DAY + timedelta(days=n)), [rule]) for n in (-1, 0, 1)
    ]
    assert asked == [NoRule(), Lead(unit=UnitCode("STHJ"), basis=""), NoRule()]


def test_an_agent_sends_only_where_the_directory_points():
    story = c.registered()
    assert story.codes(c.AGENT, a.Dispatch(lead_unit=c.URBAN)) == ("dispatch.not_unambiguous",)
    assert story.codes(c.DISPATCHER, a.Dispatch(lead_unit=c.URBAN)) == ()
    assert story.do(c.AGENT, a.Dispatch(lead_unit=c.ECOLOGY)).state.lead_unit == c.ECOLOGY


def test_two_rules_at_odds_leave_it_to_the_dispatcher():
    at_odds = Directory(
        rules=tuple(LeadRule(category=c.NOISE, unit=unit, basis="各执一词") for unit in (c.ECOLOGY, c.URBAN))
    )
    book = c.Rulebook(profile=c.HEFEI, calendar=c.CALENDAR, reference=c.REFERENCE, directory=at_odds)
    story = c.registered(book)
    for unit in (c.ECOLOGY, c.URBAN):
        assert story.codes(c.AGENT, a.Dispatch(lead_unit=unit)) == ("dispatch.not_unambiguous",)
        assert story.codes(c.LEADER, a.Dispatch(lead_unit=unit)) == ("dispatch.not_unambiguous",)


def test_a_confidential_ticket_leaves_only_with_its_brief():
    story = c.registered(confidential=True, for_unit="")
    refused = ("confidential.brief_missing",)
    assert story.codes(c.AGENT, a.Dispatch(lead_unit=c.ECOLOGY)) == refused
    assert story.codes(c.DISPATCHER, a.Dispatch(lead_unit=c.URBAN)) == refused
    assert story.codes(c.AGENT, a.HandOverByPhone(lead_unit=c.ECOLOGY, note="已电话告知")) == refused
    story.do(c.AGENT, a.WriteBrief(for_unit="某工地夜间施工，请核查。"))
    assert story.codes(c.AGENT, a.Dispatch(lead_unit=c.ECOLOGY)) == ()


def test_an_ownerless_confidential_ticket_is_given_to_nobody_without_its_brief():
    story = c.registered(confidential=True, for_unit="").do(c.AGENT, a.SendToDispatch())
    story.do(c.DISPATCHER, a.MarkNoOwner(note="目录中没有"))
    assert story.codes(c.DISPATCHER, a.Mediate(lead_unit=c.ECOLOGY, finding="同意")) == ("confidential.brief_missing",)
    assert story.codes(c.SUPERVISOR, a.RuleProvisionally(lead_unit=c.ECOLOGY, finding="先办")) == (
        "confidential.brief_missing",
    )
