"""The demonstration's matters: many, believable, each under a category and with a unit that the city has."""

from datetime import datetime
from random import Random
from typing import Any

import pytest

from hotline.rules.vocabulary import CITY_TZ, RequestType
from hotline.sim.matters import MatterError, parse_matters
from hotline.sim.places import Gazetteer
from hotline.sim.scene import Scene
from hotline.sim.town import build_town
from hotline.sim.wording import filled
from tests.sim.hefei import book, phrasebook, regions, rows, staff, units

MATTER = {
    "key": "lamp",
    "name": "路灯",
    "category": "010204",
    "type": "help",
    "titles": ["路灯不亮"],
    "contents": ["{road}的路灯不亮"],
    "unit": "CGJ",
    "findings": ["已修复"],
}
WRITER = {"caller": "张女士", "unit_name": "市城管局", "matter": "路灯", "category_name": "路灯", "law": "有关规定",
          "title": "路灯", "co_unit_name": "市公安局", "words": "满意", "finding": "已修复"}  # fmt: skip


def test_there_are_many_kinds_of_every_type():
    kinds = [matter.type for matter in phrasebook().matters]
    assert len(kinds) >= 60
    assert set(kinds) == set(RequestType)
    assert len({matter.category[:2] for matter in phrasebook().matters}) >= 14


def test_every_category_and_unit_is_one_of_hefei():
    reference = book().reference
    for matter in phrasebook().matters:
        assert matter.category in reference.categories, matter.key
        named = {matter.unit, matter.line, *matter.co_units, *matter.co_lines}
        named |= {unit for claim in matter.returns for unit in (claim.unit, claim.proposes)}
        assert named - {""} <= reference.units, matter.key


def test_every_reason_is_on_the_citys_lists():
    lists = book().reference.codelists
    for matter in phrasebook().matters:
        assert not matter.decline or matter.decline in lists["not_accepted"]
        assert not matter.void or matter.void in lists["void"]
        assert not matter.emergency or matter.emergency in lists["emergency_line"]
        assert {claim.reason for claim in matter.returns} <= lists["return"]
    assert phrasebook().causes.keys() <= lists["dissatisfied"]
    assert {matter.decline for matter in phrasebook().matters if matter.decline} <= phrasebook().channels.keys()


def test_no_two_matters_say_the_same():
    texts = [text for matter in phrasebook().matters for text in matter.texts()]
    assert len(texts) == len(set(texts))
    assert all(len(set(matter.texts())) >= 2 for matter in phrasebook().matters)


@pytest.mark.parametrize("rural", [False, True])
def test_every_sentence_can_be_said(rural: bool):
    town = build_town(units(), regions(), staff())
    gazetteer = Gazetteer(town, Random(1))  # noqa: S311  # not a secret
    at = datetime(2026, 6, 1, 9, 0, tzinfo=CITY_TZ)
    scene = Scene(gazetteer.somewhere(Random(2), rural=rural), at, Random(3))  # noqa: S311  # not a secret
    templates = [text for matter in phrasebook().matters for text in matter.templates()]
    templates += [text for texts in phrasebook().phrases.values() for text in texts]
    for template in templates:
        said = scene.say(template, at, **WRITER)
        assert said == "" or not set(said) & set("{}[]|"), template
        assert len(said) < 2000


def test_titles_places_and_parties_fit_their_fields():
    for matter in phrasebook().matters:
        assert all(len(title) < 60 for title in (*matter.titles, matter.place, matter.party)), matter.key


def test_choices_and_slots_are_filled():
    said = {filled("[甲|乙]在{road}", Random(n), lambda slot: f"<{slot}>") for n in range(20)}  # noqa: S311  # a test
    assert said == {"甲在<road>", "乙在<road>"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"tytle": 1}, "unknown entry tytle"),
        ({"category": None}, "category is missing"),
        ({"type": "question"}, "'question' is not a valid RequestType"),
        ({"titles": ["一", "二"]}, "titles are as many as contents"),
        ({"unit": "", "findings": []}, "nobody answers it"),
        ({"local": True, "unit": "", "answers": ["好"]}, "names the business line"),
        ({"contents": ["{Road!}坏了"]}, "not a slot: {Road!}"),
        ({"returns": [{"unit": "CGJ"}]}, "missing"),
    ],
)
def test_a_slip_is_named(change: dict[str, Any], said: str):
    table = {name: value for name, value in (MATTER | change).items() if value is not None}
    with pytest.raises(MatterError, match="lamp") as caught:
        parse_matters({"matter": [table]})
    assert said in str(caught.value)


def test_the_same_text_in_two_matters_is_a_slip():
    with pytest.raises(MatterError, match="the same text as in lamp"):
        parse_matters({"matter": [MATTER, MATTER | {"key": "lamp-2"}]})


def test_people_of_the_demonstration_hold_every_role_of_the_city():
    lines = [row["代码"] for row in rows("roles.csv")]
    assert {"agent", "director", "audit_admin"} <= set(lines)
