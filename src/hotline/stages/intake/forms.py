"""The agent's intake form: who asks, what is asked, and what happens next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import Act, AnswerDirectly, Dispatch, Register, SendToDispatch
from hotline.rules.vocabulary import UnitCode
from hotline.stages.intake.commands import RequesterDetails
from hotline.tickets.acting.forms import form_of
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.widgets import Picker

KINDS = [("person", _("个人")), ("company", _("企业")), ("organisation", _("其他组织"))]
GENDERS = [("", _("未说明")), ("female", _("女")), ("male", _("男"))]
GROUPS = [
    ("elderly", _("老年人")),
    ("disabled", _("残疾人")),
    ("minority", _("少数民族")),
    ("foreigner", _("外籍人士")),
]
NEXT = [
    ("send", _("转派调度")),
    ("dispatch", _("直接派单")),
    ("answer", _("直接答复")),
    ("keep", _("仅登记受理")),
]

RegisterForm = form_of(Register)


class RequesterForm(forms.Form):
    """诉求人."""

    kind = forms.ChoiceField(label=_("诉求人类别"), choices=KINDS, initial="person", required=False)
    name = forms.CharField(label=_("姓名"), max_length=80, required=False)
    gender = forms.ChoiceField(label=_("性别"), choices=GENDERS, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=32, required=False)
    alt_phone = forms.CharField(label=_("备用电话"), max_length=32, required=False)
    company_name = forms.CharField(label=_("单位名称"), max_length=120, required=False)
    address = forms.CharField(label=_("联系地址"), max_length=200, required=False)
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


class NextForm(forms.Form):
    """What the agent does with the request at once."""

    then = forms.ChoiceField(label=_("下一步"), choices=NEXT, initial="send", required=False)
    lead_unit = forms.CharField(label=_("主办单位"), required=False)
    note = forms.CharField(label=_("转派说明"), required=False, widget=forms.TextInput())
    reply = forms.CharField(label=_("答复内容"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, names: Names, lang: str = "zh", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].widget = Picker(names.pickable["unit"], lang)

    def act(self) -> Act | None:
        """The act that follows registration; None when the request is only registered."""
        given = self.cleaned_data
        match given["then"]:
            case "answer":
                return AnswerDirectly(reply=given["reply"])
            case "dispatch":
                return Dispatch(lead_unit=UnitCode(given["lead_unit"]), note=given["note"])
            case "keep":
                return None
            case _:
                return SendToDispatch(note=given["note"])
