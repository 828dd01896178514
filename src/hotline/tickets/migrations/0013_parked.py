"""The parked list begins with the tickets that have ever been reviewed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("tickets", "0012_co_tasks")]

    operations: ClassVar = [
        migrations.AddIndex(
            "ticketclock",
            models.Index(condition=models.Q(("kind", "park_review")), fields=["ticket"], name="clock_parked"),
        ),
    ]
