"""One notice to one person. Only codes and numbers are kept: words are made when it is read.

`about` is blank for an entry of a ticket's ledger; otherwise it names what `number` and `seq` belong to.
"""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """消息提醒: which event of which ticket, for whom, and when it was read."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=32)
    about = models.CharField(max_length=16, blank=True, default="", help_text="blank for a ticket")
    number = models.CharField(max_length=32, help_text="the ticket's number, or the key of what it is about")
    seq = models.PositiveIntegerField(help_text="the entry of its ledger or history")
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "about", "number", "seq"], name="notice_one_for_each"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_newest"),
            models.Index(fields=["recipient", "-id"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["made_at"], name="notice_made_at"),
        ]

    def __str__(self) -> str:
        """What it tells of which ticket."""
        return f"{self.kind} {self.number}#{self.seq}"
