"""How much waits at each desk, for the left rail of every page: one statement, counted no further than needed."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.tickets.queries import TicketFilter, in_view, narrowed

MOST = 999


def counts(
    filters: Sequence[TicketFilter], *, actor: Actor, most: int = MOST, also: Sequence[QuerySet[Any]] = ()
) -> tuple[int, ...]:
    """How many tickets in view each filter finds, then how many rows `also` has; `most + 1` stands for more."""
    parts: list[str] = []
    params: list[Any] = []
    for found in (*(narrowed(in_view(view_of(actor)), where, actor) for where in filters), *also):
        sql, given = _counted(found, most + 1)
        parts.append(sql)
        params += given
    if not parts:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return tuple(cursor.fetchone())


def _counted(found: QuerySet[Any], most: int) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, params = found.order_by().values("pk")[:most].query.sql_with_params()
    except EmptyResultSet:
        return "0", ()
    return f"(SELECT count(*) FROM ({sql}) AS capped)", tuple(params)  # noqa: S608  # the ORM's own text
