import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("number", models.CharField(help_text="the ticket's number", max_length=32)),
                ("seq", models.PositiveIntegerField(help_text="the entry of its ledger")),
                ("made_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notice_newest"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["recipient", "-id"], name="notice_unread"
                    ),
                    models.Index(fields=["made_at"], name="notice_made_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "number", "seq"), name="notice_one_for_each_event"),
                ],
            },
        ),
    ]
