"""Forms of units that are about no ticket: who signs while somebody is away."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.registry.people.absences import MOST_DAYS, REASON_LIMIT
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render


class AbsenceForm(forms.Form):
    """Who, from when to when, and why. Whether it is right the command says."""

    stand_in = forms.TypedChoiceField(coerce=int, widget=forms.Select(attrs={"class": "form-select"}))
    first = forms.DateField(widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(widget=forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        self.fields["stand_in"].choices = [("", "—"), *people]  # type: ignore[attr-defined]  # a ChoiceField
        labels = {"stand_in": _("代签人"), "first": _("第一天"), "last": _("最后一天"), "reason": _("请假事由")}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["aria-required"] = "true"
        self.fields["stand_in"].error_messages |= {
            "required": _("请选择由谁代签。"),
            "invalid_choice": _("请从名单中选择。"),
        }
        for name in ("first", "last"):
            self.fields[name].error_messages |= {
                "required": _("请填写日期。"),
                "invalid": _("请填写日期，例如 2026-05-08。"),
            }
        self.fields["last"].help_text = _("一次最长%(days)d天，到期自动结束。") % {"days": MOST_DAYS}
        self.fields["reason"].help_text = _("例如：公出、年休假。不超过%(limit)d字。") % {"limit": REASON_LIMIT}

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Each refusal beside its field, the others at the top."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, render(refusal, self.lang))
