"""Half-filled forms. A browser that was closed, a power cut or a second caller in mid-form loses nothing."""

from django.conf import settings
from django.db import models

FORM = 80
KEY = 40


class Draft(models.Model):
    """What one person had typed into one form. Nobody else reads it, and it is gone after a few days."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=FORM)
    key = models.CharField(max_length=KEY, help_text="made by the browser, one for each half-filled form")
    typed = models.JSONField(help_text="[[field, value], …] as the form would post it")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="draft_once")]
        indexes = [
            models.Index(fields=["person", "form", "-saved_at"], name="draft_of_form"),
            models.Index(fields=["saved_at"], name="draft_age"),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.person_id}"
