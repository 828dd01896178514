"""A unit that was merged or closed may have a successor."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0004_directory_rules")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                help_text="who takes over what it had, from its last day on",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="units.unit",
                verbose_name="承接单位",
            ),
        ),
    ]
