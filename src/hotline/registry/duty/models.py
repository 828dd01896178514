"""Turns of duty with the numbers at which somebody answers, and addresses of units. Staff data: for the office and the
unit itself. Nothing is deleted: what was planned and who ended it stays on record.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from hotline.rules.duty.roster import DutyKind

CODE = 32
KINDS = [kind.value for kind in DutyKind]


class Planned(models.Model):
    """Who is on duty, planned by whom, and whether it was cancelled."""

    unit = models.CharField(max_length=24)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=50)
    phone = models.CharField(max_length=20)
    made_by = models.CharField(max_length=CODE)
    made_at = models.DateTimeField()
    cancelled_by = models.CharField(max_length=CODE, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Never the number."""
        return f"{self.unit} {self.kind}"


class DutyTurn(Planned):
    """One turn of one person."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="duty_turn_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="duty_turn_order"),
        ]
        indexes = [
            models.Index(fields=["unit", "ends_at"], name="duty_turn_unit", condition=Q(cancelled_at=None)),
            models.Index(fields=["ends_at"], name="duty_turn_ends", condition=Q(cancelled_at=None)),
        ]


class DutyPattern(Planned):
    """每周值班: the same days of every week. The last day is not included."""

    weekdays = ArrayField(models.PositiveSmallIntegerField())
    begins = models.TimeField()
    ends = models.TimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="duty_pattern_kind")]
        indexes = [models.Index(fields=["unit"], name="duty_pattern_unit", condition=Q(cancelled_at=None))]


class UnitAddress(models.Model):
    """A unit's own address for notices and the morning's digest: a shared mailbox, the desk's mobile phone."""

    unit = models.CharField(max_length=24)
    channel = models.CharField(max_length=8)
    to = models.CharField(max_length=200)
    made_by = models.CharField(max_length=CODE)
    made_at = models.DateTimeField()
    ended_by = models.CharField(max_length=CODE, blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["email", "sms"]), name="duty_address_channel"),
            models.UniqueConstraint(
                fields=["unit", "channel", "to"], condition=Q(ended_at=None), name="duty_address_once"
            ),
        ]

    def __str__(self) -> str:
        """Never the address."""
        return f"{self.unit} {self.channel}"
