"""Counts the SQL statements of each step of bench/walk.py, in process, on the installation that HOTLINE_HOME names.

Prints one line of JSON: step → statements, session and person included, BEGIN and COMMIT not.
"""

import json
import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from hotline.config.setting_up import django_ready


def main() -> None:
    """Walk one ticket and count."""
    with django_ready():
        from django.conf import settings
        from django.test import Client

        settings.ALLOWED_HOSTS = ["*"]

        def person(name: str) -> Client:
            from hotline.registry.people.models import User

            client = Client()
            client.force_login(User.objects.get(username=name), settings.AUTHENTICATION_BACKENDS[-1])
            return client

        agent, dispatcher, handler = person("agent"), person("dispatcher"), person("cgj")
        from walk import INTAKE, REPLY

        for _ in range(2):
            counted = walked(agent, dispatcher, handler, INTAKE, REPLY)
        print(json.dumps(counted))


def walked(agent: Any, dispatcher: Any, handler: Any, intake: Any, reply: Any) -> dict[str, int]:
    """One ticket's way, statements by step. The first walk of a process fills its caches."""
    counted = {}
    counted["create"], answer = count(lambda: agent.post("/intake/new/", intake | {"title": "计数用工单"}))
    number = answer["Location"].rstrip("/").rsplit("/", 1)[-1]
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("dispatch", lambda: dispatcher.post(f"/dispatch/dispatch/{number}/", {"lead_unit": "CGJ"})),
        ("sign in", lambda: handler.post(f"/handling/sign-in/{number}/", {})),
        ("reply", lambda: handler.post(f"/handling/submit-reply/{number}/", reply)),
        ("list of 50", lambda: dispatcher.get("/tickets/?type=complaint&open=1")),
        ("ticket page", lambda: dispatcher.get(f"/tickets/{number}/")),
    ]
    for name, step in steps:
        counted[name], answer = count(step)
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"{name}: {answer.status_code} {re.sub(r'<[^>]+>', ' ', answer.content.decode())[:500]}")
    return counted


def count(step: Callable[[], Any]) -> tuple[int, Any]:
    """Statements of a step, and its answer."""
    from django.db import connection

    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(sql)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(watch))
        answer = step()
    return len([s for s in seen if not s.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]), answer


if __name__ == "__main__":
    main()
