"""The category tree (15 first-level, 117 second-level, 500-odd third-level) and the request types.

Two digits name a first level, four a second, six a third; dispatch needs the third (docs/operate/city-data.md).
"""

from django.db import models

from hotline.registry.dated import Bilingual, Dated, DatedQuerySet, Spelled


class Category(Dated, Bilingual, Spelled):
    """One node of the tree; the code of its parent is its own without the last two digits."""

    code = models.CharField("代码", max_length=6, primary_key=True)
    level = models.PositiveSmallIntegerField("层级")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级分类"
    )
    note = models.CharField("说明", max_length=200, blank=True, default="")

    objects = DatedQuerySet["Category"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "事项分类"


class RequestType(Bilingual):
    """诉求类型: the code printed on forms and the name the rules know it by."""

    code = models.CharField("代码", max_length=2, primary_key=True)
    name = models.CharField("标识", max_length=20, unique=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "诉求类型"
