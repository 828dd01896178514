"""Units of the city's network, what they were called and whom they answered to at any time, and what they manage.

Dispatch rests on it: the administrative parent (上级单位) answers for a unit, the business line (行业主管) guides it.
"""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop

from hotline.registry.dated import Dated, DatedQuerySet, Spelled
from hotline.registry.units.rule_models import DirectoryRule, DirectoryWord
from hotline.registry.units.tree import covered
from hotline.rules.vocabulary import TASK_FORCE, UnitCode

__all__ = ["DirectoryRule", "DirectoryWord", "Group", "Kind", "RegionManagement", "Unit", "UnitTenure"]


class Group(models.TextChoices):
    """分组: units are ranked among their own group only."""

    LEADERSHIP = "leadership", gettext_noop("市级机关")
    CITY_DEPARTMENT = "city_department", gettext_noop("市直部门")
    DISTRICT = "district", gettext_noop("县区")
    ZONE = "zone", gettext_noop("开发区")
    DISTRICT_DEPARTMENT = "district_department", gettext_noop("县区部门")
    STREET = "street", gettext_noop("街道乡镇")
    ENTERPRISE = "enterprise", gettext_noop("公共企业")
    VERTICAL = "vertical", gettext_noop("垂直管理")
    TASK_FORCE = TASK_FORCE, gettext_noop("临时专班")


class Kind(models.TextChoices):
    """性质: what sort of body it is."""

    PARTY = "party", gettext_noop("党委机关")
    GOVERNMENT = "government", gettext_noop("政府机关")
    HOTLINE = "hotline", gettext_noop("热线机构")
    AGENCY = "agency", gettext_noop("派出机构")
    INSTITUTION = "institution", gettext_noop("事业单位")
    MASS = "mass", gettext_noop("群团组织")
    COMPANY = "company", gettext_noop("企业")
    VERTICAL = "vertical", gettext_noop("垂管机构")
    PARK = "park", gettext_noop("园区机构")
    TASK_FORCE = TASK_FORCE, gettext_noop("临时机构")


class Unit(Dated, Spelled):
    """A unit under its present names; its code never changes and is never used again."""

    code = models.CharField("单位代码", max_length=24, primary_key=True)
    full_name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    group = models.CharField("分组", max_length=24, choices=Group)
    kind = models.CharField("性质", max_length=16, choices=Kind)
    level = models.PositiveSmallIntegerField("层级")
    note = models.CharField("备注", max_length=200, blank=True, default="")
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="承接单位",
        help_text="who takes over what it had, from its last day on",
    )

    objects = DatedQuerySet["Unit"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "单位"
        indexes = [models.Index(fields=["group", "level"])]

    def __str__(self) -> str:
        """The short name, as staff say it."""
        return self.short_name

    @property
    def group_label(self) -> str:
        """The group in the reader's language."""
        return gettext(Group(self.group).label)

    def covers(self, day: date, *, also: Iterable[str] = ()) -> frozenset[UnitCode]:
        """This unit, the units of `also`, and all units below them on that day."""
        return covered({self.code, *also}, day)


class UnitTenure(Dated):
    """What a unit was called, whom it answered to and where it sat, for one span of time."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tenures", verbose_name="单位代码")
    full_name = models.CharField("全称", max_length=100)
    short_name = models.CharField("简称", max_length=50)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="children_tenures", verbose_name="上级单位"
    )
    line = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="guided_tenures", verbose_name="行业主管"
    )
    region_code = models.CharField("所在区划", max_length=12)

    objects = DatedQuerySet["UnitTenure"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "单位沿革"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "valid_from"], nulls_distinct=False, name="units_unittenure_start"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="units_unittenure_one_open"
            ),
        ]
        indexes = [models.Index(fields=["region_code"])]

    def __str__(self) -> str:
        """The unit and the day the span began."""
        return f"{self.short_name} {self.valid_from or ''}"


class RegionManagement(Dated):
    """Which body manages a region: a zone may manage streets that belong to a district."""

    region_code = models.CharField("区划代码", max_length=12)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="managed_regions", verbose_name="管理单位")
    basis = models.CharField("依据", max_length=200, blank=True, default="")

    objects = DatedQuerySet["RegionManagement"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "区划管理"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["region_code", "valid_from"], nulls_distinct=False, name="units_regionmanagement_start"
            ),
            models.UniqueConstraint(
                fields=["region_code"], condition=Q(valid_to__isnull=True), name="units_regionmanagement_one_open"
            ),
        ]

    def __str__(self) -> str:
        """The region and its managing body."""
        return f"{self.region_code} {self.unit_id}"
