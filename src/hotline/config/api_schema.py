"""The description of the API as it is committed: every part once and in an order that stays, so that a change is seen.

Departments build their systems on docs/api/openapi.json; a test compares it with what the program says.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from hotline.tickets.acting.api import MEANINGS, TOO_LARGE

Described = TypeVar("Described", bound=dict[str, Any])
REFUSED: Final = "#/components/schemas/RefusalsOut"


def tidied(described: Described) -> Described:
    """Refusals are described once and referred to; schemas stand in alphabetical order."""
    parts = described["components"]
    refusals: dict[str, Any] = {}
    for operation in _operations(described):
        answers = operation["responses"]
        if "requestBody" in operation:
            answers.setdefault(TOO_LARGE, _refusing(TOO_LARGE))
        for status in [status for status, answer in answers.items() if _is_refusal(answer)]:
            refusals[f"Refused{status}"] = answers[status]
            answers[status] = {"$ref": f"#/components/responses/Refused{status}"}
        operation["responses"] = dict(sorted(answers.items()))
        _plain_body(operation)
        for parameter in operation["parameters"]:
            if parameter["schema"].get("default", "") is None:
                del parameter["schema"]["default"]
    parts["schemas"] = dict(sorted(parts["schemas"].items()))
    parts["responses"] = dict(sorted(refusals.items()))
    return described


def as_text(described: Mapping[str, Any]) -> str:
    """The description as a file: readable Chinese, one line a value."""
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _operations(described: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in described["paths"].values():
        yield from methods.values()


def _is_refusal(answer: Mapping[str, Any]) -> bool:
    content = answer.get("content", {}).get("application/json", {})
    return bool(content.get("schema", {}).get("$ref") == REFUSED)


def _refusing(status: int) -> dict[str, Any]:
    """An answer that may come before an operation is reached, so that no operation need name it."""
    return {"description": MEANINGS[status], "content": {"application/json": {"schema": {"$ref": REFUSED}}}}


def _plain_body(operation: dict[str, Any]) -> None:
    """A body that may be left out is described like any other."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    schema = content.get("schema", {})
    if "default" in schema and len(schema.get("allOf", ())) == 1:
        content["schema"] = schema["allOf"][0]
