"""Forms for the words that citizens are told, and for the hours in which nothing leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.desks.administration.forms import RefusingForm
from hotline.plumbing.clock import today
from hotline.rules.citizens.wording import LONGEST, Wording


class WordingForm(RefusingForm):
    """The words of one kind from a day on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = forms.BooleanField(label=_("发这种短信"), required=False)
        self.fields["zh"] = _words(_("中文内容"), required=True)
        self.fields["en"] = _words(_("英文内容"))
        self.fields["en"].help_text = _("留空的，讲英语的诉求人也收到中文。")
        self.fields["secret_zh"] = _words(_("保密件的内容"))
        self.fields["secret_zh"].help_text = _("留空即不发。不能写标题、单位和答复，只能用 {hotline}、{tail}、{due}。")
        self.fields["secret_en"] = _words(_("保密件的英文内容"))
        widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
        errors = {"invalid": _("请填写日期，例如 2026-05-08。"), "required": _("请填写启用日期。")}
        self.fields["starts_on"] = forms.DateField(
            label=_("启用日期"), initial=today, widget=widget, error_messages=errors
        )

    def wording(self) -> Wording:
        """What was typed."""
        typed = self.cleaned_data
        return Wording(typed["on"], typed["zh"], typed["en"], typed["secret_zh"], typed["secret_en"])


class QuietForm(RefusingForm):
    """静默时段."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("begins", _("从几点起不发")), ("ends", _("到几点"))):
            widget = forms.TimeInput(attrs={"class": "form-control", "type": "time"}, format="%H:%M")
            errors = {"invalid": _("请填写时间，例如 21:00。")}
            self.fields[name] = forms.TimeField(label=label, required=False, widget=widget, error_messages=errors)


def _words(label: str, *, required: bool = False) -> forms.Field:
    attrs = {"class": "form-control", "rows": "3", "maxlength": str(LONGEST)}
    if required:
        attrs["aria-required"] = "true"
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs))
