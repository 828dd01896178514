"""Administrative regions (GB/T 2260, with streets and communities) and the city this installation serves.

A region's parent is where it belongs by administrative division; who manages it stands in the units registry.
"""

from django.db import models
from django.utils.translation import gettext, gettext_noop

from hotline.registry.dated import Dated, DatedQuerySet, Spelled


class Level(models.TextChoices):
    """级别."""

    CITY = "city", gettext_noop("市")
    DISTRICT = "district", gettext_noop("县区")
    STREET = "street", gettext_noop("街道乡镇")
    COMMUNITY = "community", gettext_noop("社区村")


class Region(Dated, Spelled):
    """One region; six digits down to the district, nine for a street, twelve for a community."""

    code = models.CharField("区划代码", max_length=12, primary_key=True)
    name = models.CharField("名称", max_length=50)
    short_name = models.CharField("简称", max_length=30)
    level = models.CharField("级别", max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划"
    )

    objects = DatedQuerySet["Region"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "行政区划"

    def __str__(self) -> str:
        """The region's name."""
        return self.name

    @property
    def level_label(self) -> str:
        """The level in the reader's language."""
        return gettext(Level(self.level).label)


class City(models.Model):
    """The city this installation serves: one row."""

    code = models.CharField("行政区划代码", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=30)
    name_en = models.CharField("英文名称", max_length=60)
    short = models.CharField("简码", max_length=10)
    number_prefix = models.CharField("工单编号前缀", max_length=10)
    hotline_name = models.CharField("热线名称", max_length=60)
    hotline_name_en = models.CharField("热线英文名称", max_length=100)
    office_unit_code = models.CharField("热线主管单位", max_length=24)
    root_unit_code = models.CharField("市政府单位", max_length=24)
    service_hours = models.CharField("服务时间", max_length=60)
    data_token = models.CharField("基础数据版本", max_length=16, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "城市"

    def __str__(self) -> str:
        """The city's name."""
        return self.name


class CityLoad(models.Model):
    """One loading of the city's data: when it was, from which folder, and how many rows it added, changed and ended."""

    at = models.DateTimeField("导入时间")
    folder = models.CharField("文件夹", max_length=100)
    changes = models.JSONField("变更", help_text="by table: added, changed, ended")

    class Meta:
        verbose_name = verbose_name_plural = "基础数据导入"

    def __str__(self) -> str:
        """The folder and the moment."""
        return f"{self.folder} {self.at:%Y-%m-%d}"
