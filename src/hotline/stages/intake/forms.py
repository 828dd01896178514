"""The agent's intake form: who asks, what is asked, and what happens next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import (
    Act,
    AnswerDirectly,
    Dispatch,
    ProposeDecline,
    Register,
    SendToDispatch,
    TransferEmergency,
)
from hotline.rules.vocabulary import UnitCode
from hotline.stages.intake.commands import RequesterDetails
from hotline.tickets.acting.forms import form_of
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.widgets import Picker

KINDS = [("person", _("个人")), ("company", _("企业")), ("organisation", _("其他组织"))]
GENDERS = [("female", _("女")), ("male", _("男"))]
GROUPS = [
    ("elderly", _("老年人")),
    ("disabled", _("残疾人")),
    ("minority", _("少数民族")),
    ("foreigner", _("外籍人士")),
]
MOST_CITED = 10
"""More items in one answer is a mistake of the keyboard."""

NEXT = [
    ("send", _("转派调度")),
    ("dispatch", _("直接派单")),
    ("answer", _("直接答复")),
    ("decline", _("拟不予受理")),
    ("emergency", _("紧急转接")),
    ("keep", _("仅登记受理")),
]
NEXT_KEYS = {"send": "z", "dispatch": "p", "answer": "d", "decline": "b", "emergency": "e", "keep": "g"}
"""With Alt: the first letter of the pinyin where it is free (转 派 答 不), else of the English word."""


class RegisterForm(form_of(Register)):  # type: ignore[misc]  # the base is made from the act's class
    """诉求. The types of request stand in one row, so that one glance and one key choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["request_type"]
        kinds.widget = forms.RadioSelect(attrs={"aria-required": "true"})
        kinds.choices = [choice for choice in kinds.choices if choice[0]]


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


class RequesterForm(forms.Form):
    """诉求人."""

    kind = forms.ChoiceField(
        label=_("诉求人类别"), choices=KINDS, initial="person", required=False, widget=forms.RadioSelect()
    )
    name = forms.CharField(label=_("姓名"), max_length=80, required=False, widget=_line())
    gender = forms.ChoiceField(label=_("性别"), choices=GENDERS, required=False, widget=forms.RadioSelect())
    phone = forms.CharField(label=_("联系电话"), max_length=32, required=False, widget=_line(inputmode="tel"))
    alt_phone = forms.CharField(label=_("备用电话"), max_length=32, required=False, widget=_line(inputmode="tel"))
    company_name = forms.CharField(label=_("单位名称"), max_length=120, required=False, widget=_line())
    address = forms.CharField(label=_("联系地址"), max_length=200, required=False, widget=_line())
    special_groups = forms.MultipleChoiceField(
        label=_("特殊人群"), choices=GROUPS, required=False, widget=forms.CheckboxSelectMultiple()
    )
    may_pass_on = forms.BooleanField(label=_("同意将联系方式提供给承办单位"), required=False)

    def details(self) -> RequesterDetails:
        """What was typed, as the command wants it."""
        given = self.cleaned_data
        return RequesterDetails(
            **given | {"kind": given["kind"] or "person", "special_groups": tuple(given["special_groups"])}
        )


BLANK = ("", "—")


def _listed(names: Names, codelist: str, lang: str) -> list[tuple[str, str]]:
    """One of the city's lists of reasons."""
    return [(option.code, option.label(lang)) for option in names.pickable.get(f"code:{codelist}", ())]


class NextForm(forms.Form):
    """What the agent does with the request at once."""

    then = forms.ChoiceField(
        label=_("办理方式"), choices=NEXT, initial="send", required=False, widget=forms.RadioSelect()
    )
    lead_unit = forms.CharField(label=_("主办单位"), required=False)
    note = forms.CharField(label=_("说明"), required=False, widget=_line())
    legal_channel = forms.CharField(
        label=_("应走的法定渠道"), required=False, widget=_line(**{"aria-required": "true"})
    )
    explanation = forms.CharField(
        label=_("向来电人的解释"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control", "aria-required": "true"}),
    )
    reply = forms.CharField(
        label=_("答复内容"), required=False, widget=forms.Textarea(attrs={"rows": 5, "class": "form-control"})
    )

    cited = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, names: Names, lang: str = "zh", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].widget.attrs["aria-required"] = "true"
        self.fields["lead_unit"].widget = Picker(names.pickable["unit"], lang)
        self.fields["lead_unit"].help_text = _("留空即派给派单目录确定的单位。")
        self.fields["line"] = forms.ChoiceField(
            label=_("转接到"),
            choices=_listed(names, "emergency_line", lang),
            required=False,
            widget=forms.RadioSelect(attrs={"aria-required": "true"}),
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("不予受理的理由"),
            choices=[BLANK, *_listed(names, "not_accepted", lang)],
            required=False,
            widget=forms.Select(attrs={"class": "form-select", "aria-required": "true"}),
        )

    def act(self, directory: str = "") -> Act | None:
        """The act that follows registration; None when the request is only registered.

        `directory` is the one lead the directory names, for an agent who names none.
        """
        given = self.cleaned_data
        match given["then"]:
            case "answer":
                return AnswerDirectly(reply=given["reply"], knowledge=tuple(given["cited"].split()[:MOST_CITED]))
            case "dispatch":
                return Dispatch(lead_unit=UnitCode(given["lead_unit"] or directory), note=given["note"])
            case "emergency":
                return TransferEmergency(line=given["line"], note=given["note"])
            case "decline":
                given = {name: given[name] for name in ("reason", "legal_channel", "explanation")}
                return ProposeDecline(**given)
            case "keep":
                return None
            case _:
                return SendToDispatch(note=given["note"])
