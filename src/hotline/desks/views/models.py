"""Saved views. They hold filters as they stand in an address, which never carries anything personal."""

from django.conf import settings
from django.db import models
from django.db.models import Q

CODE = 32
NAME = 20


class SavedView(models.Model):
    """Filters of one desk under a name; somebody's own, or shared with all who hold a role."""

    desk = models.CharField(max_length=CODE)
    name = models.CharField(max_length=NAME)
    pairs = models.JSONField(help_text="[[filter, value], …] as in the list's address")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="views")
    role = models.CharField(max_length=CODE, blank=True)
    position = models.PositiveSmallIntegerField()
    made_by = models.CharField(max_length=CODE)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(person=None) ^ Q(role=""), name="view_owned_once"),
            models.UniqueConstraint(
                fields=["desk", "person", "name"], name="view_own_name", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(fields=["desk", "role", "name"], name="view_role_name", condition=~Q(role="")),
        ]

    def __str__(self) -> str:
        return f"{self.desk}: {self.name}"


class FirstView(models.Model):
    """The view that somebody's desk opens with."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    desk = models.CharField(max_length=CODE)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "desk"], name="view_first_once")]

    def __str__(self) -> str:
        return f"{self.desk} of {self.person_id}"
