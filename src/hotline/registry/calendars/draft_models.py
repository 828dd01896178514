"""Drafts of calendars and rule profiles, and the record of who did what to them, which nobody changes or removes.

Auditors rely on the record: the database refuses updates and removals (migration 0003).
"""

from django.db import models
from django.db.models import Q


class RuleDraft(models.Model):
    """规则草稿: what one supervisor proposes and another one publishes.

    `subject` is the year, the profile's key, or blank; `hands` are all who wrote on it; `edit` grows with every change,
    so that nobody publishes what was changed after the preview.
    """

    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=40, blank=True)
    body = models.JSONField()
    marks = models.JSONField(default=dict)
    source = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="open")
    edit = models.PositiveIntegerField(default=1)
    hands = models.JSONField(default=list)
    drafted_by = models.CharField(max_length=32)
    drafted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_by = models.CharField(max_length=32, blank=True)
    ended_at = models.DateTimeField(null=True)
    rehearsal = models.JSONField(null=True, help_text="the last dry run of a profile")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                name="rule_draft_one_open",
                condition=Q(state="open") & ~Q(kind="city_days"),
            )
        ]

    def __str__(self) -> str:
        """What it would change."""
        return f"{self.kind} {self.subject}".strip()


class RuleRecord(models.Model):
    """One line of the record: who did what to a draft, and what the rules were before and after."""

    at = models.DateTimeField()
    act = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=40, blank=True)
    draft = models.ForeignKey(RuleDraft, models.PROTECT, related_name="record")
    actor = models.CharField(max_length=32)
    role = models.CharField(max_length=32, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["draft", "id"], name="rule_record_draft")]

    def __str__(self) -> str:
        """What was done to which draft."""
        return f"{self.act} {self.kind} {self.subject}".strip()
