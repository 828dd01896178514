"""Tables of precedents. The row is the fold of its entries; entries and typed words are only ever added."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.rules.precedents.states import HOLDS, Status
from hotline.tickets.dossiers.models import CODE, EntryColumns

NOT_DROPPED = Q(status__in=sorted(status.value for status in Status if status is not Status.DROPPED))


class Precedent(models.Model):
    """先例: one as it stands now. State columns carry the names of rules.precedents.Precedent."""

    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    dispute = models.PositiveIntegerField(help_text="the file in which it was ruled")
    ticket = models.CharField(max_length=CODE, db_index=True)
    parties = ArrayField(models.CharField(max_length=CODE), default=list)
    helpers = ArrayField(models.CharField(max_length=CODE), default=list)
    lead = models.CharField(max_length=CODE)
    staffing = models.CharField(max_length=CODE)
    rule = models.JSONField(null=True, help_text="the edition in the directory, as the entry keeps it")
    pending = models.JSONField(null=True, help_text="what the staffing office is asked to agree to")
    edition = models.PositiveSmallIntegerField(default=0)
    year = models.PositiveSmallIntegerField(null=True, help_text="of its number")
    serial = models.PositiveIntegerField(null=True, help_text="gapless in its year, drawn when it is agreed to")
    writers = ArrayField(models.CharField(max_length=CODE), default=list)
    challenger = models.CharField(max_length=CODE, null=True)
    heard = ArrayField(models.CharField(max_length=CODE), default=list)
    warned = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField()
    made_at = models.DateTimeField()
    title = models.CharField(max_length=100, help_text="what it is about")
    told = models.TextField(help_text="title, words and basis in plain letters, for searching")
    terms = ArrayField(models.CharField(max_length=40), default=list, help_text="pairs of characters of `told`")
    categories = ArrayField(models.CharField(max_length=6), default=list)
    rule_id = models.CharField(max_length=12, blank=True, default="", help_text="its number in the directory")
    ends_on = models.DateField(null=True, help_text="the first day on which it holds no more")
    readers = ArrayField(models.CharField(max_length=CODE), default=list, help_text="units that read the draft")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute"], name="precedent_once", condition=NOT_DROPPED),
            models.UniqueConstraint(
                fields=["year", "serial"], name="precedent_number_once", condition=Q(serial__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="precedent_newest"),
            models.Index(
                fields=["ends_on"],
                name="precedent_ends",
                condition=Q(status__in=sorted(status.value for status in HOLDS)),
            ),
            GinIndex(fields=["terms"], name="precedent_terms"),
        ]

    def __str__(self) -> str:
        return f"precedent {self.pk}"


class PrecedentEntry(EntryColumns):
    """先例记录: one line of the history, for good."""

    precedent = models.ForeignKey(Precedent, models.PROTECT, related_name="entries")
    unit = models.CharField(max_length=CODE, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="keyed digest of what was typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["precedent", "seq"], name="precedent_gapless")]

    def __str__(self) -> str:
        return f"{self.precedent_id}#{self.seq} {self.deed}"


class PrecedentText(models.Model):
    """Words typed with an entry: a reason, the basis of a challenge, the office's answer."""

    precedent = models.ForeignKey(Precedent, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["precedent", "seq"], name="precedent_text_once")]

    def __str__(self) -> str:
        return f"words of {self.precedent_id}#{self.seq}"


class PrecedentNumber(models.Model):
    """裁定号: the last number drawn in each year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
