"""Somebody who calls the API in a test, and what comes back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

ROOT = "/api/v1"


@dataclass(frozen=True)
class Answer:
    """Status and body of one call."""

    status: int
    body: Any
    raw: Any = field(repr=False)

    @property
    def codes(self) -> list[str]:
        """The codes of its refusals."""
        return [refusal["code"] for refusal in self.body["refusals"]]

    @property
    def fields(self) -> list[str]:
        """The fields its refusals name."""
        return [refusal["field"] for refusal in self.body["refusals"]]


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the API: with a token, with the session of the client, or as a stranger."""

    token: str = field(default="", repr=False)
    client: Client = field(default_factory=Client)

    def get(self, path: str, query: Mapping[str, Any] | None = None, **headers: str) -> Answer:
        """Read."""
        return _answer(self.client.get(ROOT + path, query, headers=self._headers(headers)))

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        """Act; a body of bytes is sent as it is."""
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        sent = self.client.post(ROOT + path, content, content_type="application/json", headers=self._headers(headers))
        return _answer(sent)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return own | {name.replace("_", "-"): value for name, value in more.items()}


def _answer(response: Any) -> Answer:
    assert response.headers["Content-Type"].startswith("application/json"), response.content[:200]
    return Answer(response.status_code, json.loads(response.content), response)


Calling = Callable[[str], Caller]
