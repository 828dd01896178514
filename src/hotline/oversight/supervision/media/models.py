"""Tables of media supervision. The handover's row is the fold of its entries; entries and typed words are only ever
added. Words stand in a table of their own, each version of them.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.rules.media.states import Status
from hotline.tickets.dossiers.models import CODE, EntryColumns, FileColumns


class MediaPartner(models.Model):
    """合作媒体: one partner medium of the city. Nothing is deleted; one that is no partner any more is switched off."""

    name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=16)
    contact = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    on = models.BooleanField(default=True)
    changed_by = models.CharField(max_length=CODE)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Handover(models.Model):
    """媒体移交单: one list as it stands now. State columns carry the names of rules.media.Handover."""

    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    medium = models.ForeignKey(MediaPartner, models.PROTECT, related_name="handovers")
    tickets = ArrayField(models.CharField(max_length=CODE), default=list)
    units = ArrayField(models.CharField(max_length=CODE), default=list)
    supervision = models.PositiveIntegerField(null=True, help_text="the media supervision it belongs to")
    hand_on = models.DateField(null=True)
    writers = ArrayField(models.CharField(max_length=CODE), default=list)
    year = models.PositiveSmallIntegerField(null=True, help_text="of its number")
    serial = models.PositiveIntegerField(null=True, help_text="gapless in its year, drawn when it is agreed to")
    due_at = models.DateTimeField(null=True)
    waiting = models.JSONField(default=dict, help_text="units whose answer lies with the office, with its author")
    released = ArrayField(models.CharField(max_length=CODE), default=list)
    missing = ArrayField(models.CharField(max_length=CODE), default=list, help_text="units that owe an answer")
    send_backs = models.PositiveIntegerField(default=0)
    publications = models.PositiveIntegerField(default=0)
    follow_ups = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=CODE, blank=True, default="")
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    title = models.TextField(help_text="what the medium is told")
    grounds = models.TextField()
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()
    late_at = models.DateTimeField(null=True, help_text="when the platform noted that its date has passed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "serial"], name="handover_number_once", condition=Q(serial__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="handover_newest"),
            models.Index(fields=["due_at"], name="handover_due", condition=Q(status=Status.HANDED.value, late_at=None)),
            models.Index(fields=["supervision"], name="handover_supervision"),
            GinIndex(fields=["units"], name="handover_units"),
            GinIndex(fields=["tickets"], name="handover_tickets"),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class HandoverEntry(EntryColumns):
    """移交记录: one line of the history, for good."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="entries")
    unit = models.CharField(max_length=CODE, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="keyed digest of what was typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "seq"], name="handover_gapless")]

    def __str__(self) -> str:
        return f"{self.handover_id}#{self.seq} {self.deed}"


class HandoverText(models.Model):
    """Words typed with an entry: what is told and why, a publication's title and place, an answer, a reason."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    title = models.TextField(blank=True, default="")
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "seq"], name="handover_text_once")]

    def __str__(self) -> str:
        return f"words of {self.handover_id}#{self.seq}"


class HandoverFile(FileColumns):
    """刊播材料: a page or a picture of what was published."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "sha256"], name="handover_file_once")]
        indexes = [models.Index(fields=["sha256"], name="handover_file")]

    def __str__(self) -> str:
        return f"file of {self.handover_id}#{self.seq}"


class HandoverNumber(models.Model):
    """移交单号: the last number drawn in each year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
