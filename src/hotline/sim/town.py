"""What the simulator knows of a city: units, streets and who manages them, and the people who act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import RegionCode, Role, UnitCode


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit by code: its short name, the unit above it, and the business line that guides it."""

    code: UnitCode
    name: str
    parent: str = ""
    line: str = ""


@dataclass(frozen=True, kw_only=True)
class Region:
    """A street or town: whose government or committee manages it, and the office on the spot."""

    code: RegionCode
    name: str
    manager: UnitCode
    office: UnitCode | None = None

    @property
    def rural(self) -> bool:
        """Towns and townships have villages and fields."""
        return self.name.endswith(("镇", "乡"))


@dataclass(frozen=True)
class Town:
    """Units, streets and staff, with the look-ups a day needs."""

    units: Mapping[UnitCode, Unit]
    regions: tuple[Region, ...]
    office: Mapping[Role, tuple[Actor, ...]]
    people: Mapping[tuple[str, Role], tuple[Actor, ...]]
    bureaus: Mapping[tuple[str, str], UnitCode] = field(default_factory=dict)
    by_code: Mapping[str, Region] = field(default_factory=dict)

    def name(self, code: str | None) -> str:
        """What a unit is called in a sentence."""
        unit = self.units.get(UnitCode(code or ""))
        return unit.name if unit else str(code or "")

    def someone(self, role: Role, rng: Random) -> Actor:
        """One of the office's people in that role."""
        return rng.choice(self.office[role])

    def of_unit(self, unit: str | None, role: Role, rng: Random) -> Actor | None:
        """One of a unit's people in that role, if it has one."""
        found = self.people.get((unit or "", role), ())
        return rng.choice(found) if found else None

    def can_lead(self, unit: str | None) -> bool:
        """Whether the unit has people who work and people who sign."""
        return all((unit or "", role) in self.people for role in (Role.SECTION_HEAD, Role.DEPUTY_HEAD)) and any(
            (unit or "", role) in self.people for role in (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER)
        )

    def can_help(self, unit: str | None) -> bool:
        """Whether the unit has somebody to give work to."""
        return (unit or "", Role.UNIT_HANDLER) in self.people

    def below(self, manager: str, line: str, region: Region, *, street_first: bool) -> UnitCode | None:
        """Where a district gives the work: its bureau of the business line, or the street."""
        bureau, street = self.bureaus.get((manager, line)), region.office
        order = (street, bureau) if street_first else (bureau, street)
        return next((code for code in order if code and self.can_help(code)), None)


def build_town(units: Iterable[Unit], regions: Iterable[Region], staff: Sequence[Actor]) -> Town:
    """The town of these units, streets and people."""
    known = {unit.code: unit for unit in units}
    office: dict[Role, list[Actor]] = {}
    people: dict[tuple[str, Role], list[Actor]] = {}
    for actor in staff:
        for role in sorted(actor.roles):
            people.setdefault((actor.unit or "", role), []).append(actor)
            office.setdefault(role, []).append(actor)
    bureaus = {(unit.parent, unit.line): unit.code for unit in known.values() if unit.parent and unit.line}
    streets = tuple(regions)
    return Town(
        units=known,
        regions=streets,
        office={role: tuple(found) for role, found in office.items()},
        people={key: tuple(found) for key, found in people.items()},
        bureaus=bureaus,
        by_code={region.code: region for region in streets},
    )
