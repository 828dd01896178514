"""An act's declared fields as typed descriptions: what forms draw and what the API's schema says."""

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from hotline.rules.acts import Act
from hotline.rules.acts.base import kind_of


@dataclass(frozen=True)
class ActField:
    """One field of an act: its name, kind (text, code, unit, choice …), the Python type of one value, and bounds."""

    name: str
    kind: str
    of: Any
    required: bool
    many: bool
    optional: bool
    default: Any
    metadata: typing.Mapping[str, Any]

    @property
    def choices(self) -> type[Enum] | None:
        """The closed list behind the field, if it has one."""
        return self.of if isinstance(self.of, type) and issubclass(self.of, Enum) else None


_known: dict[type[Act], tuple[ActField, ...]] = {}


def fields_of(act: type[Act]) -> tuple[ActField, ...]:
    """The fields of an act in the order of its class."""
    if act not in _known:
        hints = typing.get_type_hints(act)
        _known[act] = tuple(_field(f, hints[f.name]) for f in dataclasses.fields(act))
    return _known[act]


def _field(f: "dataclasses.Field[Any]", hint: Any) -> ActField:
    many, optional = False, False
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        hint, optional = next(a for a in typing.get_args(hint) if a is not type(None)), True
    if typing.get_origin(hint) is tuple:
        hint, many = typing.get_args(hint)[0], True
    hint = getattr(hint, "__supertype__", hint)
    missing = f.default is dataclasses.MISSING
    return ActField(
        name=f.name,
        kind=kind_of(f) if kind_of(f) != "plain" else _plain_kind(hint),
        of=hint,
        required=bool(f.metadata.get("required", missing)),
        many=many,
        optional=optional or not missing,
        default=None if missing else f.default,
        metadata=f.metadata,
    )


def _plain_kind(hint: Any) -> str:
    if hint is bool:
        return "flag"
    if hint is datetime:
        return "moment"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "choice"
    return "plain"
