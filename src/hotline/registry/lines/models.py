"""How requests come in and which words staff choose from when they decline, return, extend or close.

Merged lines keep their number under one of three modes (国办发〔2020〕53号).
"""

from django.db import models
from django.utils.translation import gettext, gettext_noop

from hotline.registry.dated import Bilingual, Dated, DatedQuerySet


class MergeMode(models.TextChoices):
    """归并方式."""

    OWN = "own", gettext_noop("本号")
    ABSORBED = "absorbed", gettext_noop("整体并入")
    DUAL_NUMBER = "dual_number", gettext_noop("双号并行")
    SUB_CENTRE = "sub_centre", gettext_noop("设分中心")


class ReasonList(models.TextChoices):
    """理由清单; the values are what the acts in hotline.rules ask for."""

    NOT_ACCEPTED = "not_accepted", gettext_noop("不予受理")
    EMERGENCY_LINE = "emergency_line", gettext_noop("紧急转接")
    RETURN = "return", gettext_noop("退单")
    EXTENSION = "extension", gettext_noop("延期")
    PAUSE = "pause", gettext_noop("暂停计时")
    DISSATISFIED = "dissatisfied", gettext_noop("不满意原因")
    NO_CALLBACK = "no_callback", gettext_noop("免回访")
    CLOSE = "close", gettext_noop("办结原因")
    PARK = "park", gettext_noop("挂账")
    VOID = "void", gettext_noop("作废")
    EXCLUSION = "exclusion", gettext_noop("考核剔除")
    REVIEW_CHECKLIST = "review_checklist", gettext_noop("审核要点")
    REVIEW_GRADE = "review_grade", gettext_noop("结果评级")
    BANNED_PHRASE = "banned_phrase", gettext_noop("答复禁用语")
    SHIFT = "shift", gettext_noop("班次")


class Channel(Bilingual):
    """受理渠道: two letters that enter the ticket number."""

    code = models.CharField("代码", max_length=2, primary_key=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "受理渠道"


class SourceLine(Dated, Bilingual):
    """来源热线: the number the citizen rang, and the unit that owned it."""

    number = models.CharField("号码", max_length=12, primary_key=True)
    merge_mode = models.CharField("归并方式", max_length=12, choices=MergeMode)
    unit_code = models.CharField("主管单位", max_length=24)

    objects = DatedQuerySet["SourceLine"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "来源热线"

    @property
    def merge_mode_label(self) -> str:
        """The mode in the reader's language."""
        return gettext(MergeMode(self.merge_mode).label)


class Tag(Dated, Bilingual):
    """标签: a mark across categories."""

    code = models.CharField("代码", max_length=24, primary_key=True)

    objects = DatedQuerySet["Tag"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "标签"


class ReasonCode(Dated, Bilingual):
    """One reason of one list; for declined requests the note names the legal channel."""

    list = models.CharField("清单", max_length=20, choices=ReasonList)
    code = models.CharField("代码", max_length=24)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    note_en = models.CharField("英文说明", max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField("次序", default=0)

    objects = DatedQuerySet["ReasonCode"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "理由"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["list", "code"], name="lines_reasoncode_list_code"),
        ]
