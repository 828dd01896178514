"""Query codes become keyed digests, and a ticket notes whether units have a brief to read."""

import hmac
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import migrations, models


def seal(apps: Any, _schema: Any) -> None:
    """Codes that stood in the open; written out here, because a migration stays as it was."""
    tickets = apps.get_model("tickets", "Ticket")
    key = settings.LEDGER_KEY.encode()
    changed = []
    for ticket in tickets.objects.only("id", "number", "query_code").iterator(chunk_size=5000):
        words = f"query code\n{ticket.number}\n{ticket.query_code}".encode()
        ticket.query_code = hmac.new(key, words, sha256).hexdigest()
        changed.append(ticket)
        if len(changed) == 5000:
            tickets.objects.bulk_update(changed, ["query_code"])
            changed = []
    tickets.objects.bulk_update(changed, ["query_code"])


def mark_briefed(apps: Any, _schema: Any) -> None:
    """What replaying the ledger gives: a brief typed at registration was not an event of its own."""
    written = apps.get_model("tickets", "LedgerEntry").objects.filter(name="ticket.briefed")
    apps.get_model("tickets", "Ticket").objects.filter(id__in=written.values("ticket_id")).update(briefed=True)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_claims")]

    operations = [
        migrations.AddField("ticket", "briefed", models.BooleanField(default=False)),
        migrations.AlterField(
            "ticket",
            "query_code",
            models.CharField(max_length=64, help_text="keyed digest; the code itself is told once and kept nowhere"),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(mark_briefed, migrations.RunPython.noop),
    ]
