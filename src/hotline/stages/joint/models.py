"""Tables of disputes. The row is the fold of its entries; entries, typed words and signed pages are only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.rules.joint.states import UNSETTLED
from hotline.tickets.dossiers.models import CODE, EntryColumns, FileColumns


class DisputeFile(models.Model):
    """争议卷: one dispute as it stands now. State columns carry the names of rules.joint.Dispute."""

    ticket_row = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="disputes")
    ticket = models.CharField(max_length=CODE, db_index=True, help_text="its number")
    category = models.CharField(max_length=6, blank=True, default="", help_text="the ticket's when it was opened")
    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    parties = ArrayField(models.CharField(max_length=CODE), default=list)
    staffing = models.CharField(max_length=CODE, null=True)
    justice = models.CharField(max_length=CODE, null=True)
    observer = models.CharField(max_length=CODE, null=True)
    form = models.CharField(max_length=16, null=True)
    meets_at = models.DateTimeField(null=True)
    stated = ArrayField(models.CharField(max_length=CODE), default=list)
    opinions = models.JSONField(default=dict)
    proposed = models.CharField(max_length=CODE, null=True)
    tasks = models.JSONField(default=list)
    reusable = models.BooleanField(default=False)
    concluded_by = models.CharField(max_length=CODE, blank=True, default="")
    concluded_seq = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    signer = models.CharField(max_length=50, blank=True, default="")
    signed_on = models.DateField(null=True)
    lead = models.CharField(max_length=CODE, null=True)
    ruled_at = models.DateTimeField(null=True)
    objected = ArrayField(models.CharField(max_length=CODE), default=list)
    objection_open = models.BooleanField(default=False)
    escalated = models.BooleanField(default=False)
    readers = ArrayField(models.CharField(max_length=CODE), default=list, help_text="units that have to do with it")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket_row"], name="joint_one_unsettled", condition=Q(status__in=sorted(UNSETTLED))
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="joint_by_status"),
            models.Index(fields=["category", "-ruled_at"], name="joint_past_rulings"),
            GinIndex(fields=["readers"], name="joint_readers"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket} {self.status}"


class JointEntry(EntryColumns):
    """会办记录: one line of the history, for good. Append-only by trigger and by the application role's rights."""

    dispute = models.ForeignKey(DisputeFile, models.PROTECT, related_name="entries")
    unit = models.CharField(max_length=CODE, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="keyed digest of what was typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "seq"], name="joint_gapless")]

    def __str__(self) -> str:
        return f"{self.dispute_id}#{self.seq} {self.deed}"


class JointText(models.Model):
    """Words typed with an entry, by what they are. The entry keeps only their digest."""

    dispute = models.ForeignKey(DisputeFile, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    field = models.CharField(max_length=CODE)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "seq", "field"], name="joint_text_once")]

    def __str__(self) -> str:
        return f"{self.field} of {self.dispute_id}#{self.seq}"


class JointPage(FileColumns):
    """签批页: the signed minutes as they were scanned; the file lies with the tickets' attachments."""

    dispute = models.ForeignKey(DisputeFile, models.PROTECT, related_name="pages")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "sha256"], name="joint_page_once")]
        indexes = [models.Index(fields=["sha256"], name="joint_page")]

    def __str__(self) -> str:
        return f"page of {self.dispute_id}#{self.seq}"
