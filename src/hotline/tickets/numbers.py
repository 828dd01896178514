"""Ticket numbers: region 6 + date 8 + channel 2 + sequence 6 (ours, P), and the citizen's random query code.

The sequence is the database's own, so that two agents never get one number; the code keeps numbers from
being tried out.
"""

import secrets
from datetime import datetime

from django.db import connection

from hotline.rules.vocabulary import CITY_TZ, Channel


def ticket_number(*, region: str, at: datetime, channel: Channel | None, sequence: int) -> str:
    """For example 34010020210315DH000123."""
    if channel is None:
        raise ValueError("a ticket has a channel")
    return f"{region[:6]:0<6}{at.astimezone(CITY_TZ):%Y%m%d}{channel.value}{sequence:06d}"


def new_query_code() -> str:
    """Six random digits that the citizen needs beside the number."""
    return f"{secrets.randbelow(1_000_000):06d}"


def next_sequence() -> int:
    """The next of the million numbers that follow one another; after the last comes the first again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_number')")
        return int(cursor.fetchone()[0])
