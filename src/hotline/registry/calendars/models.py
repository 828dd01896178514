"""Exceptional days, office hours and the rule profiles (规则方案) that deadlines are counted by.

A stored profile never changes: a ticket keeps the version it was opened under. A new rule is a new version.
"""

from django.db import models
from django.utils.translation import gettext_noop

from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord

__all__ = [
    "CalendarDay",
    "CalendarStamp",
    "DaySource",
    "OfficeShift",
    "ProfileInForce",
    "PublishedYear",
    "RuleDraft",
    "RuleRecord",
    "StoredProfile",
]


class DaySource(models.TextChoices):
    """Where a day's row came from: the State Council's notice, or the city's own decision."""

    NOTICE = "notice", gettext_noop("放假通知")
    CITY = "city", gettext_noop("本市决定")


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, a make-up working day, a closure (`DayKind`).

    A day the city has decided on keeps what the notice says of it in `under_…`, for when the decision is taken back.
    """

    date = models.DateField("日期", primary_key=True)
    kind = models.CharField("类型", max_length=8)
    name = models.CharField("名称", max_length=40, blank=True, default="")
    source = models.CharField("来源", max_length=8, choices=DaySource, default=DaySource.NOTICE)
    under_kind = models.CharField("通知所定", max_length=8, blank=True, default="")
    under_name = models.CharField("通知名称", max_length=40, blank=True, default="")
    active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "特殊日期"

    def __str__(self) -> str:
        """The day and its festival."""
        return f"{self.date} {self.name}"


class PublishedYear(models.Model):
    """A year whose holiday notice is loaded; deadlines in other years are provisional."""

    year = models.PositiveSmallIntegerField("年份", primary_key=True)
    source = models.CharField("来源", max_length=200)
    loaded_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = verbose_name_plural = "已公布年份"

    def __str__(self) -> str:
        """The year."""
        return str(self.year)


class OfficeShift(models.Model):
    """One span of office hours."""

    starts = models.TimeField("上班", primary_key=True)
    ends = models.TimeField("下班")
    active = models.BooleanField("有效", default=True)
    decided_here = models.BooleanField("页面发布", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "上班时间"

    def __str__(self) -> str:
        """The span."""
        return f"{self.starts:%H:%M}-{self.ends:%H:%M}"


class StoredProfile(models.Model):
    """One version of a rule profile, as it was read from the city's files or published on the page.

    `marks` are the evidence marks by setting: {"limits.reply.default": ["V", "合肥报道"]}.
    """

    key = models.CharField("方案", max_length=40)
    version = models.PositiveIntegerField("版本")
    effective_from = models.DateField("生效日期")
    body = models.JSONField("内容")
    marks = models.JSONField("依据标记", default=dict)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "规则方案"
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="calendars_storedprofile_version")]

    def __str__(self) -> str:
        """Key and version."""
        return f"{self.key}@{self.version}"


class ProfileInForce(models.Model):
    """From which day on the city goes by which profile."""

    starts_on = models.DateField("起用日期", primary_key=True)
    key = models.CharField("方案", max_length=40)
    active = models.BooleanField("有效", default=True)
    decided_here = models.BooleanField("页面发布", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "方案启用"

    def __str__(self) -> str:
        """The day and the profile."""
        return f"{self.starts_on} {self.key}"


class CalendarStamp(models.Model):
    """One row whose token is new after every change of days, hours or profiles, so that processes may cache."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=16)

    class Meta:
        verbose_name = verbose_name_plural = "日历版本"

    def __str__(self) -> str:
        """The token."""
        return self.token
