"""Tables of supervision. The row is the fold of its entries; entries and grounds are only ever added.

Words typed stand in a table of their own, as with tickets, so that they can be erased while the history stays whole.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.rules.supervision import Status
from hotline.rules.supervision.states import LIVE
from hotline.tickets.dossiers.models import CODE, EntryColumns, FileColumns

LIVE_STATUSES = Q(status__in=sorted(LIVE))


class Supervision(models.Model):
    """督办: one supervision as it stands now. State columns carry the names of rules.supervision.Supervised.

    `number` is the ticket of a kind that is about one; tickets of a campaign stand in SupervisedTicket.
    """

    kind = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=CODE, blank=True, default="", help_text="the ticket's number")
    title = models.CharField(max_length=200, blank=True, default="")
    causes = ArrayField(models.CharField(max_length=CODE), default=list)
    owner = models.CharField(max_length=CODE, blank=True, default="")
    units = ArrayField(models.CharField(max_length=CODE), default=list)
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    reported = ArrayField(models.CharField(max_length=CODE), default=list)
    signed = ArrayField(models.CharField(max_length=CODE), default=list)
    tickets = models.PositiveIntegerField(default=0)
    send_backs = models.PositiveIntegerField(default=0)
    revealed = models.BooleanField(default=False)
    outcome = models.CharField(max_length=CODE, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()
    paper_year = models.PositiveSmallIntegerField(null=True, help_text="of its notice's number")
    paper_no = models.PositiveIntegerField(null=True, help_text="gapless in its kind and year, drawn when it is opened")
    profile = models.CharField(max_length=64, blank=True, default="")
    late_at = models.DateTimeField(null=True, help_text="when the platform noted that its date has passed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "kind"], name="supervision_one_live", condition=LIVE_STATUSES & ~Q(number="")
            ),
            models.UniqueConstraint(
                fields=["kind", "paper_year", "paper_no"],
                name="supervision_paper_once",
                condition=Q(paper_no__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "status", "-id"], name="supervision_live", condition=LIVE_STATUSES),
            models.Index(fields=["kind", "-id"], name="supervision_newest"),
            models.Index(fields=["number"], name="supervision_number"),
            models.Index(
                fields=["due_at"],
                name="supervision_due",
                condition=Q(status=Status.OPEN.value, late_at=None),
            ),
            GinIndex(fields=["units"], name="supervision_units"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.pk}"


class SupervisionEntry(EntryColumns):
    """督办记录: one line of the history, for good."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="entries")
    unit = models.CharField(max_length=CODE, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="", help_text="keyed digest of what was typed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supervision", "seq"], name="supervision_gapless")]

    def __str__(self) -> str:
        return f"{self.supervision_id}#{self.seq} {self.deed}"


class SupervisionText(models.Model):
    """Words typed with an entry; the entry keeps only their digest."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    body = models.TextField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supervision", "seq"], name="supervision_text_once")]

    def __str__(self) -> str:
        return f"words of {self.supervision_id}#{self.seq}"


class Ground(models.Model):
    """督办依据: one occasion of one cause on one ticket, taken up once and never again. Append-only."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="grounds")
    number = models.CharField(max_length=CODE)
    kind = models.CharField(max_length=16)
    key = models.CharField(max_length=64, help_text="the cause and what tells this occasion from others")
    cause = models.CharField(max_length=CODE)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "kind", "key"], name="ground_once")]
        indexes = [models.Index(fields=["supervision"], name="ground_supervision")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.key}"


class SupervisedTicket(models.Model):
    """专项督办工单: one ticket of a campaign, as it stood when it was taken in."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="supervised")
    number = models.CharField(max_length=CODE)
    unit = models.CharField(max_length=CODE, blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supervision", "number"], name="supervised_once")]
        indexes = [models.Index(fields=["number"], name="supervised_number")]

    def __str__(self) -> str:
        return f"{self.supervision_id} {self.number}"


class SupervisionFile(FileColumns):
    """督办佐证: one file given with a report or by a supervisor."""

    supervision = models.ForeignKey(Supervision, models.PROTECT, related_name="files")
    added_by = models.CharField(max_length=CODE)
    unit = models.CharField(max_length=CODE, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supervision", "sha256"], name="supervision_file_once")]
        indexes = [models.Index(fields=["sha256"], name="supervision_file")]

    def __str__(self) -> str:
        return f"file of {self.supervision_id}#{self.seq}"


class PaperNumber(models.Model):
    """督办单号: the last number drawn for each kind and year."""

    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="paper_number_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"


class Criticism(models.Model):
    """拟通报批评: proposed by the platform after an ignored written notice; a supervisor takes it up or lets it be.

    It is never issued by itself: who takes it up drafts a 通报 for others to check and sign.
    """

    number = models.CharField(max_length=CODE, help_text="the ticket's number")
    seq = models.PositiveIntegerField(help_text="the entry of its ledger that proposed it")
    unit = models.CharField(max_length=CODE)
    clock = models.CharField(max_length=CODE)
    due_at = models.DateTimeField()
    proposed_at = models.DateTimeField()
    taken = models.BooleanField(null=True, help_text="None until decided")
    reason = models.TextField(blank=True, default="")
    decided_by = models.CharField(max_length=CODE, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "seq"], name="criticism_once")]
        indexes = [
            models.Index(fields=["-id"], name="criticism_open", condition=Q(taken=None)),
            models.Index(fields=["unit", "-id"], name="criticism_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.number}"
