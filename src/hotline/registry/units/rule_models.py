"""派单目录 as it is kept: every version of every rule with its dates, and the words by which the city speaks.

Rules are never deleted: they end. A dispatched ticket carries its unit itself, so no later rule moves it.
"""

from django.db import models
from django.utils.translation import gettext_noop

from hotline.registry.dated import Dated, DatedQuerySet
from hotline.rules.jurisdiction import WordKind


class LeadKind(models.TextChoices):
    """主办: a unit by name, the body that manages the place, or nobody of the network."""

    UNIT = "unit", gettext_noop("单位")
    LOCAL = "local", gettext_noop("属地")
    ELSEWHERE = "elsewhere", gettext_noop("引导")


class DirectoryRule(Dated):
    """One version of one rule. Lists stand as in the file, their parts divided by “、” and “；”, but with codes."""

    number = models.CharField("规则编号", max_length=12)
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("事项", max_length=100)
    categories = models.CharField("事项分类", max_length=300)
    words = models.CharField("词语", max_length=1000, blank=True, default="")
    without = models.CharField("不含词语", max_length=500, blank=True, default="")
    places = models.CharField("场所", max_length=200, blank=True, default="")
    hours = models.CharField("时段", max_length=11, blank=True, default="")
    needs = models.CharField("条件", max_length=300, blank=True, default="")
    regions = models.CharField("区划", max_length=500, blank=True, default="")
    lead_kind = models.CharField("主办方式", max_length=12, choices=LeadKind)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="led_rules", verbose_name="主办单位"
    )
    co_units = models.JSONField("协办", default=list, blank=True)
    basis = models.CharField("依据", max_length=300)
    note = models.CharField("说明", max_length=300, blank=True, default="")
    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="owned_rules", verbose_name="归口单位")
    source = models.CharField("来源", max_length=60)
    by_precedent = models.BooleanField("先例", default=False, help_text="put in by a precedent: files leave it")

    objects = DatedQuerySet["DirectoryRule"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "派单目录"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["number", "version"], name="units_directoryrule_version"),
            models.CheckConstraint(
                condition=models.Q(lead_kind="unit", unit__isnull=False)
                | (~models.Q(lead_kind="unit") & models.Q(unit__isnull=True)),
                name="units_directoryrule_lead",
            ),
        ]

    def __str__(self) -> str:
        """What a ticket or a ruling quotes."""
        return f"{self.number}@{self.version} {self.title}"


class DirectoryWord(Dated):
    """One line of words that tell of a category, a place, a kind of place or a condition."""

    kind = models.CharField("类别", max_length=12, choices=[(kind.value, kind.value) for kind in WordKind])
    code = models.CharField("代码", max_length=24)
    name = models.CharField("名称", max_length=60, blank=True, default="")
    question = models.CharField("问题", max_length=120, blank=True, default="")
    words = models.CharField("词语", max_length=1000, blank=True, default="")
    without = models.CharField("不含词语", max_length=500, blank=True, default="")

    objects = DatedQuerySet["DirectoryWord"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "派单目录用语"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "code", "words"], name="units_directoryword_line"),
        ]

    def __str__(self) -> str:
        """The code and its words."""
        return f"{self.code} {self.words}"
