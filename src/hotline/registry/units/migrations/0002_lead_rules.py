"""The dispatch directory's first rules: which unit leads which matters."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeadRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("category", models.CharField(max_length=6, verbose_name="事项分类")),
                ("region_code", models.CharField(blank=True, default="", max_length=12, verbose_name="区划代码")),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead_rules",
                        to="units.unit",
                        verbose_name="主办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "派单目录",
                "verbose_name_plural": "派单目录",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="units_leadrule_dates",
                    ),
                    models.UniqueConstraint(
                        fields=("category", "region_code", "unit", "valid_from"),
                        name="units_leadrule_start",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
