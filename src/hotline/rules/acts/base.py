"""Every act that can be done on a ticket, as a typed value: what staff call it and what it must say.

Forms, API schemas, the ledger's payload and the table in lifecycle.py all read these classes.
Free text typed by people (`text`) never enters the ledger: only its keyed digest does (ADR 0002).
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, ClassVar

LONG = 5000
SHORT = 200


def text(*, required: bool = True, limit: int = LONG) -> Any:
    """Words a person typed: kept beside the ledger so that they can be erased."""
    return _field("text", required, limit=limit)


def code(codelist: str, *, required: bool = True) -> Any:
    """A value of one of the city's code lists (data/<city>/reasons.csv)."""
    return _field("code", required, codelist=codelist)


def codes(codelist: str) -> Any:
    """Any number of values of one code list, none given means none."""
    return field(default=(), metadata={"kind": "codes", "required": False, "codelist": codelist})


def unit(*, required: bool = True) -> Any:
    """The code of one active unit."""
    return _field("unit", required)


def former_unit() -> Any:
    """The code of a unit that may be no more."""
    return _field("former_unit", True)


def units(*, required: bool = False) -> Any:
    """Codes of active units; none given means none, unless somebody must be named."""
    return field(default=(), metadata={"kind": "units", "required": required})


def category(*, required: bool = True) -> Any:
    """A six-digit category code."""
    return _field("category", required)


def choice(default: Any = dataclasses.MISSING) -> Any:
    """A member of one of the closed lists of vocabulary.py."""
    if default is dataclasses.MISSING:
        return field(metadata={"kind": "choice", "required": True})
    return field(default=default, metadata={"kind": "choice", "required": False})


def day() -> Any:
    """One day of the calendar."""
    return field(metadata={"kind": "date", "required": True})


def fact() -> Any:
    """What the program itself notes about the act: nobody is asked for it, and no page shows it."""
    return _field("fact", True)


def number(low: int, high: int) -> Any:
    """A whole number between two bounds, both included."""
    return field(metadata={"kind": "number", "required": True, "low": low, "high": high})


def count(low: int, high: int, default: int) -> Any:
    """A whole number that may be left as it is."""
    return field(default=default, metadata={"kind": "number", "required": False, "low": low, "high": high})


def _field(kind: str, required: bool, **extra: Any) -> Any:
    metadata = {"kind": kind, "required": required, **extra}
    return field(metadata=metadata) if required else field(default="", metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Act:
    """What somebody wants to do. `name` is the act as staff call it, verb first."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = "".join("_" + c.lower() if c.isupper() else c for c in cls.__name__).lstrip("_")
        ACTS[cls.name] = cls

    def payload(self) -> dict[str, Any]:
        """Codes, numbers and times of the act in JSON form, without free text."""
        return {f.name: plain(getattr(self, f.name)) for f in dataclasses.fields(self) if kind_of(f) != "text"}

    def texts(self) -> dict[str, str]:
        """Free text of the act by field, blanks left out."""
        return {
            f.name: getattr(self, f.name).strip()
            for f in dataclasses.fields(self)
            if kind_of(f) == "text" and getattr(self, f.name).strip()
        }


ACTS: dict[str, type[Act]] = {}


def kind_of(f: "dataclasses.Field[Any]") -> str:
    """The kind of an act's field; plain flags and times are `plain`."""
    return str(f.metadata.get("kind", "plain"))


def plain(value: Any) -> Any:
    """A value as JSON holds it: enums by value, times in ISO form, tuples as lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return sorted(map(plain, value)) if isinstance(value, frozenset) else [plain(v) for v in value]
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    return value
