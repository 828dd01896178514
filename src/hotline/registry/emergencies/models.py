"""应急状态 as rows: every unit's limits depend on them, so nothing is deleted and every act on one is written down.

A period is looked at by every clock; the stamp tells the processes that one began, moved or ended.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

CODE = 32


class EmergencyPeriod(models.Model):
    """One emergency. Empty lists mean every matter and every place."""

    name = models.CharField("名称", max_length=30)
    reason = models.TextField("原因", max_length=400)
    public = models.BooleanField("原因可以公开", default=False)
    start = models.DateTimeField("启用时间")
    planned_end = models.DateTimeField("计划结束时间")
    ended_at = models.DateTimeField("解除时间", null=True)
    categories = ArrayField(models.CharField(max_length=6), default=list, verbose_name="事项分类")
    regions = ArrayField(models.CharField(max_length=12), default=list, verbose_name="区划")
    tags = ArrayField(models.CharField(max_length=24), default=list, db_default=[], verbose_name="标签")
    switched_on_by = models.CharField("启用人", max_length=CODE)
    switched_on_at = models.DateTimeField("操作时间")
    confirmed_by = models.CharField("确认人", max_length=CODE, blank=True, default="")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    start_counted = models.BooleanField("启用已重算", default=False)
    end_counted = models.BooleanField("结束已重算", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "应急状态"
        constraints = [
            models.CheckConstraint(condition=Q(planned_end__gt=F("start")), name="emergency_ends_after_start"),
            models.CheckConstraint(condition=~Q(confirmed_by=F("switched_on_by")), name="emergency_second_person"),
        ]
        indexes = [
            models.Index(fields=["start"], name="emergency_to_begin", condition=Q(start_counted=False)),
            models.Index(fields=["planned_end"], name="emergency_to_end", condition=Q(end_counted=False)),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class EmergencyEntry(models.Model):
    """One act on an emergency: who, when, what it was before and after. Append-only by trigger."""

    period = models.ForeignKey(EmergencyPeriod, models.PROTECT, related_name="entries")
    act = models.CharField("事项", max_length=CODE)
    at = models.DateTimeField("时间")
    actor = models.CharField("人员", max_length=CODE)
    details = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "应急状态记录"

    def __str__(self) -> str:
        """The act and the emergency."""
        return f"{self.act} {self.period_id}"


class TaskForce(models.Model):
    """专班: a temporary unit of an emergency. The unit's own row says until when tickets are sent to it."""

    period = models.ForeignKey(EmergencyPeriod, models.PROTECT, related_name="forces")
    unit = models.CharField("单位代码", max_length=24, unique=True)
    name = models.CharField("名称", max_length=20)
    first_day = models.DateField("起始日期")
    last_day = models.DateField("最后一天")
    opened_by = models.CharField("设立人", max_length=CODE)
    opened_at = models.DateTimeField("设立时间")
    closed_by = models.CharField("结束人", max_length=CODE, blank=True, default="")
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "专班"

    def __str__(self) -> str:
        """The name."""
        return self.name


class EmergencyStamp(models.Model):
    """One row whose token is new after every change, so that processes may keep the periods."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=16)

    class Meta:
        verbose_name = verbose_name_plural = "应急状态版本"

    def __str__(self) -> str:
        """The token."""
        return self.token
