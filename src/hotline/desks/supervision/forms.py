"""Small forms of supervision: one for each deed, one to begin one by hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.supervision import Deed, Order, Outcome
from hotline.rules.supervision.table import OUTCOMES, TABLE
from hotline.rules.vocabulary import CITY_TZ, SupervisionKind, UnitCode
from hotline.rules.words import word
from hotline.rules.words_supervision import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.acting.forms import ManyFiles, RefusedForm

TYPED: Final = frozenset({row.deed for row in TABLE if row.words} | {Deed.OPEN, Deed.PROPOSE})
WITH_FILES: Final = frozenset({Deed.REPORT, Deed.ATTACH, Deed.NOTE})
BY_FORM: Final = (
    Deed.OPEN, Deed.REPORT, Deed.SIGN, Deed.CHECK, Deed.SEND_BACK, Deed.CLOSE, Deed.DISMISS,
    Deed.NOTE, Deed.ATTACH, Deed.MOVE_DUE, Deed.CHANGE_UNITS, Deed.ASSIGN, Deed.WITHDRAW,
)  # fmt: skip
"""Deeds done on the page of a supervision, in its order; tickets of a campaign and visits have pages of their own."""
PROBLEM: Final = {"yes": True, "no": False}
WRITTEN: Final = "%Y-%m-%dT%H:%M"


class DeedForm(RefusedForm):
    """What one deed asks for."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        deed: Deed,
        kind: SupervisionKind,
        names: Names,
        lang: str,
        owners: Sequence[tuple[str, str]] = (),
        units: Sequence[str] = (),
        summary: str = "",
    ) -> None:
        super().__init__(data, files, prefix=deed.value)
        self.deed, self.kind, self.lang = deed, kind, lang
        if deed in TYPED:
            self._text(summary)
        if deed in {Deed.OPEN, Deed.CHANGE_UNITS}:
            self._units(names, units)
        if deed in {Deed.OPEN, Deed.MOVE_DUE}:
            self._due()
        if deed is Deed.ASSIGN:
            self.fields["owner"] = forms.ChoiceField(
                label=_("督办人"), choices=owners, widget=forms.Select(attrs={"class": "form-select"})
            )
        if deed is Deed.CLOSE:
            choices = [(one.value, word(one, lang)) for one in Outcome if one in OUTCOMES[kind]]
            self.fields["outcome"] = forms.ChoiceField(
                label=_("督办结果"), choices=choices, widget=forms.RadioSelect, required=False
            )
        if deed in WITH_FILES:
            self.fields["file"] = ManyFiles(label=_("佐证（照片、文件）"), required=False)
            self.fields["file"].widget.attrs["class"] = "form-control"

    def _text(self, summary: str) -> None:
        label = TEXT_WORDS[self.deed][self.lang == "en"]
        if self.deed is Deed.CLOSE and self.kind is SupervisionKind.SPECIAL:
            label = _("专项总结")
        attrs = {"class": "form-control", "rows": 3, "autocomplete": "off"}
        if any(row.words for row in TABLE if row.deed is self.deed):
            attrs["aria-required"] = "true"
        self.fields["text"] = forms.CharField(
            label=label, required=False, max_length=5000, initial=summary, widget=forms.Textarea(attrs=attrs)
        )

    def _units(self, names: Names, chosen: Sequence[str]) -> None:
        choices = [(option.code, option.label(self.lang)) for option in names.pickable["unit"]]
        self.fields["units"] = forms.MultipleChoiceField(
            label=_("督办单位"),
            choices=choices,
            required=False,
            initial=list(chosen),
            widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 4}),
        )

    def _due(self) -> None:
        self.fields["due_at"] = forms.DateTimeField(
            label=_("反馈时限") if self.deed is Deed.MOVE_DUE else _("反馈时限（不填按规则方案）"),
            required=False,
            input_formats=[WRITTEN],
            widget=forms.DateTimeInput(attrs={"class": "form-control", "type": "datetime-local"}, format=WRITTEN),
        )

    @property
    def heading(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    def order(self) -> Order | None:
        """What was filled in, or None when something cannot be read."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        due = given.get("due_at")
        return Order(
            deed=self.deed,
            text=given.get("text", ""),
            units=frozenset(UnitCode(unit) for unit in given.get("units", ())),
            due_at=in_city(due) if due else None,
            owner=given.get("owner", ""),
            outcome=Outcome(given["outcome"]) if given.get("outcome") else None,
        )


def in_city(moment: datetime) -> datetime:
    """What was typed is city time."""
    return moment.replace(tzinfo=CITY_TZ)


class BeginForm(RefusedForm):
    """A supervision begun by hand."""

    number = forms.CharField(max_length=32)
    kind = forms.ChoiceField()
    text = forms.CharField(required=False, max_length=5000)

    def __init__(self, *args: Any, kinds: Sequence[SupervisionKind], opens: bool, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        self.fields["number"].label = _("工单编号")
        self.fields["number"].widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        self.fields["kind"] = forms.ChoiceField(
            label=_("督办种类"),
            choices=[(kind.value, word(kind, lang)) for kind in kinds],
            widget=forms.RadioSelect,
        )
        self.fields["text"].label = _("督办要求") if opens else _("情况说明")
        self.fields["text"].widget = forms.Textarea(attrs={"class": "form-control", "rows": 4, "autocomplete": "off"})


class CampaignForm(RefusedForm):
    """专项督办: its name, what units are to do, and by when."""

    title = forms.CharField(required=False, max_length=200)
    text = forms.CharField(required=False, max_length=5000)
    due_at = forms.DateTimeField(required=False, input_formats=[WRITTEN])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        self.fields["title"].label = _("专项督办名称")
        self.fields["title"].widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        self.fields["text"].label = _("督办要求")
        self.fields["text"].widget = forms.Textarea(attrs={"class": "form-control", "rows": 4, "autocomplete": "off"})
        self.fields["due_at"].label = _("反馈时限（不填按规则方案）")
        self.fields["due_at"].widget = forms.DateTimeInput(
            attrs={"class": "form-control", "type": "datetime-local"}, format=WRITTEN
        )
