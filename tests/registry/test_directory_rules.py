"""The dispatch directory in the database: as the files have it, version after version, and never against a ticket."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test.utils import CaptureQueriesContext

from hotline.registry.loading import load_city
from hotline.registry.loading.directory import directory_of, rules_of, spelling_of
from hotline.registry.loading.read import CityFiles
from hotline.registry.reference import current_directory
from hotline.registry.units.rule_models import DirectoryRule
from hotline.registry.units.rules import all_rules, columns_of, rule_of
from hotline.rules.jurisdiction import Question, Routed, route
from hotline.rules.jurisdiction import reports as keeper
from hotline.rules.jurisdiction.sheet import print_directory
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.registry.hefei_city import HEFEI, NOW, TODAY, Edit
from tests.walks import OPENING

QUESTIONS = {
    "night": Question(at=NOW.replace(hour=23), text="工地打桩，噪声吵得没法睡", region="340104"),
    "unknown": Question(at=NOW, text="啊啊啊"),
    "zone": Question(at=NOW, text="高新区小区物业不作为"),
    "street": Question(at=NOW, text="南七街道路灯不亮"),
    "unread": Question(at=NOW, category="010215", region="340104"),
    "court": Question(at=NOW, category="130802"),
}


@pytest.mark.usefixtures("hefei")
def test_the_database_holds_what_the_files_say(files: CityFiles) -> None:
    shipped = rules_of(files.tables)
    assert sorted(all_rules()) == sorted(shipped)
    kept = current_directory(TODAY)
    read = directory_of(files.tables, TODAY)
    assert kept.managed == read.managed
    for question in QUESTIONS.values():
        assert route(question, kept) == route(question, read)


def test_the_shipped_file_is_printed_back_letter_by_letter(files: CityFiles) -> None:
    path = HEFEI / "directory.csv"
    heading = path.read_text(encoding="utf-8-sig").splitlines()[0].removeprefix("# ")
    assert print_directory(rules_of(files.tables), spelling_of(files.tables), heading) == path.read_text("utf-8")


def test_the_shipped_directory_speaks_for_every_branch(files: CityFiles) -> None:
    directory = directory_of(files.tables, TODAY)
    assert len(directory.rules) >= 250
    spoken = {code[:4] for rule in directory.rules for code in rule.categories}
    assert {code for code in directory.categories if len(code) == 4} <= spoken
    assert keeper.gaps(directory.categories, directory, TODAY) == ()


def test_the_shipped_directory_is_at_odds_only_where_that_is_meant(files: CityFiles) -> None:
    """Matters that two statutes give to two departments and nobody has decided: each line says so in its note."""
    pairs = keeper.at_odds(rules_of(files.tables))
    silent = {rule.id for pair in pairs for rule in (pair.one, pair.other) if "待会办裁定" not in rule.note}
    assert silent == set()
    assert pairs


@pytest.mark.django_db
def test_a_rule_keeps_its_row(files: CityFiles) -> None:
    for rule in rules_of(files.tables)[::25]:
        row = DirectoryRule(**columns_of(rule))
        assert rule_of(row) == rule


@pytest.mark.usefixtures("hefei")
def test_a_new_version_speaks_from_its_day_on(folder: Path, edit: Edit) -> None:
    path = folder / "directory.csv"
    row = next(line for line in path.read_text("utf-8").splitlines() if ",地铁运营服务," in line)
    older = row.removesuffix(",") + ",2026-04-01"
    newer = row.replace(",1,地铁", ",2,地铁", 1).replace(",合肥轨道集团,", ",市交通运输局,", 1)
    newer = newer.replace("督导:市交通运输局", "", 1).replace("2021-01-01,", "2026-04-01,")
    edit("directory.csv", row + "\n", f"{older}\n{newer}\n")
    diff = load_city(folder, now=NOW, apply=True)
    assert diff.applied, [problem.sentence() for problem in diff.problems]
    assert diff.counts()["dispatch directory"] == (1, 1, 0)
    asked = Question(at=NOW, category="010209")
    later = replace(asked, at=NOW + timedelta(days=60))
    found = [route(one, current_directory(one.at.date())) for one in (asked, later)]
    assert [(one.lead, one.rule.version) for one in found if isinstance(one, Routed)] == [("GDJT", 1), ("JTJ", 2)]


@pytest.mark.usefixtures("hefei")
def test_a_load_ends_lines_that_left_the_file_but_not_those_of_a_ruling(folder: Path, edit: Edit) -> None:
    row = next(line for line in (folder / "directory.csv").read_text("utf-8").splitlines() if ",地铁运营服务," in line)
    edit("directory.csv", row + "\n", "")
    old = DirectoryRule.objects.get(title="地铁运营服务")
    ruling = replace(rule_of(old), id="0102-99", source="2026-031")
    DirectoryRule.objects.create(**columns_of(ruling))
    load_city(folder, now=NOW, apply=True)
    old.refresh_from_db()
    assert old.valid_to == TODAY
    assert DirectoryRule.objects.get(number="0102-99").valid_to is None


@pytest.mark.usefixtures("hefei")
def test_a_line_names_a_unit_or_says_why_not() -> None:
    rule = columns_of(rule_of(DirectoryRule.objects.get(title="地铁运营服务")))
    for wrong in ({"unit_id": None}, {"lead_kind": "local"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DirectoryRule.objects.create(**{**rule, "number": "0102-98", **wrong})


def test_publishing_a_directory_moves_no_ticket_that_was_dispatched(cast: Cast, folder: Path, edit: Edit) -> None:
    from hotline.tickets.rulebook import rulebook

    held = [cast.ticket_at(stage) for stage in (Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_REVIEW)]
    before = [cast.seen(ticket) for ticket in held]
    asked = Question(at=OPENING, text="物业服务差", category="010103", region="340103")
    was = route(asked, rulebook(now=OPENING).directory)
    text = (folder / "directory.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if ",物业服务,010103," in line)
    edit("directory.csv", row, row.replace(",属地,督导:市房产局", ",市房产局,抄送:属地"))
    assert load_city(folder, now=OPENING, apply=True).applied
    would = route(asked, rulebook(now=OPENING).directory)
    assert isinstance(was, Routed)
    assert isinstance(would, Routed)
    assert (was.lead, would.lead) == ("LY", "FCJ")
    for ticket, old in zip(held, before, strict=True):
        assert cast.seen(ticket).__dict__ | {"_state": None} == old.__dict__ | {"_state": None}


def test_the_directory_costs_no_statement_while_it_stands_still(cast: Cast) -> None:
    from django.db import connection

    from hotline.tickets.rulebook import rulebook

    assert cast
    rulebook(now=OPENING)
    with CaptureQueriesContext(connection) as asked:
        answer = route(replace(QUESTIONS["night"], at=OPENING), rulebook(now=OPENING).directory)
    assert answer
    assert len(asked) == 1
