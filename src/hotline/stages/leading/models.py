"""Samples of agents' work with what was found, and the sheets by which one shift hands over to the next."""

from django.db import models
from django.db.models import Q

CODE = 32


class QualityCheck(models.Model):
    """质量抽检: one ticket of one agent and one day, drawn by the platform; a leader looks at it once."""

    day = models.DateField()
    number = models.CharField(max_length=CODE)
    agent = models.CharField(max_length=CODE)
    answered = models.BooleanField(default=False)
    drawn_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    checked_by = models.CharField(max_length=CODE, blank=True, default="")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "number", "agent"], name="quality_drawn_once")]
        indexes = [
            models.Index(fields=["day", "id"], name="quality_open", condition=Q(checked_at=None)),
            models.Index(fields=["agent", "-checked_at"], name="quality_of_agent"),
            models.Index(fields=["-checked_at"], name="quality_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.number}"


class ShiftSheet(models.Model):
    """交班单: what one shift left, frozen when it was handed over, and who took it over."""

    day = models.DateField()
    shift = models.CharField(max_length=CODE)
    given_by = models.CharField(max_length=CODE)
    given_at = models.DateTimeField()
    notes = models.TextField(blank=True, default="")
    left = models.JSONField(default=dict)
    accepted_by = models.CharField(max_length=CODE, blank=True, default="")
    accepted_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "shift"], name="shift_handed_once")]
        indexes = [models.Index(fields=["-given_at"], name="shift_newest")]

    def __str__(self) -> str:
        return f"{self.day} {self.shift}"
