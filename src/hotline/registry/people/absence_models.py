"""请假代签: who is away from when to when and who signs meanwhile. The roles lent are grants that name the absence."""

from django.db import models

from hotline.registry.dated import Dated, DatedQuerySet


class Absence(Dated):
    """One time away with one stand-in. It never gets longer; called back, it ends earlier."""

    person = models.ForeignKey("people.User", models.PROTECT, related_name="absences", verbose_name="请假人")
    stand_in = models.ForeignKey("people.User", models.PROTECT, related_name="stands_in", verbose_name="代签人")
    reason = models.CharField("事由", max_length=100)
    named_at = models.DateTimeField("登记时间")
    recalled_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = DatedQuerySet["Absence"].as_manager()

    class Meta(Dated.Meta):
        verbose_name = verbose_name_plural = "请假代签"

    def __str__(self) -> str:
        """Who for whom."""
        return f"{self.stand_in_id} for {self.person_id}"
