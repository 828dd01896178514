"""Which co-units have reported their part to the lead."""

from typing import ClassVar

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tickets", "0011_joined")]

    operations: ClassVar = [
        migrations.AddField(
            "ticket",
            "co_done",
            django.contrib.postgres.fields.ArrayField(models.CharField(max_length=32), default=list),
        ),
    ]
