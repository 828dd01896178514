"""What citizens were told and whom the platform rang. Numbers and words stand in the outbox while they are needed;
here is kept which kind of message belongs to which event, and why one did not leave.
"""

from django.db import models
from django.db.models import Q

from hotline.rules.citizens.kinds import Kind, Withheld
from hotline.rules.duty.ringing import Step

CODE = 32


class CitizenMessage(models.Model):
    """One message to the requester of the ticket `number`, because of an entry of the ledger of `cause`: the same
    ticket, or the one it was joined with.
    """

    number = models.CharField(max_length=CODE)
    cause = models.CharField(max_length=CODE)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True)
    withheld = models.CharField(max_length=16, blank=True, default="")
    message_id = models.BigIntegerField(null=True)
    promised_on = models.DateField(null=True)
    digest = models.CharField(
        max_length=64, blank=True, default="", help_text="of the words, so that the same is not said twice running"
    )
    resent_by = models.CharField(max_length=CODE, blank=True, default="")
    resent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "cause", "seq"], name="citizen_message_once"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="citizen_message_kind"),
            models.CheckConstraint(
                condition=Q(withheld__in=["", *(why.value for why in Withheld)]), name="citizen_message_withheld"
            ),
        ]
        indexes = [
            models.Index(fields=["number", "-id"], name="citizen_message_newest"),
            models.Index(fields=["message_id"], name="citizen_message_outgoing", condition=~Q(message_id=None)),
        ]

    def __str__(self) -> str:
        """What was told of which ticket."""
        return f"{self.kind} {self.number}"


class CitizenWording(models.Model):
    """The office's words for one kind of message from a day on; of several for one day the last written holds."""

    kind = models.CharField(max_length=16)
    starts_on = models.DateField()
    on = models.BooleanField(default=True)
    zh = models.TextField(blank=True)
    en = models.TextField(blank=True)
    secret_zh = models.TextField(blank=True)
    secret_en = models.TextField(blank=True)
    written_by = models.CharField(max_length=CODE)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="citizen_wording_kind")
        ]
        indexes = [models.Index(fields=["kind", "-starts_on", "-id"], name="citizen_wording_newest")]

    def __str__(self) -> str:
        """The kind and from when on."""
        return f"{self.kind} {self.starts_on}"


class QuietSetting(models.Model):
    """静默时段 from a day on; of several for one day the last written holds."""

    starts_on = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    written_by = models.CharField(max_length=CODE)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        """From when to when."""
        return f"{self.begins}-{self.ends}"


class NoMessages(models.Model):
    """The requester of this ticket wants no messages about it."""

    number = models.CharField(max_length=CODE, primary_key=True)
    noted_by = models.CharField(max_length=CODE)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        """Which ticket."""
        return self.number


class Ring(models.Model):
    """呼叫值班: one step of ringing for one urgent sign-in. Without a name the roster named nobody."""

    number = models.CharField(max_length=CODE)
    round = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=8)
    unit = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=50, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    rung_at = models.DateTimeField()
    message_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "round", "unit", "step"], name="ring_once_a_step"),
            models.CheckConstraint(condition=Q(step__in=[step.value for step in Step]), name="ring_known_step"),
        ]

    def __str__(self) -> str:
        """Never the number to ring."""
        return f"{self.step} {self.number}"
