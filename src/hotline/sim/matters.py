"""Kinds of matters people call about: what they say, who is competent, what the unit answers.

Kept as data (data/demo/matters/*.toml) so that an office can write its own; read here from plain tables.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

from hotline.rules.vocabulary import CategoryCode, RequestType, UnitCode, Urgency
from hotline.sim.wording import slots_of

Texts = tuple[str, ...]


class MatterError(ValueError):
    """Matters that cannot be used; every mistake is named."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Why a unit says that a matter is not its own, and whose it is."""

    unit: UnitCode
    reason: str
    proposes: UnitCode
    basis: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One kind of matter, numbered in the order of the files. Texts are templates, see wording.py.

    It has one or more cases: the n-th title, content, answer and finding belong together, and so do the demands
    if there are as many. An answer is what an agent says at once, a finding what a unit has found out and done.
    `unit` leads, or, when `local`, the district of the place leads and gives the work to its bureau in the business
    line `line`, or to the street when `below` says so. `storm` is how many call about the same thing: fewest, most,
    within how many hours.
    """

    key: str
    number: int
    name: str
    category: CategoryCode
    type: RequestType
    titles: Texts
    contents: Texts
    weight: float = 5
    unit: UnitCode = UnitCode("")
    local: bool = False
    line: UnitCode = UnitCode("")
    below: str = "bureau"
    co_units: tuple[UnitCode, ...] = ()
    co_lines: tuple[UnitCode, ...] = ()
    urgency: Urgency = Urgency.ORDINARY
    hours: str = ""
    months: tuple[int, ...] = ()
    heavy: bool = False
    group: bool = False
    enterprise_matter: bool = False
    storm: tuple[int, ...] = ()
    story: str = ""
    emergency: str = ""
    decline: str = ""
    void: str = ""
    place: str = ""
    party: str = ""
    demands: Texts = ()
    answers: Texts = ()
    findings: Texts = ()
    partly: Texts = ()
    unresolved: Texts = ()
    progress: Texts = ()
    words: Texts = ()
    law: Texts = ()
    returns: tuple[Claim, ...] = ()

    @property
    def handled(self) -> bool:
        """Whether a unit ever gets it."""
        return bool(self.unit and (self.findings or self.answers))

    def texts(self) -> Iterator[str]:
        """What citizens say of it: the texts by which one kind of matter is told from another."""
        return chain(self.titles, self.contents)

    def templates(self) -> Iterator[str]:
        """Every template of the matter."""
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if f.name in TEMPLATES:
                yield from (value,) if isinstance(value, str) else value


TEMPLATES: Final = frozenset(
    {"titles", "contents", "place", "party", "demands", "answers", "findings", "partly", "unresolved", "progress"}
    | {"words"}
)
WAYS_OUT: Final = ("unit", "decline", "void", "answers")


@dataclass(frozen=True)
class Phrasebook:
    """All matters and what people of office and units say whatever the matter."""

    matters: tuple[Matter, ...]
    phrases: Mapping[str, Texts] = field(default_factory=lambda: MappingProxyType({}))
    channels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    causes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def parse_matters(tables: Mapping[str, Any]) -> Phrasebook:
    """The phrasebook in tables as TOML files hold them; MatterError names everything that is wrong."""
    problems: list[str] = []
    given = enumerate(tables.get("matter", ()), 1)
    matters = [found for number, table in given if (found := _matter({**table, "number": number}, problems))]
    problems += _doubles(matters)
    problems += [f"phrases: no text for {name}" for name, texts in tables.get("phrases", {}).items() if not texts]
    if problems:
        raise MatterError(problems)
    phrases = {name: tuple(texts) for name, texts in tables.get("phrases", {}).items()}
    return Phrasebook(tuple(matters), phrases, dict(tables.get("channels", {})), dict(tables.get("causes", {})))


def _matter(table: Mapping[str, Any], problems: list[str]) -> Matter | None:
    name = str(table.get("key", "?"))
    known = {f.name for f in dataclasses.fields(Matter)}
    required = {f.name for f in dataclasses.fields(Matter) if f.default is dataclasses.MISSING}
    wrong = [f"{name}: unknown entry {entry}" for entry in sorted(table.keys() - known)]
    wrong += [f"{name}: {entry} is missing" for entry in sorted(required - table.keys())]
    if wrong:
        problems += wrong
        return None
    try:
        matter = Matter(**{entry: _value(entry, value) for entry, value in table.items()})
    except (ValueError, TypeError) as wrong_value:
        problems.append(f"{name}: {wrong_value}")
        return None
    problems += _faults(matter)
    return matter


def _value(entry: str, value: Any) -> Any:
    match entry:
        case "type":
            return RequestType(value)
        case "urgency":
            return Urgency(value)
        case "returns":
            return tuple(Claim(**claim) for claim in value)
        case _:
            return tuple(value) if isinstance(value, list) else value


def _faults(matter: Matter) -> Iterator[str]:
    if not matter.titles or not matter.contents:
        yield f"{matter.key}: a matter needs titles and contents"
    for entry in ("titles", "answers", "findings"):
        if len(getattr(matter, entry)) not in {0, len(matter.contents)}:
            yield f"{matter.key}: {entry} are as many as contents, case by case"
    yield from _slot_faults(matter)
    if not any(getattr(matter, way) for way in WAYS_OUT):
        yield f"{matter.key}: nobody answers it: give a unit, answers, a reason to decline or to void"
    if matter.local and not matter.unit:
        yield f"{matter.key}: a local matter names the business line in unit"


def _slot_faults(matter: Matter) -> Iterator[str]:
    for template in matter.templates():
        for slot in slots_of(template):
            if not SLOT_NAME.fullmatch(slot):
                yield f"{matter.key}: not a slot: {{{slot}}}"


SLOT_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def _doubles(matters: Sequence[Matter]) -> Iterator[str]:
    keys: dict[str, str] = {}
    texts: dict[str, str] = {}
    for matter in matters:
        if matter.key in keys:
            yield f"{matter.key}: used twice"
        keys[matter.key] = matter.key
        for text in matter.texts():
            if text in texts:
                yield f"{matter.key}: the same text as in {texts[text]}: {text}"
            texts[text] = matter.key
