"""Tags lie across categories: set once, taken off again, and an emergency for a tag goes by them."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.deadlines import Emergency
from hotline.rules.fold import fold
from hotline.rules.limits import Limit, LimitUnit
from hotline.rules.vocabulary import ClockKind, RequestType
from tests.rules import cast as c
from tests.rules.cast import AGENT, DISPATCHER, SUPERVISOR, Story

HOURS = {kind: Limit(48, LimitUnit.PLAIN_HOUR) for kind in RequestType}
HOUR = timedelta(hours=1)
TAGS = ("flood", "noise")


def flooded(story: Story, *, tags: frozenset[str] = frozenset({"flood"}), since: timedelta = HOUR) -> Story:
    """An emergency for these tags began a while ago."""
    story.book = c.book(Emergency(name="防汛", start=story.now - since, limits=HOURS, tags=tags))
    return story


def due(story: Story) -> object:
    clock = story.state.clocks[ClockKind.REPLY]
    return clock.due_at, clock.limit


def test_who_is_at_the_intake_tags_until_it_is_dispatched():
    c.registered().do(AGENT, a.TagTicket(tag="flood"))
    assert c.handled().codes(AGENT, a.TagTicket(tag="flood")) == ("act.role_denied",)
    assert c.handled().do(DISPATCHER, a.TagTicket(tag="flood")).state.tags == {"flood"}


def test_a_tag_that_is_off_or_unknown_is_refused_and_one_that_ended_can_be_taken_off():
    story = c.handled()
    assert story.codes(SUPERVISOR, a.TagTicket(tag="ended")) == ("field.unknown_code",)
    assert story.codes(SUPERVISOR, a.TagTicket(tag="nonsense")) == ("field.unknown_code",)
    assert story.codes(SUPERVISOR, a.UntagTicket(tag="nonsense")) == ("field.unknown_code",)
    story.do(SUPERVISOR, a.TagTicket(tag="flood"))
    lists = {**story.book.reference.codelists, "tag": frozenset({"noise"})}
    story.book = replace(story.book, reference=replace(story.book.reference, codelists=lists))
    assert story.do(SUPERVISOR, a.UntagTicket(tag="flood")).state.tags == frozenset()


def test_a_ticket_tagged_while_an_emergency_for_the_tag_holds_gets_its_hours_and_loses_them_untagged():
    story = flooded(c.handled(), since=timedelta(0))
    plain = due(story)
    story.do(SUPERVISOR, a.TagTicket(tag="noise"))
    assert due(story) == plain, "an emergency for other tags is none of its business"
    story.do(SUPERVISOR, a.TagTicket(tag="flood"))
    assert due(story) < plain
    story.do(SUPERVISOR, a.UntagTicket(tag="flood"))
    assert due(story) == plain


def test_tagging_makes_nobody_late_at_once():
    story = flooded(c.handled()).wait(days=3)
    in_time = {kind for kind, clock in story.state.clocks.items() if clock.running and clock.due_at > story.now}
    story.do(SUPERVISOR, a.TagTicket(tag="flood"))
    assert ClockKind.REPLY in in_time
    assert all(story.state.clocks[kind].due_at > story.now for kind in in_time)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(TAGS)), max_size=8))
def test_whatever_is_set_and_taken_off_the_ledger_tells_the_tags(steps: list[tuple[bool, str]]):
    story, wanted = c.handled(), set[str]()
    before = due(story)
    for sets, tag in steps:
        act = a.TagTicket(tag=tag) if sets else a.UntagTicket(tag=tag)
        if sets == (tag in wanted):
            assert story.codes(SUPERVISOR, act)
            continue
        story.do(SUPERVISOR, act)
        wanted ^= {tag}
    assert story.state.tags == wanted
    assert fold(story.events).tags == wanted
    assert due(story) == before, "without an emergency tags move nothing"


@given(st.frozensets(st.sampled_from(TAGS)), st.frozensets(st.sampled_from(TAGS)))
def test_an_emergency_covers_what_bears_any_of_its_tags(chosen: frozenset[str], borne: frozenset[str]):
    story = c.handled()
    for tag in sorted(borne):
        story.do(SUPERVISOR, a.TagTicket(tag=tag))
    before = due(story)
    flooded(story, tags=chosen, since=timedelta(0))
    moves = story.codes(c.SYSTEM, a.RecomputeClocks(cause="emergency")) == ()
    assert moves == (not chosen or bool(chosen & borne))
    assert due(story) == before
