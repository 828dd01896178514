"""Tables of leaders' instructions. The row is the fold of its entries; entries, typed words, files and readings are
only ever added.

Words stand in a table of their own, so that nothing which lists or counts instructions ever touches them.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from hotline.registry.dated import Dated, DatedQuerySet
from hotline.rules.instructions.states import LIVE
from hotline.tickets.dossiers.models import CODE, EntryColumns, FileColumns


class Leader(Dated):
    """领导名录: who may give instructions, in the order in which they are named. A row ends; names never change."""

    name = models.CharField("姓名", max_length=50)
    position = models.CharField("职务", max_length=100)
    order = models.PositiveSmallIntegerField("排序", default=0)

    objects = DatedQuerySet["Leader"].as_manager()

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["order", "id"], name="leader_order")]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class Instruction(models.Model):
    """批示件: one instruction as it stands now. State columns carry the names of rules.instructions.Instruction."""

    leader = models.ForeignKey(Leader, models.PROTECT, related_name="instructions")
    status = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=0)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(help_text="gapless in its year")
    given_on = models.DateField()
    due_at = models.DateTimeField()
    readers = ArrayField(models.CharField(max_length=CODE), default=list, help_text="accounts of the people named")
    tickets = ArrayField(models.CharField(max_length=CODE), default=list)
    units = ArrayField(models.CharField(max_length=CODE), default=list)
    reported = ArrayField(models.CharField(max_length=CODE), default=list)
    accepted = ArrayField(models.CharField(max_length=CODE), default=list)
    send_backs = models.PositiveSmallIntegerField(default=0)
    proposed_by = models.CharField(max_length=CODE, blank=True, default="")
    presented_by = models.CharField(max_length=CODE, blank=True, default="")
    presented_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    last_at = models.DateTimeField()
    soon_at = models.DateTimeField(null=True, help_text="when people were reminded that the last day has come")
    late_at = models.DateTimeField(null=True, help_text="when it was noted that the date has passed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="instruction_number_once")]
        indexes = [
            models.Index(fields=["due_at"], name="instruction_live", condition=Q(status__in=sorted(LIVE))),
            GinIndex(fields=["readers"], name="instruction_readers"),
            GinIndex(fields=["units"], name="instruction_units"),
        ]

    def __str__(self) -> str:
        return f"instruction {self.year}/{self.serial}"


class Ask(models.Model):
    """分办: until when one unit is asked; what it is asked stands with the words."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="asks")
    unit = models.CharField(max_length=CODE)
    due_at = models.DateTimeField()
    reported = models.BooleanField(default=False)
    soon_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instruction", "unit"], name="instruction_ask_once")]
        indexes = [models.Index(fields=["due_at"], name="instruction_ask_owed", condition=Q(reported=False))]

    def __str__(self) -> str:
        return f"{self.instruction_id} asks {self.unit}"


class InstructionEntry(EntryColumns):
    """批示记录: one line of the history, for good."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="entries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instruction", "seq"], name="instruction_gapless")]

    def __str__(self) -> str:
        return f"{self.instruction_id}#{self.seq} {self.deed}"


class InstructionText(models.Model):
    """Words typed with an entry, each with the keyed digest that proves them; of a distribution one for each unit."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="texts")
    seq = models.PositiveIntegerField()
    unit = models.CharField(max_length=CODE, blank=True, default="", help_text="the unit that reads it too")
    body = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instruction", "seq", "unit"], name="instruction_text_once")]

    def __str__(self) -> str:
        return f"words of {self.instruction_id}#{self.seq}"


class InstructionFile(FileColumns):
    """扫描件: what came with an entry. A unit reads those of its own."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="files")
    seq = models.PositiveIntegerField(help_text="the entry it came with")
    unit = models.CharField(max_length=CODE, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instruction", "sha256"], name="instruction_file_once")]
        indexes = [models.Index(fields=["sha256"], name="instruction_file")]

    def __str__(self) -> str:
        return f"file of {self.instruction_id}#{self.seq}"


class Reading(models.Model):
    """阅看记录: somebody has read the words, or opened a scan, at that moment and in that way."""

    instruction = models.ForeignKey(Instruction, models.PROTECT, related_name="readings")
    person = models.CharField(max_length=CODE)
    at = models.DateTimeField()
    way = models.CharField(max_length=8, help_text="page, api or file")

    class Meta:
        indexes = [models.Index(fields=["instruction", "-id"], name="instruction_readings")]

    def __str__(self) -> str:
        return f"{self.person} read {self.instruction_id}"


class InstructionNumber(models.Model):
    """批示编号: the last number drawn for each year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year} {self.last}"
