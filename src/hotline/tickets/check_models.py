"""What each examination of the ledger found, so that auditors need not be at the command line to know it."""

from django.db import models


class LedgerCheck(models.Model):
    """台账核对: one examination, how much it looked at, and how many findings it had; the first of them in full."""

    at = models.DateTimeField()
    since = models.DateTimeField(null=True, help_text="only tickets with something new after it; blank: all")
    tickets = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    anchored = models.PositiveBigIntegerField()
    last_anchor = models.CharField(max_length=64, blank=True)
    findings = models.PositiveIntegerField()
    first = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="ledger_check_newest")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.findings}"
