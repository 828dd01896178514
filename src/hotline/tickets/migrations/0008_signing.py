"""What lies for signature in a unit, and whose signature it waits for: replies, returns and requests for more time."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("tickets", "0007_list_orders"), ("tickets", "0007_sealed_query_codes")]

    operations = [
        migrations.RemoveField(model_name="ticket", name="reply_by"),
        migrations.RemoveField(model_name="ticket", name="signed_off"),
        migrations.AddField(model_name="ticket", name="signing", field=models.JSONField(null=True)),
        migrations.AddField(
            model_name="ticket",
            name="awaits_signature",
            field=models.CharField(
                blank=True, default="", help_text="role in the lead unit that signs next", max_length=32
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["lead_unit", "awaits_signature"], name="ticket_to_sign", condition=~Q(awaits_signature="")
            ),
        ),
    ]
