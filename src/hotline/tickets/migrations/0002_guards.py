"""Guards of the ledger: a sequence for numbers, append-only triggers, and rights taken from the application's role."""

from django.db import migrations

from hotline.plumbing.guards import append_only

SEQUENCE = "CREATE SEQUENCE tickets_number MINVALUE 1 MAXVALUE 999999 CYCLE"


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]

    operations = [
        migrations.RunSQL(SEQUENCE, "DROP SEQUENCE tickets_number"),
        *append_only("tickets", "tickets_ledgerentry", "tickets_disclosure"),
    ]
