"""An index for each order of a list, and one for the few tickets on which a second person has to decide."""

from django.db import migrations, models
from django.db.models import F, Q

from hotline.tickets.ordering import due_key, urgency_rank

ENDED = ["answered_directly", "archived", "closed", "merged", "not_accepted", "transferred", "voided"]


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_claims")]

    operations = [
        migrations.RemoveIndex(model_name="ticket", name="ticket_open_due"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(F("stage"), due_key(), F("id"), name="ticket_stage_due", condition=~Q(stage__in=ENDED)),
        ),
        migrations.AddIndex(model_name="ticket", index=models.Index(due_key(), F("id"), name="ticket_due")),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(urgency_rank(), F("created_at"), F("id"), name="ticket_urgent"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["id"], name="ticket_asking", condition=~Q(proposals={})),
        ),
    ]
