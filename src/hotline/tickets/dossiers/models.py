"""Columns that the tables of every family have. The tables, their names and their bounds are each family's own."""

from django.db import models

CODE = 32


class EntryColumns(models.Model):
    """One line of a history, for good. Append-only by trigger and by the application role's rights."""

    seq = models.PositiveIntegerField()
    deed = models.CharField(max_length=CODE)
    at = models.DateTimeField()
    actor = models.CharField(max_length=CODE)
    role = models.CharField(max_length=CODE)
    status = models.CharField(max_length=16)
    payload = models.JSONField(default=dict)

    class Meta:
        abstract = True


class FileColumns(models.Model):
    """One file that came with an entry; the file itself lies with the tickets' attachments."""

    seq = models.PositiveIntegerField(help_text="the entry that added it")
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        abstract = True
