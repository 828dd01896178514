"""Which reaction has run for which event: a job taken up from a killed worker must not send a message twice."""

from django.db import models


class ReactionRun(models.Model):
    """One reaction to one event. `done_at` empty means it failed so far, and `error` says why."""

    subject = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    reaction = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq", "reaction"], name="reaction_runs_once"),
        ]
        indexes = [
            models.Index(fields=["id"], name="reaction_failed", condition=models.Q(done_at=None)),
            models.Index(fields=["done_at"], name="reaction_done_at"),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} {self.subject}#{self.seq}"
