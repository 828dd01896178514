"""Quick notes of calls, and which tickets came in one call."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tickets", "0007_sealed_query_codes")]

    operations = [
        migrations.CreateModel(
            name="CallNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agent", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=32)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("item", models.CharField(blank=True, max_length=32)),
                ("phone_digest", models.CharField(blank=True, max_length=64)),
                ("phone_tail", models.CharField(blank=True, max_length=4)),
                ("token", models.CharField(max_length=80, null=True, unique=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="call_note_newest"),
                    models.Index(fields=["phone_digest", "at"], name="call_note_caller", condition=~Q(phone_digest="")),
                ],
            },
        ),
        migrations.CreateModel(
            name="SameCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.CharField(db_index=True, max_length=32)),
                ("agent", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="same_call", to="tickets.ticket"
                    ),
                ),
            ],
        ),
    ]
