"""What another system must know before it acts: the lifecycle as a table, and the city's lists of codes in force."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hotline.plumbing.clock import today
from hotline.registry.units.queries import successors
from hotline.rules.lifecycle import TABLE, Transition
from hotline.rules.lifecycle.guarding import guard_name
from hotline.rules.vocabulary import Role, Stage
from hotline.rules.words import word
from hotline.tickets.acting.api import OPERATIONS, READING, READING_ONE, answers
from hotline.tickets.acting.names import Names, Option, names_of
from hotline.tickets.acting.person import lang_of


class WhoOut(Schema):
    """A role that may act, and on which tickets: any (office), or those its unit leads, helps with or was given."""

    role: Role
    reach: str


class RowOut(Schema):
    """One row of the lifecycle: who may do what from where to where. `to` is blank where the ticket stays."""

    act: str
    name: str
    operation: str
    sources: list[Stage]
    to: str
    who: list[WhoOut]
    event: str
    conditions: list[str]
    basis: str


class FlowOut(Schema):
    """The lifecycle, row by row, in the order in which a ticket meets it."""

    rows: list[RowOut]


class Kind(StrEnum):
    """Which lists there are."""

    UNITS = "units"
    CATEGORIES = "categories"
    REGIONS = "regions"
    CODELISTS = "codelists"


class ItemOut(Schema):
    """One code: the list it is of, its names, and the heading it stands under."""

    codelist: str
    code: str
    name: str
    name_en: str
    heading: str


class ReferenceOut(Schema):
    """All codes of a kind that an act may name today."""

    items: list[ItemOut]


class SuccessorOut(Schema):
    """A unit that is no more, and the one that has taken over what it had."""

    unit: str
    name: str
    successor: str
    successor_name: str


class SuccessorsOut(Schema):
    """All units that were merged or closed and have a successor today."""

    items: list[SuccessorOut]


router = Router(tags=["规则与清单 / rules and lists"])


@router.get(
    "/flow", operation_id="flow", url_name="flow", summary="办理流程 / the lifecycle", **answers(FlowOut, READING)
)
def flow(request: HttpRequest) -> Status[dict[str, Any]]:
    """Every transition there is. Blank `operation`: done by the platform or the citizen, not by callers."""
    return Status(200, {"rows": [_row(row, lang_of(request)) for row in TABLE]})


@router.get(
    "/successors",
    operation_id="successors",
    url_name="successors",
    summary="撤并单位的承接单位 / successors of units",
    **answers(SuccessorsOut, READING),
)
def list_successors(request: HttpRequest) -> Status[dict[str, Any]]:
    """Who stands in today for each unit that is no more, also over several mergers."""
    known, lang = names_of(request), lang_of(request)
    items = [
        {"unit": old, "name": known.unit(old, lang), "successor": new, "successor_name": known.unit(new, lang)}
        for old, new in sorted(successors(today()).items())
    ]
    return Status(200, {"items": items})


@router.get(
    "/reference/{kind}",
    operation_id="reference",
    url_name="reference",
    summary="现行清单 / codes in force",
    **answers(ReferenceOut, READING_ONE),
)
def reference(request: HttpRequest, kind: Kind) -> Status[dict[str, Any]]:
    """The units, categories, places or reasons in force today. Worth keeping for a day, not longer."""
    return Status(200, {"items": list(_items(kind, names_of(request)))})


def _row(row: Transition, lang: str) -> dict[str, Any]:
    held = dict.fromkeys([*map(guard_name, row.when), *map(guard_name, row.standing), *map(guard_name, row.guards)])
    return {
        "act": row.act.name,
        "name": word(row.act.name, lang),
        "operation": OPERATIONS.get(row.act.name, ""),
        "sources": [stage for stage in Stage if stage in row.sources],
        "to": row.target or "",
        "who": [{"role": who.role, "reach": who.reach} for who in row.who],
        "event": row.event,
        "conditions": [word(f"guard.{name}", lang) for name in held],
        "basis": row.basis,
    }


def _items(kind: Kind, known: Names) -> Iterator[dict[str, str]]:
    match kind:
        case Kind.UNITS:
            yield from map(_placed, known.pickable["unit"])
        case Kind.CATEGORIES:
            yield from map(_placed, known.pickable["category"])
        case Kind.REGIONS:
            yield from map(_placed, known.pickable["region"])
        case Kind.CODELISTS:
            for name, options in known.pickable.items():
                if name.startswith("code:"):
                    yield from (_item(o, codelist=name.removeprefix("code:"), heading="") for o in options)


def _placed(option: Option) -> dict[str, str]:
    return _item(option, codelist="", heading=option.heading)


def _item(option: Option, *, codelist: str, heading: str) -> dict[str, str]:
    names = {"code": option.code, "name": option.name, "name_en": option.name_en}
    return {"codelist": codelist, **names, "heading": heading}
