"""重算时限: one round over the open tickets, why, how far it has come and what could not be counted.

Supervisors read it after publishing a calendar or switching an emergency; a killed worker's round goes on from here.
"""

from django.db import models


class Recomputation(models.Model):
    """One round. `cause` is what every event of it carries; without dates all running clocks are looked at."""

    cause = models.CharField(max_length=64)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    asked_by = models.CharField(max_length=32)
    asked_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0, help_text="the last ticket looked at")
    checked = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="[[ticket number, what went wrong]]")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="recomputation_unfinished", condition=models.Q(finished_at=None))]

    def __str__(self) -> str:
        """Why."""
        return self.cause
