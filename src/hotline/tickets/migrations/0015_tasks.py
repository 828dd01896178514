"""Each co-unit has a task with its own clock; units that guide the lead or have a copy see the ticket."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models

CODES = {"base_field": models.CharField(max_length=32), "db_default": [], "default": list, "size": None}

GIVEN = """
    UPDATE tickets_ticket SET tasks = (
        SELECT jsonb_agg(jsonb_build_object(
            'unit', unit, 'order', 1, 'after', 'nothing', 'came', false, 'days', 0,
            'standing', CASE WHEN unit = ANY(co_done) THEN 'reported' ELSE 'open' END, 'finding', 'nothing', 'seq', 0
        ) ORDER BY place)
        FROM unnest(co_units) WITH ORDINALITY AS named(unit, place)
    ) WHERE co_units <> '{}'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tickets", "0014_tags")]

    operations: ClassVar = [
        migrations.AddField("ticket", "tasks", models.JSONField(db_default=[], default=list)),
        migrations.AddField("ticket", "guidance", django.contrib.postgres.fields.ArrayField(**CODES)),
        migrations.AddField("ticket", "copied", django.contrib.postgres.fields.ArrayField(**CODES)),
        migrations.AddField(
            "ticketclock",
            "of",
            models.CharField(max_length=32, default="", db_default="", help_text="the co-unit whose own clock it is"),
        ),
        migrations.RemoveConstraint("ticketclock", "clock_once_a_round"),
        migrations.AddConstraint(
            "ticketclock",
            models.UniqueConstraint(fields=["ticket", "kind", "of", "round"], name="clock_once_a_round"),
        ),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
    ]
