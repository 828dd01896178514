"""The dispatch directory with words, hours, conditions and co-units; the first simple rules are carried over."""

from collections import Counter

import django.db.models.deletion
from django.db import migrations, models

CARRIED_FROM = 900
"""Carried rules are numbered from here, out of the way of the city's file; the next load ends what it replaces."""


def carry_over(apps, schema_editor):
    lead_rules = apps.get_model("units", "LeadRule").objects.order_by("category", "region_code", "pk")
    unit = apps.get_model("units", "Unit").objects.filter(kind="hotline").order_by("code").first()
    numbers, rows = Counter(), []
    for rule in lead_rules:
        numbers[rule.category] += 1
        rows.append(
            apps.get_model("units", "DirectoryRule")(
                number=f"{rule.category}-{CARRIED_FROM + numbers[rule.category]}",
                title="原派单目录",
                categories=rule.category,
                regions=rule.region_code,
                lead_kind="unit" if rule.unit_id else "local",
                unit_id=rule.unit_id,
                basis=rule.basis,
                owner_id=unit.code if unit else rule.unit_id,
                source="目录",
                valid_from=rule.valid_from,
                valid_to=rule.valid_to,
            )
        )
    apps.get_model("units", "DirectoryRule").objects.bulk_create([row for row in rows if row.owner_id])


class Migration(migrations.Migration):
    dependencies = [
        ("units", "0003_task_forces"),
    ]

    operations = [
        migrations.CreateModel(
            name="DirectoryRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                ("number", models.CharField(max_length=12, verbose_name="规则编号")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("title", models.CharField(max_length=100, verbose_name="事项")),
                ("categories", models.CharField(max_length=300, verbose_name="事项分类")),
                ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="词语")),
                ("without", models.CharField(blank=True, default="", max_length=500, verbose_name="不含词语")),
                ("places", models.CharField(blank=True, default="", max_length=200, verbose_name="场所")),
                ("hours", models.CharField(blank=True, default="", max_length=11, verbose_name="时段")),
                ("needs", models.CharField(blank=True, default="", max_length=300, verbose_name="条件")),
                ("regions", models.CharField(blank=True, default="", max_length=500, verbose_name="区划")),
                (
                    "lead_kind",
                    models.CharField(
                        choices=[("unit", "单位"), ("local", "属地"), ("elsewhere", "引导")],
                        max_length=12,
                        verbose_name="主办方式",
                    ),
                ),
                ("co_units", models.JSONField(blank=True, default=list, verbose_name="协办")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                ("note", models.CharField(blank=True, default="", max_length=300, verbose_name="说明")),
                ("source", models.CharField(max_length=60, verbose_name="来源")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_rules",
                        to="units.unit",
                        verbose_name="归口单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_rules",
                        to="units.unit",
                        verbose_name="主办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "派单目录",
                "verbose_name_plural": "派单目录",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DirectoryWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="启用日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("category", "category"),
                            ("region", "region"),
                            ("place", "place"),
                            ("condition", "condition"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("code", models.CharField(max_length=24, verbose_name="代码")),
                ("name", models.CharField(blank=True, default="", max_length=60, verbose_name="名称")),
                ("question", models.CharField(blank=True, default="", max_length=120, verbose_name="问题")),
                ("words", models.CharField(blank=True, default="", max_length=1000, verbose_name="词语")),
                ("without", models.CharField(blank=True, default="", max_length=500, verbose_name="不含词语")),
            ],
            options={
                "verbose_name": "派单目录用语",
                "verbose_name_plural": "派单目录用语",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="units_directoryword_dates",
                    ),
                    models.UniqueConstraint(fields=("kind", "code", "words"), name="units_directoryword_line"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="directoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="units_directoryrule_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="directoryrule",
            constraint=models.UniqueConstraint(fields=("number", "version"), name="units_directoryrule_version"),
        ),
        migrations.AddConstraint(
            model_name="directoryrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lead_kind", "unit"), ("unit__isnull", False)),
                    models.Q(models.Q(("lead_kind", "unit"), _negated=True), ("unit__isnull", True)),
                    _connector="OR",
                ),
                name="units_directoryrule_lead",
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="LeadRule"),
    ]
