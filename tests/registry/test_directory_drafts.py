"""Drafts of the dispatch directory: four eyes, held against the city's lists, and no dispatched ticket is moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hotline.oversight.rehearsing.directory import rehearse_directory, unused, usage
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.drafting import Drafted, publish, withdraw
from hotline.registry.keeping.decided import decided_here
from hotline.registry.keeping.drafting import (
    LENGTHS,
    draft_rows,
    draft_text,
    held_against,
    publish_directory,
    text_of,
)
from hotline.registry.keeping.lists import spelling
from hotline.registry.loading import load_city
from hotline.registry.regions.commands import touch_lists
from hotline.registry.units.models import Unit
from hotline.registry.units.rule_models import DirectoryRule as RuleRow
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.sheet import HEADERS, print_directory, print_rule
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, Role, Stage, UnitCode
from hotline.tickets.models import Ticket as TicketRow
from hotline.tickets.models import TicketText
from hotline.tickets.past_matters import past_matters, shortest
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast
from tests.casting import DATA
from tests.walks import OPENING

NOW = OPENING
TODAY = NOW.astimezone(CITY_TZ).date()
SECOND = Actor(id="9002", roles=frozenset({Role.SUPERVISOR}))
SOURCE = "市编办〔2026〕12号"


def codes(done: Drafted) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def rule(number: str) -> DirectoryRule:
    return max((one for one in all_rules() if one.id == number), key=lambda one: one.version)


def drafted(cast: Cast, *rules: DirectoryRule, **held: int) -> Drafted:
    rows = [print_rule(one, spelling(TODAY)) for one in rules]
    return draft_rows(rows=rows, source=SOURCE, actor=cast.actor("supervisor"), now=NOW, **held)


def published(done: Drafted, actor: Actor = SECOND) -> Drafted:
    assert done.draft, codes(done)
    return publish_directory(number=done.draft.pk, seen=done.draft.edit, actor=actor, now=NOW)


def succeeded(old: DirectoryRule, lead: str) -> tuple[DirectoryRule, DirectoryRule]:
    """The old version with its last day, and the next one led by another unit."""
    new = replace(old, version=old.version + 1, lead=UnitCode(lead), co_units=(), valid_from=TODAY, valid_to=None)
    return replace(old, valid_to=TODAY), new


def test_what_one_drafts_another_publishes_and_the_rulebook_knows_it(cast: Cast) -> None:
    old, new = succeeded(rule("0101-1"), "CGJ")
    before = rulebook(now=NOW).directory.rules
    done = drafted(cast, old, new)
    assert done.ok, codes(done)
    assert done.draft
    assert done.draft.subject == "0101-1"
    assert rulebook(now=NOW).directory.rules == before
    assert codes(published(done, cast.actor("supervisor"))) == ["rule_draft.second_person"]
    assert published(done).ok
    assert rule("0101-1") == new
    assert old in all_rules()
    assert new in rulebook(now=NOW).directory.rules
    assert codes(published(done)) == ["rule_draft.not_open"]


def test_the_record_says_line_by_line_what_stood(cast: Cast) -> None:
    old, new = succeeded(rule("0101-1"), "CGJ")
    published(drafted(cast, old, new))
    last = RuleRecord.objects.order_by("-pk")[0]
    assert (last.act, last.kind, last.actor) == ("published", "directory", SECOND.id)
    assert last.before["rules"]["0101-1@1"]["停用日期"] == ""
    assert last.after["rules"]["0101-1@1"]["停用日期"] == TODAY.isoformat()
    assert last.after["rules"]["0101-1@2"]["主办"] == "市城管局"


def test_a_dispatched_ticket_stays_where_it_is(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    kept = TicketRow.objects.get(number=ticket.number)
    found = [one for one in all_rules() if any(kept.category.startswith(code) for code in one.categories)]
    changed = [line for one in found if not one.ruled for line in succeeded(one, "STHJ")]
    assert published(drafted(cast, *changed)).ok
    after = TicketRow.objects.get(number=ticket.number)
    assert (after.lead_unit, after.co_units, after.version) == (kept.lead_unit, kept.co_units, kept.version)


def test_the_file_itself_changes_nothing_and_a_part_of_it_only_what_it_names(cast: Cast) -> None:
    known = spelling(TODAY)
    whole = print_directory(all_rules(), known)
    who = cast.actor("supervisor")
    same = draft_text(text=whole, source=SOURCE, actor=who, now=NOW)
    assert codes(same) == ["rule_draft.nothing_changes"]
    part = print_directory([replace(rule("0101-1"), valid_to=date(2027, 1, 1))], known)
    done = draft_text(text=part, source=SOURCE, actor=who, now=NOW)
    assert done.ok, codes(done)
    number = RuleRow.objects.count()
    assert published(done).ok
    assert RuleRow.objects.count() == number
    assert RuleRow.objects.get(number="0101-1").valid_to == date(2027, 1, 1)


def test_every_mistake_is_told_with_its_line(cast: Cast) -> None:
    known = spelling(TODAY)
    lines = print_directory([rule("0101-1"), rule("0101-2")], known).splitlines()
    lines[1] = lines[1].replace("市房产局", "市无此局", 1)
    lines[2] = lines[2].replace(",1,", ",1,改了", 1)
    done = draft_text(text="\n".join(lines), source=SOURCE, actor=cast.actor("supervisor"), now=NOW)
    assert [(r.params["line"], r.code, r.field) for r in done.refusals] == [
        (2, "directory.unit_unknown", "text"),
        (3, "directory.version_rewritten", "text"),
    ]
    assert not RuleDraft.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  \n", "directory.no_lines"),
        ("编号,事项\n1,2", "directory.header_missing"),
        ('"' + "长" * 140_000, "directory.file_unreadable"),
        (",".join(HEADERS) + "\n\x000101-1,99999", "directory.version_form"),
    ],
)
def test_what_is_no_file(cast: Cast, text: str, code: str) -> None:
    done = draft_text(text=text, source=SOURCE, actor=cast.actor("supervisor"), now=NOW)
    assert code in codes(done)


def test_cells_the_table_cannot_hold_are_told_before(cast: Cast) -> None:
    old, new = succeeded(rule("0101-1"), "CGJ")
    long = {"title": "长" * (LENGTHS["title"] + 1), "basis": "据" * (LENGTHS["basis"] + 1)}
    done = drafted(cast, old, replace(new, **long))
    assert codes(done) == ["directory.too_long", "directory.too_long"]
    assert {one.params["column"] for one in done.refusals} == {"事项", "依据"}


def test_a_draft_needs_a_source_and_a_supervisor(cast: Cast) -> None:
    rows = [print_rule(replace(rule("0101-1"), valid_to=date(2027, 1, 1)), spelling(TODAY))]
    nameless = draft_rows(rows=rows, source=" ", actor=cast.actor("supervisor"), now=NOW)
    assert codes(nameless) == ["rule_draft.no_source"]
    other = draft_rows(rows=rows, source=SOURCE, actor=cast.actor("dispatcher"), now=NOW)
    assert codes(other) == ["rule_draft.denied"]


def test_what_has_become_impossible_is_not_published(cast: Cast) -> None:
    old, new = succeeded(rule("0101-1"), "CGJ")
    done = drafted(cast, old, new)
    assert done.draft
    Unit.objects.filter(code="CGJ").update(valid_to=TODAY + timedelta(days=3))
    touch_lists()
    late = publish_directory(number=done.draft.pk, seen=None, actor=SECOND, now=NOW + timedelta(days=2))
    assert set(codes(late)) >= {"directory.unit_closed", "directory.start_passed"}
    assert rule("0101-1").version == 1


def test_two_drafts_of_one_rule_do_not_stand_beside_each_other(cast: Cast) -> None:
    ending = replace(rule("0101-1"), valid_to=date(2027, 1, 1))
    assert drafted(cast, ending).ok
    assert codes(drafted(cast, ending)) == ["rule_draft.already_there"]
    assert drafted(cast, replace(rule("0101-2"), valid_to=date(2027, 1, 1))).ok


def test_a_draft_is_changed_by_its_lines_and_withdrawn(cast: Cast) -> None:
    done = drafted(cast, replace(rule("0101-1"), valid_to=date(2027, 1, 1)))
    assert done.draft
    text = text_of(done.draft, NOW).replace("2027-01-01", "2027-02-01")
    again = draft_text(
        text=text, source=SOURCE, actor=cast.actor("supervisor"), now=NOW, number=done.draft.pk, seen=done.draft.edit
    )
    assert again.ok, codes(again)
    assert again.draft
    (change,) = held_against(again.draft, NOW).changes.made
    assert change.rule.valid_to == date(2027, 2, 1)
    assert codes(publish(number=again.draft.pk, seen=None, actor=SECOND, now=NOW)) == ["rule_draft.not_found"]
    assert withdraw(number=again.draft.pk, actor=cast.actor("supervisor"), now=NOW).ok
    assert codes(published(again)) == ["rule_draft.not_open"]


def test_the_columns_of_the_table_are_all_measured() -> None:
    typed = {f.name for f in RuleRow._meta.get_fields() if getattr(f, "max_length", None)}
    assert typed - {"number", "hours", "lead_kind"} == set(LENGTHS)
    assert len(HEADERS) == 18


def test_the_dry_run_names_the_tickets_that_would_have_gone_elsewhere(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    row = TicketRow.objects.get(number=ticket.number)
    later = NOW + timedelta(days=1)
    used = usage(frozenset(one.id for one in all_rules()), months=1, now=later)
    deciding = [number for number, matters in used.items() if ticket.number in {one.number for one in matters}]
    assert len(deciding) == 1
    (number,) = deciding
    assert number not in {one.id for one in unused(months=1, now=later)}
    old = rule(number)
    goes = "SZF" if old.lead != "SZF" else "CGJ"
    start = later.astimezone(CITY_TZ).date()
    new = replace(old, version=old.version + 1, lead=UnitCode(goes), co_units=(), valid_from=start)
    rows = [print_rule(one, spelling(TODAY)) for one in (replace(old, valid_to=start), new)]
    who = cast.actor("supervisor")
    done = draft_rows(rows=rows, source=SOURCE, actor=who, now=later)
    assert done.draft, codes(done)
    tried = rehearse_directory(number=done.draft.pk, months=1, actor=who, now=later)
    assert tried.ok, codes(tried)
    assert tried.draft
    found = tried.draft.rehearsal
    assert found
    assert (found["tickets"], found["moved"], found["cut"]) == (1, 1, False)
    (moved,) = found["rows"]
    assert (moved["number"], moved["lead"], moved["would"]) == (row.number, row.lead_unit, ["rule", goes])
    assert moved["rules"] == [old.version_key, new.version_key]
    body = TicketText.objects.get(ticket=row, field="content").body
    assert body not in str(found)
    again = rehearse_directory(number=done.draft.pk, months=0, actor=who, now=later)
    assert codes(again) == ["rehearsal.months"]


def test_past_matters_keep_to_their_categories_and_forget_erased_words(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    row = TicketRow.objects.get(number=ticket.number)
    later = NOW + timedelta(days=1)
    (matter,) = past_matters(NOW - timedelta(days=1), later, [row.category[:2]], 10)
    assert matter.question.text
    assert list(past_matters(NOW - timedelta(days=1), later, ["99"], 10)) == []
    assert list(past_matters(NOW - timedelta(days=1), later, [], 10)) == []
    TicketText.objects.filter(ticket=row).update(erased_at=later, body="")
    (matter,) = past_matters(NOW - timedelta(days=1), later, [row.category], 10)
    assert matter.question.text is None


def test_prefixes_below_others_are_not_asked_twice() -> None:
    assert shortest(["0401", "040101", "05", "0501", "0402"]) == ("0401", "0402", "05")


def test_loading_the_files_again_leaves_what_pages_have_decided(cast: Cast) -> None:
    old, new = succeeded(rule("0101-1"), "CGJ")
    assert decided_here() == frozenset()
    assert published(drafted(cast, old, new)).ok
    assert decided_here() == {"0101-1"}
    loaded = load_city(DATA, now=NOW + timedelta(days=1), apply=True)
    assert loaded.empty
    assert rule("0101-1") == new
