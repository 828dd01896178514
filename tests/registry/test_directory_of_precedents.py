"""What a precedent has put into the directory only precedents change: neither the city's file nor a page of rules does,
and what the precedent does the directory shows at once.
"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hotline.plumbing.clock import frozen
from hotline.registry.keeping.drafting import draft_rows
from hotline.registry.keeping.lists import spelling
from hotline.registry.loading import load_city
from hotline.registry.units.rule_models import DirectoryRule
from hotline.registry.units.rules import rule_of
from hotline.rules.jurisdiction.sheet import print_directory, print_rule
from hotline.rules.precedents import Deed
from hotline.rules.vocabulary import UnitCode
from hotline.tickets.precedents.models import Precedent
from hotline.tickets.precedents.rows import state_of
from tests.cast import Cast
from tests.tickets.precedents.rulings import acted, day, in_force
from tests.visits import signed_in


def line_of(row: Precedent) -> DirectoryRule:
    return DirectoryRule.objects.get(number=row.rule_id, version=row.edition)


def test_a_file_neither_ends_nor_changes_nor_revives_what_a_precedent_has_put_in(cast: Cast, folder: Path) -> None:
    row = in_force(cast)
    rule = rule_of(line_of(row))
    other = replace(
        rule, lead=UnitCode("LY"), owner=UnitCode("LY"), co_units=(), valid_to=day(row.last_at) + timedelta(days=1)
    )
    path = folder / "directory.csv"
    shipped = path.read_text("utf-8")

    def loaded(*said: object) -> None:
        lines = print_directory(said, spelling(day(row.last_at))).splitlines()  # type: ignore[arg-type]  # rules
        path.write_text("\n".join([shipped.rstrip("\n"), *lines[-len(said) :], ""]), encoding="utf-8")
        diff = load_city(folder, now=row.last_at, apply=True)
        assert diff.ok, [problem.sentence() for problem in diff.problems]

    loaded(other)
    assert rule_of(line_of(row)) == rule == state_of(row).rule
    row = acted(cast, row, "supervisor", Deed.WITHDRAW)
    loaded(rule)
    assert line_of(row).valid_to == day(row.last_at)
    path.write_text(shipped, encoding="utf-8")
    assert load_city(folder, now=row.last_at, apply=True).ok
    assert line_of(row).valid_to == day(row.last_at)


def test_pages_of_the_directory_refuse_and_lead_to_the_precedent(cast: Cast) -> None:
    row = in_force(cast)
    with frozen(row.last_at + timedelta(minutes=1)):
        office = signed_in(cast, "supervisor")
        page = office.get(f"/directory/rules/{row.rule_id}/").content.decode()
        assert f"/precedents/?words={row.rule_id}" in page
        assert f"/precedents/{row.pk}/" in office.get(f"/precedents/?words={row.rule_id}").content.decode()
        assert f"/directory/rules/{row.rule_id}/change/" not in page
        sent = {"draft_source": "复函", "valid_to": day(row.last_at).isoformat()}
        refused = office.post(f"/directory/rules/{row.rule_id}/end/", sent)
        assert refused.status_code == 422
        assert "先例" in refused.content.decode()
    written = print_rule(replace(rule_of(line_of(row)), title="另一个事项"), spelling(day(row.last_at)))
    done = draft_rows(rows=[written], source="复函", actor=cast.actor("supervisor"), now=row.last_at)
    assert [one.code for one in done.refusals] == ["directory.from_ruling"]
    assert rule_of(line_of(row)) == state_of(row).rule


def test_the_directory_shows_every_edition_and_its_end(cast: Cast) -> None:
    row = acted(cast, acted(cast, in_force(cast), "cgj_head", Deed.CHALLENGE), "supervisor", Deed.WITHDRAW)
    with frozen(row.last_at + timedelta(minutes=1)):
        page = signed_in(cast, "dispatcher").get(f"/directory/rules/{row.rule_id}/").content.decode()
    assert "裁定2026-001" in page
    assert "已停用" in page
