"""Rows that hold for a time and names in two languages; every registry is built from these.

An official never deletes a row: it ends. The last day is not included, so that one row's end is the next one's start.
"""

from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

M = TypeVar("M", bound=models.Model)


class DatedQuerySet(models.QuerySet[M]):
    """Rows asked for by the day on which they must hold."""

    def on(self, day: date) -> Self:
        """Rows in force on that day."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(started, Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Dated(models.Model):
    """A row in force from a day (blank: always was) until a day (blank: until further notice)."""

    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_dates",
            )
        ]

    def in_force(self, day: date) -> bool:
        """True when the row holds on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Bilingual(models.Model):
    """A thing with a Chinese name and, where somebody wrote one, an English name."""

    zh = models.CharField("名称", max_length=100)
    en = models.CharField("英文名称", max_length=100, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name in the reader's language; Chinese where no other was written."""
        return self.label_in(get_language() or "zh")

    def label_in(self, lang: str) -> str:
        """The name in that language; Chinese where no other was written."""
        return self.en if lang.startswith("en") and self.en else self.zh

    def __str__(self) -> str:
        """The Chinese name."""
        return self.zh


class Spelled(models.Model):
    """A name that staff find by typing its pinyin or the first letters of it."""

    initials = models.CharField("拼音首字母", max_length=120, blank=True, default="", editable=False)
    pinyin = models.CharField("拼音", max_length=400, blank=True, default="", editable=False)

    class Meta:
        abstract = True


def typed_letters(text: str) -> Q:
    """Rows of a `Spelled` model whose letters are what somebody typed: `cgj` also finds 市城管局 (scgj)."""
    letters = text.lower().replace(" ", "")
    if not letters.isascii():
        return Q(pk__in=[])
    anywhere = Q(initials__contains=letters) if len(letters) > 1 else Q(initials__startswith=letters)
    return anywhere | Q(pinyin__startswith=letters)


def best_first(field: str, text: str, *then: str) -> tuple[Any, ...]:
    """An order that puts names beginning with the typed text before those that only contain it."""
    starts = models.Case(models.When(**{f"{field}__startswith": text}, then=0), default=1)
    return (starts, *then)
