"""What an act says, checked field by field: missing, too long, or not in the city's lists.

Forms and API refuse with these sentences; the guards of the table come after them.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum
from typing import Any

from hotline.rules.acts import Act
from hotline.rules.acts.base import kind_of
from hotline.rules.lifecycle.case import Reference
from hotline.rules.messages import Refusal

Field = dataclasses.Field[Any]


def check_fields(act: Act, reference: Reference) -> Iterator[Refusal]:
    """Everything that is wrong with the act's fields, at most one thing a field."""
    for f in dataclasses.fields(act):
        refusal = _check(f, getattr(act, f.name), reference)
        if refusal is not None:
            params = {"act": act.name, "field": f.name, **refusal.params}
            yield replace(refusal, params=params, field=f.name)


def _check(f: Field, value: Any, reference: Reference) -> Refusal | None:
    if value is None or value == () or (isinstance(value, str) and not value.strip()):
        return Refusal("field.required") if f.metadata.get("required") else None
    if isinstance(value, str) and not isinstance(value, Enum):
        refusal = _check_words(f, value.strip())
        if refusal is not None:
            return refusal
    if isinstance(value, datetime) and value.utcoffset() is None:
        return Refusal("field.no_time_zone")
    if kind_of(f) == "number" and not f.metadata["low"] <= value <= f.metadata["high"]:
        return Refusal("field.out_of_range", {"low": f.metadata["low"], "high": f.metadata["high"]})
    return _check_list(f, value, reference)


def _check_words(f: Field, value: str) -> Refusal | None:
    limit = f.metadata.get("limit")
    if limit and len(value) > limit:
        return Refusal("field.too_long", {"limit": limit, "length": len(value)})
    return Refusal("field.bad_character") if "\x00" in value else None


def _check_list(f: Field, value: Any, reference: Reference) -> Refusal | None:
    known = _known(f, reference)
    if known is None:
        return None
    given = value if isinstance(value, tuple) else (value,)
    unknown = [str(v) for v in given if v not in known]
    if unknown:
        return Refusal("field.unknown_code", {"value": ", ".join(unknown)})
    return Refusal("field.repeated") if len(set(given)) < len(given) else None


def _known(f: Field, reference: Reference) -> frozenset[str] | None:
    match kind_of(f):
        case "unit" | "units":
            return reference.units
        case "category":
            return reference.categories
        case "region":
            return reference.regions
        case "code" | "codes":
            return reference.codelists.get(f.metadata["codelist"], frozenset())
        case _:
            return None
