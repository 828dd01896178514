"""What clocks remember of their reminders, and when the engine looks at each next.

Clocks that run already are looked at in the first pass, which sets their next moment by the rules.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q

ENDED = Q(stage__in=["answered_directly", "closed", "merged", "not_accepted", "transferred", "voided"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tickets", "0009_grades_and_checks")]

    operations: ClassVar = [
        migrations.AddField("ticketclock", "reminded", models.PositiveSmallIntegerField(default=0, help_text="percent of its time at the last reminder")),
        migrations.AddField("ticketclock", "reminded_from", models.DateTimeField(null=True)),
        migrations.AddField("ticketclock", "noticed_at", models.DateTimeField(null=True)),
        migrations.AddField("ticketclock", "criticised_at", models.DateTimeField(null=True)),
        migrations.AddField("ticketclock", "fires_at", models.DateTimeField(null=True, help_text="when the engine looks at it next; no part of the state")),
        migrations.RunSQL("UPDATE tickets_ticketclock SET fires_at = started_at WHERE stopped_at IS NULL", migrations.RunSQL.noop),
        migrations.RemoveIndex("ticketclock", "clock_firing"),
        migrations.AddIndex("ticketclock", models.Index(condition=Q(fires_at__isnull=False), fields=["fires_at", "id"], include=["ticket"], name="clock_firing")),
        migrations.AddIndex("ticket", models.Index(condition=ENDED, fields=["closed_at", "id"], name="ticket_to_archive")),
    ]  # fmt: skip
