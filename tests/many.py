"""A ticket copied until the table is as large as a city's, so that the plans of statements are those of a city."""

from django.db import connection

from hotline.rules.lives import Life
from hotline.rules.vocabulary import Stage
from hotline.tickets import bulk
from hotline.tickets.models import Ticket
from tests.cast import REQUESTER, Cast
from tests.walks import OPENING, walk

COPIES = """
    INSERT INTO tickets_ticket ({columns})
    SELECT {columns} FROM (
        SELECT {kept}, 'X' || n AS number, created_at + n * %s::interval AS created_at,
               CASE n %% 20 WHEN 0 THEN 'pending_dispatch' WHEN 1 THEN 'handling' ELSE 'closed' END AS stage,
               CASE WHEN n %% 20 < 2 THEN created_at + (n %% 977) * interval '1 hour' END AS due_at,
               (ARRAY['ordinary', 'ordinary', 'urgent', 'critical'])[1 + n %% 4] AS urgency
        FROM tickets_ticket, generate_series(1, %s) n
    ) made
"""


def many_tickets(cast: Cast, count: int, *, every: str) -> None:
    """So many copies of one life, opened at this interval from OPENING on, one in ten still open. Analysed."""
    life = Life(region="340103", requester=REQUESTER, steps=cast.steps(walk(Stage.HANDLING), at=OPENING))
    assert bulk.write_lives([life]).written == 1
    columns = [f.column for f in Ticket._meta.concrete_fields if f.column != "id"]
    kept = [c for c in columns if c not in {"number", "created_at", "stage", "due_at", "urgency"}]
    names, same = (", ".join(f'"{c}"' for c in chosen) for chosen in (columns, kept))
    with connection.cursor() as cursor:
        cursor.execute(COPIES.format(columns=names, kept=same), [every, count])
        cursor.execute("ANALYZE tickets_ticket")
