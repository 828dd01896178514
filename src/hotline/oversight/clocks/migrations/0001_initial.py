"""Tickets that the clock engine has set aside."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [("tickets", "0010_ladder")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ClockFault",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("error", models.TextField(help_text="personal data masked")),
                ("tries", models.PositiveIntegerField(default=1)),
                ("first_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_fault",
                        to="tickets.ticket",
                    ),
                ),
            ],
        ),
    ]
