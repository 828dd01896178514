"""What can't be read in a call, as refusals that name the field: the same codes for the same fault as the rules use.

Nothing that was sent is repeated, for it may be a citizen's, except the name of a field that isn't there.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpRequest

from hotline.rules.acts import ACTS
from hotline.rules.messages import Refusal

KINDS: Final = {"missing": "field.required", "extra_forbidden": "field.unknown"}
"""The validator's own kinds of error; those that api_values makes are codes already."""
LONGEST: Final = 64
WHERE: Final = 2
"""How many parts of a place come before the name: where it was sent, and the parameter of our function."""


def refusals_of(request: HttpRequest, errors: Iterable[Mapping[str, Any]]) -> list[Refusal]:
    """One refusal for each field, the first of several."""
    act = _act(request)
    found: dict[str, Refusal] = {}
    for error in errors:
        field = field_of(error["loc"])
        found.setdefault(field, _refusal(error, field, act))
    return list(found.values())


def field_of(place: tuple[int | str, ...]) -> str:
    """The name a caller knows: `requester.phone`, `co_units.0`; blank when the body as a whole is meant.

    A body's place is ("body", "data", name …); a query's ("query", name …), or ("query", "where", name …) in a list.
    """
    inside = place[WHERE:] if place[0] == "body" or len(place) > WHERE else place[1:]
    return ".".join(_printable(str(part)) for part in inside)[:LONGEST]


def _refusal(error: Mapping[str, Any], field: str, act: str) -> Refusal:
    kind = str(error["type"])
    if not field:
        return Refusal("input.not_json")
    code = kind if "." in kind else KINDS.get(kind, "field.malformed")
    named = {"field": field, "name": field.rpartition(".")[2]} | ({"act": act} if act else {})
    return Refusal(code, {**error.get("ctx", {}), **named}, field=field)


def _act(request: HttpRequest) -> str:
    """The act of this call, whose words for its fields are used."""
    name = request.resolver_match.url_name if request.resolver_match else None
    return name if name in ACTS else ""


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in text)
