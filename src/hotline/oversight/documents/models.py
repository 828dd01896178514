"""Tables of documents. The row is the fold of its entries; entries and typed words are only ever added.

Words typed stand in a table of their own with every version of title and text, so that what was checked can be told
from what was signed.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.rules.documents.states import ON_ITS_WAY
from hotline.tickets.dossiers.models import CODE, EntryColumns, FileColumns


class Document(models.Model):
    """公文: one document as it stands now. State columns carry the names of rules.documents.Document."""

    kind = models.CharField(max_length=24)
    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    about = models.CharField(max_length=CODE, blank=True, default="", help_text="what it follows from")
    about_key = models.CharField(max_length=CODE, blank=True, default="")
    recipients = ArrayField(models.CharField(max_length=CODE), default=list)
    copies = ArrayField(models.CharField(max_length=CODE), default=list)
    sent_to = models.CharField(max_length=200, blank=True, default="", help_text="readers above the city's units")
    writers = ArrayField(models.CharField(max_length=CODE), default=list)
    year = models.PositiveSmallIntegerField(null=True, help_text="of its number")
    serial = models.PositiveIntegerField(null=True, help_text="gapless in its kind and year, drawn when it is signed")
    signer = models.CharField(max_length=50, blank=True, default="")
    signed_on = models.DateField(null=True)
    signed_by = models.CharField(max_length=CODE, blank=True, default="", help_text="who recorded the signature")
    prints = models.PositiveSmallIntegerField(null=True, help_text="how many copies were sealed")
    issued_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=200)
    body = models.TextField()
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "serial"], name="document_number_once", condition=Q(serial__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "-id"], name="document_on_its_way", condition=Q(status__in=sorted(ON_ITS_WAY))
            ),
            models.Index(fields=["kind", "-id"], name="document_newest"),
            models.Index(fields=["about", "about_key"], name="document_about"),
            GinIndex(fields=["recipients"], name="document_recipients"),
            GinIndex(fields=["copies"], name="document_copies"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DocumentEntry(EntryColumns):
    """公文记录: one line of the history, for good."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="entries")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="keyed digest of what was typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="document_gapless")]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.seq} {self.deed}"


class DocumentText(models.Model):
    """Words typed with an entry: a version of title and text, or a reason. The entry keeps only their digest."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "seq"], name="document_text_once")]

    def __str__(self) -> str:
        return f"words of {self.document_id}#{self.seq}"


class DocumentFile(FileColumns):
    """签批页: the signed page as it was scanned."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "sha256"], name="document_file_once")]
        indexes = [models.Index(fields=["sha256"], name="document_file")]

    def __str__(self) -> str:
        return f"file of {self.document_id}#{self.seq}"


class DocumentNumber(models.Model):
    """发文字号: the last number drawn for each kind and year."""

    kind = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="document_last_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"
