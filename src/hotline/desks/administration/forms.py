"""Forms of administration. They read what was typed and show it again; whether it is right the commands say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.registry.people.accounts import AccountData
from hotline.registry.people.roles import GrantData
from hotline.rules.administration import GRANTABLE, AdminAct
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ADMIN_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.widgets import Picker


class RefusingForm(forms.Form):
    """A form that shows refusals beside their fields."""

    def __init__(self, *args: Any, lang: str, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang, self.names = lang, names

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal beside its field, the others at the top."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, render(refusal, self.lang))


class AccountForm(RefusingForm):
    """A person as the system administrator records them; the name of the account only once."""

    def __init__(self, *args: Any, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            self.fields["username"] = _line(_("账号"), required=True, autocapitalize="none", spellcheck="false")
            self.fields["username"].help_text = _("2至40位字母、数字、“.”“_”“-”，建好后不能改。")
        self.fields["full_name"] = _line(_("姓名"), required=True)
        self.fields["unit"] = unit_field(_("所属单位"), self.names, self.lang, required=True)
        self.fields["staff_no"] = _line(_("工号"))
        self.fields["phone"] = _line(_("联系电话"), inputmode="tel")
        if new:
            self.fields["wanted_role"] = role_field(_("拟授岗位"), self.lang)
            self.fields["wanted_role"].help_text = _("只是建议，由安全管理员确认后才授予。")

    def data_given(self) -> AccountData:
        """What was typed of the person."""
        typed = self.cleaned_data
        return AccountData(**{name: typed[name] for name in ("full_name", "unit", "staff_no", "phone")})


class GrantForm(RefusingForm):
    """A role, for a unit and a time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = role_field(_("岗位"), self.lang, required=True)
        self.fields["unit"] = unit_field(_("限于单位"), self.names, self.lang)
        self.fields["unit"].help_text = _("只用于承办单位的岗位；留空即本人所属单位。")
        self.fields["valid_from"] = _day(_("起始日期"))
        self.fields["valid_from"].help_text = _("留空即今天。")
        self.fields["valid_to"] = _day(_("截止日期"))
        self.fields["valid_to"].help_text = _("当天起不再有效；长期有效请留空。")

    def grant(self) -> GrantData | None:
        """What was typed; None when no role was chosen."""
        typed = self.cleaned_data
        role = typed["role"]
        if not role:
            return None
        return GrantData(Role(role), typed["unit"], typed["valid_from"], typed["valid_to"])


class ReasonForm(RefusingForm):
    """Why an account is switched off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = _line(_("停用原因"), required=True)
        self.fields["reason"].help_text = _("例如：调离、退休、长期休假。不要填写个人隐私。")


class WithdrawForm(RefusingForm):
    """From which day a role is over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = _day(_("收回日期"))
        self.fields["on"].help_text = _("当天起不再有效；留空即今天，立即生效。")


class RosterForm(RefusingForm):
    """A file of people."""

    file = forms.FileField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("人员名单（CSV）")
        self.fields["file"].widget.attrs |= {
            "class": "form-control",
            "accept": ".csv,text/csv",
            "aria-required": "true",
        }


class PeopleSearch(forms.Form):
    """What the list of people is narrowed to."""

    def __init__(self, *args: Any, names: Names, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = _line(_("姓名、账号或工号"), type="search")
        self.fields["unit"] = unit_field(_("所属单位"), names, lang)
        self.fields["role"] = role_field(_("岗位"), lang, blank=_("全部"))


class LogSearch(forms.Form):
    """What a record is narrowed to: who, what, which days."""

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = _line(_("人员"), type="search")
        kinds = list(kinds)
        if kinds:
            choices = [("", _("全部")), *kinds]
            self.fields["act"] = forms.ChoiceField(label=_("事项"), choices=choices, required=False)
            self.fields["act"].widget.attrs["class"] = "form-select"
        else:
            self.fields["number"] = _line(_("工单编号"), type="search")
        self.fields["since"] = _day(_("起"))
        self.fields["until"] = _day(_("止"))


def act_choices(lang: str) -> list[tuple[str, str]]:
    """Every act of administration in words."""
    return [(act.value, word(act, lang)) for act in AdminAct]


def role_field(label: str, lang: str, *, required: bool = False, blank: str = "") -> forms.Field:
    """Roles under what they are for."""
    groups = ((_("热线机构"), OFFICE_ROLES), (_("承办单位"), UNIT_ROLES), (_("三员"), ADMIN_ROLES))
    choices = [(head, [(r.value, word(r, lang)) for r in Role if r in GRANTABLE & members]) for head, members in groups]
    field = forms.ChoiceField(label=label, choices=[("", blank), *choices], required=False)
    field.widget.attrs["class"] = "form-select"
    return _needed(field, required=required)


def unit_field(label: str, names: Names, lang: str, *, required: bool = False) -> forms.Field:
    """A unit in force, found by Chinese, pinyin initials or code."""
    picker = Picker(names.pickable["unit"], lang)
    return _needed(forms.CharField(label=label, required=False, widget=picker), required=required)


def _needed(field: forms.Field, *, required: bool) -> forms.Field:
    if required:
        field.widget.attrs["aria-required"] = "true"
    return field


def _line(label: str, *, required: bool = False, type: str = "text", **attrs: str) -> forms.Field:  # noqa: A002  # the attribute's own name
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})
    widget.input_type = type
    return _needed(forms.CharField(label=label, required=False, max_length=150, widget=widget), required=required)


def _day(label: str) -> forms.Field:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": _("请填写日期，例如 2026-05-08。")}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=errors)
