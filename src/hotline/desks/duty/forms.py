"""Forms of the roster. They read what was typed and show it again; whether it is right the commands say."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.desks.administration.forms import RefusingForm
from hotline.desks.duty.lines import weekday_names
from hotline.plumbing.clock import today
from hotline.registry.duty.checking import PatternData, TurnData
from hotline.rules.duty.roster import DutyKind
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word


class DutyForm(RefusingForm):
    """Who, in which kind of turn, and the number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, word(f"duty.{kind.value}", self.lang)) for kind in DutyKind]
        self.fields["kind"] = forms.ChoiceField(label=_("班次"), choices=kinds, required=False)
        self.fields["kind"].widget.attrs["class"] = "form-select"
        self.fields["name"] = _text(_("值班人"), maxlength="50")
        self.fields["phone"] = _text(_("电话"), inputmode="tel", maxlength="20")
        self.fields["phone"].help_text = _("填手机号才能收到短信呼叫。")


class TurnForm(DutyForm):
    """One turn, such as the night of a holiday."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins_at"] = _moment(_("开始"))
        self.fields["ends_at"] = _moment(_("结束"))

    def data_given(self, unit: str) -> TurnData:
        """What was typed; moments are the city's own."""
        typed = self.cleaned_data
        times = {
            name: typed[name].replace(tzinfo=CITY_TZ) if typed.get(name) else None for name in ("begins_at", "ends_at")
        }
        return TurnData(unit=unit, kind=typed["kind"], name=typed["name"], phone=typed["phone"], **times)


class WeeklyForm(DutyForm):
    """The same person on the same days of every week."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(str(number), name) for number, name in weekday_names().items()]
        self.fields["weekdays"] = forms.MultipleChoiceField(
            label=_("每周哪几天"), choices=days, required=False, widget=forms.CheckboxSelectMultiple
        )
        self.fields["begins"] = _hour(_("从几点"))
        self.fields["ends"] = _hour(_("到几点"))
        self.fields["ends"].help_text = _("早于或者等于开始的，算到第二天。")

    def data_given(self, unit: str) -> PatternData:
        """What was typed; it holds from today on."""
        typed = self.cleaned_data
        return PatternData(
            unit=unit,
            kind=typed["kind"],
            weekdays=frozenset(map(int, typed["weekdays"])),
            begins=typed.get("begins"),
            ends=typed.get("ends"),
            name=typed["name"],
            phone=typed["phone"],
            since=today(),
        )


class AddressForm(RefusingForm):
    """Where notices for the unit go as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = [("email", _("电子邮件")), ("sms", _("短信"))]
        self.fields["channel"] = forms.ChoiceField(label=_("方式"), choices=channels, required=False)
        self.fields["channel"].widget.attrs["class"] = "form-select"
        self.fields["to"] = _text(_("邮箱或者手机号"), maxlength="200")


class SheetForm(RefusingForm):
    """A file of turns."""

    file = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("值班表（CSV）")
        self.fields["file"].widget.attrs |= {
            "class": "form-control", "accept": ".csv,text/csv", "aria-required": "true",
        }  # fmt: skip


def _text(label: str, **attrs: str) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "aria-required": "true", **attrs})
    return forms.CharField(label=label, required=False, max_length=int(attrs.get("maxlength", "50")), widget=widget)


def _moment(label: str) -> forms.Field:
    widget = forms.DateTimeInput(
        attrs={"class": "form-control", "type": "datetime-local", "aria-required": "true"}, format="%Y-%m-%dT%H:%M"
    )
    errors = {"invalid": _("请填写日期和时间，例如 2026-10-03 18:00。")}
    return forms.DateTimeField(label=label, required=False, widget=widget, error_messages=errors)


def _hour(label: str) -> forms.Field:
    widget = forms.TimeInput(attrs={"class": "form-control", "type": "time", "aria-required": "true"}, format="%H:%M")
    return forms.TimeField(
        label=label, required=False, widget=widget, error_messages={"invalid": _("请填写时间，例如 18:00。")}
    )
