"""The table of attachments. The file itself lies beside the database under its digest; this row says whose it is.

Removing and erasing leave the row: that a file was there stays known, what it showed and how it was called does not.
"""

from django.db import models
from django.db.models import Q

CODE = 32


class Attachment(models.Model):
    """附件: one file on one ticket, as the ledger's entry `seq` recorded it."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="attachments")
    seq = models.PositiveIntegerField(help_text="the ledger entry that added it")
    name = models.CharField(max_length=200, blank=True, help_text="as given; never in ledger, logs or addresses")
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=CODE)
    visible_to = models.CharField(max_length=CODE)
    uploaded_by = models.CharField(max_length=CODE)
    role = models.CharField(max_length=CODE)
    unit = models.CharField(max_length=CODE, blank=True)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=CODE, blank=True)
    removed_seq = models.PositiveIntegerField(null=True, help_text="the ledger entry that removed it, with the reason")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="attachment_once_an_act"),
            models.UniqueConstraint(
                fields=["ticket", "sha256"],
                name="attachment_once_a_ticket",
                condition=Q(removed_at=None, erased_at=None),
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="attachment_file")]

    def __str__(self) -> str:
        return f"attachment {self.ticket_id}#{self.seq}"
