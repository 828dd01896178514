"""What intake keeps beside tickets: quick notes of calls that became none, and which tickets came in one call."""

from django.db import models
from django.db.models import Q

CODE = 32


class CallNote(models.Model):
    """快速登记: a call of ten seconds. The number only as keyed digest and its last digits, to warn the next agent."""

    agent = models.CharField(max_length=CODE)
    at = models.DateTimeField()
    kind = models.CharField(max_length=CODE)
    words = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=CODE, blank=True)
    phone_digest = models.CharField(max_length=64, blank=True)
    phone_tail = models.CharField(max_length=4, blank=True)
    token = models.CharField(max_length=80, null=True, unique=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="call_note_newest"),
            models.Index(fields=["phone_digest", "at"], name="call_note_caller", condition=~Q(phone_digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


class SameCall(models.Model):
    """同一来电: a ticket that came in a call with others. `first` is the number of the call's first ticket."""

    ticket = models.OneToOneField("tickets.Ticket", models.PROTECT, related_name="same_call")
    first = models.CharField(max_length=CODE, db_index=True)
    agent = models.CharField(max_length=CODE)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} in the call of {self.first}"
