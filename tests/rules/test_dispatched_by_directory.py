"""What the directory means for a ticket: where an agent may send it, and that publishing rules moves none."""

from hypothesis import given

from hotline.rules import acts as a
from hotline.rules.jurisdiction import Directory, DirectoryRule
from hotline.rules.jurisdiction.following import follows
from hotline.rules.lifecycle import SYSTEM, decide
from tests.rules import cast as c
from tests.rules.test_jurisdiction import DIRECTORIES, directory


def test_an_agent_sends_only_where_the_directory_points():
    story = c.registered()
    assert story.codes(c.AGENT, a.Dispatch(lead_unit=c.URBAN)) == ("dispatch.not_unambiguous",)
    assert story.codes(c.DISPATCHER, a.Dispatch(lead_unit=c.URBAN)) == ()
    assert story.do(c.AGENT, a.Dispatch(lead_unit=c.ECOLOGY)).state.lead_unit == c.ECOLOGY


def test_two_rules_at_odds_leave_it_to_the_dispatcher():
    at_odds = Directory(
        rules=tuple(
            DirectoryRule(id=f"0401-{n}", categories=(c.NOISE,), lead=unit, basis="各执一词")
            for n, unit in enumerate((c.ECOLOGY, c.URBAN), 1)
        )
    )
    book = c.Rulebook(profile=c.HEFEI, calendar=c.CALENDAR, reference=c.REFERENCE, directory=at_odds)
    story = c.registered(book)
    for unit in (c.ECOLOGY, c.URBAN):
        assert story.codes(c.AGENT, a.Dispatch(lead_unit=unit)) == ("dispatch.not_unambiguous",)
        assert story.codes(c.LEADER, a.Dispatch(lead_unit=unit)) == ("dispatch.not_unambiguous",)


@given(DIRECTORIES)
def test_publishing_rules_changes_no_ticket_that_was_dispatched(rules: list[DirectoryRule]):
    story = c.registered().do(c.AGENT, a.Dispatch(lead_unit=c.ECOLOGY))
    published = c.Rulebook(profile=c.HEFEI, calendar=c.CALENDAR, reference=c.REFERENCE, directory=directory(*rules))
    before = story.state
    assert not decide(before, a.RecomputeClocks(), actor=SYSTEM, book=published, now=c.MONDAY + c.DAY).events
    signed = decide(before, a.SignIn(), actor=c.member(c.ECOLOGY), book=published, now=c.MONDAY + c.MINUTE)
    assert signed.state.lead_unit == before.lead_unit == c.ECOLOGY
    assert signed.state.co_units == before.co_units


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


def test_a_quoted_line_names_the_lead_here_and_now():
    line = c.DIRECTORY.rules[0].version_key
    story = c.awaiting_dispatch()
    refused = ("dispatch.rule_not_followed",)
    assert story.codes(c.DISPATCHER, a.Dispatch(lead_unit=c.URBAN, followed=(line,))) == refused
    assert story.codes(c.DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY, followed=(line, "0401-9@1"))) == refused
    story.do(c.DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY, followed=(line,)))
    assert story.events[-1].payload["followed"] == [line]
    assert story.state.lead_unit == c.ECOLOGY


def test_a_line_about_the_place_is_followed_by_whoever_manages_it():
    days = {"valid_from": c.MONDAY.date(), "valid_to": (c.MONDAY + c.DAY).date()}
    line = DirectoryRule(id="0401-2", categories=("0401",), basis="属地", **days)
    book = Directory(rules=(line,), managed={c.LUYANG: c.DISTRICT})

    def holds(**changes: object) -> bool:
        asked = {"lead": c.DISTRICT, "category": c.NOISE, "region": c.LUYANG, "at": c.MONDAY} | changes
        return follows(book, "0401-2@1", **asked)  # type: ignore[arg-type]  # a question of a test

    assert holds()
    assert not holds(lead=c.URBAN)
    assert not holds(region="")
    assert not holds(category="010103")
    assert not holds(at=c.MONDAY + c.DAY)
    assert not follows(book, "0401-2@2", lead=c.DISTRICT, category=c.NOISE, region=c.LUYANG, at=c.MONDAY)
