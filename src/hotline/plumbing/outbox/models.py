"""What goes out by e-mail, short message or webhook. Address and words stand here only as long as they are needed:
they are cleared after sending, by the operator's setting; what stays tells that something was sent, not to whom.
"""

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far a message has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class OutgoingMessage(models.Model):
    """One message to one address. `key` names what is told to whom: a second of the same key is never made."""

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=16)
    about = models.CharField(max_length=40, blank=True)
    to = models.CharField(max_length=500, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="sent, given up or cancelled")
    reason = models.CharField(max_length=40, blank=True, help_text="a code: why the last attempt failed")
    error = models.TextField(blank=True, help_text="what the other side said, personal data masked")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="outbox_known_state")]
        indexes = [
            models.Index(fields=["not_before"], name="outbox_open", condition=Q(state__in=["waiting", "sending"])),
            models.Index(fields=["-id"], name="outbox_failed", condition=Q(state="failed")),
            models.Index(fields=["ended_at"], name="outbox_to_clear", condition=~Q(to="")),
            models.Index(fields=["about"], name="outbox_about"),
        ]

    def __str__(self) -> str:
        """Never whom it goes to."""
        return f"{self.channel} {self.about} {self.state}"
