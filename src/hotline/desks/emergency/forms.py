"""Forms of emergency mode; whether what they say is right the commands decide."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.desks.administration.forms import RefusingForm
from hotline.rules.emergency_mode import NAME_LIMIT, REASON_LIMIT, Plan
from hotline.rules.messages import Refusal
from hotline.rules.task_force import NAME_LIMIT as FORCE_NAME
from hotline.rules.task_force import NEEDED, ROLES, ForcePlan, Member
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.tickets.acting.widgets import ManyPicker

SPLIT: Final = re.compile(r"[\s,，、;；]+")


class PlanForm(RefusingForm):
    """Everything that is said when an emergency is switched on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _needed(
            forms.CharField(label=_("名称"), required=False, widget=_text(maxlength=str(NAME_LIMIT)))
        )
        self.fields["name"].help_text = _("例如“2026年防汛”，显示在各单位的页面顶部。")
        widget = forms.Textarea(attrs={"class": "form-control", "rows": "3", "maxlength": str(REASON_LIMIT)})
        self.fields["reason"] = _needed(forms.CharField(label=_("原因"), required=False, widget=widget))
        self.fields["reason"].help_text = _("写明依据，例如市防指启动几级响应。各单位都能看到。")
        self.fields["start"] = moment_field(_("启用时间"))
        self.fields["start"].help_text = _("留空即确认后立即启用；不能早于现在。")
        self.fields["planned_end"] = _needed(moment_field(_("计划结束时间")))
        self.fields["planned_end"].help_text = _("到时自动结束，可以提前解除，也可以延长。")
        self.fields["categories"] = _many(_("适用事项"), "category_any", self)
        self.fields["categories"].help_text = _("可选一级、二级或三级分类，可多选；不选即全部事项。")
        self.fields["regions"] = _many(_("适用区域"), "region", self)
        self.fields["regions"].help_text = _("可多选；不选即全市。")
        self.fields["tags"] = _many(_("适用标签"), "code:tag", self)
        self.fields["tags"].help_text = _("可多选，有其中任何一个标签的工单都适用；不选即不论标签。")
        self.fields["public"] = forms.BooleanField(label=_("名称和原因可以向市民公开"), required=False)

    def plan(self) -> Plan:
        """What was typed."""
        typed = self.cleaned_data
        return Plan(
            name=typed["name"],
            reason=typed["reason"],
            start=typed["start"],
            planned_end=typed["planned_end"],
            categories=tuple(typed["categories"]),
            regions=tuple(typed["regions"]),
            tags=tuple(typed["tags"]),
            public=typed["public"],
        )


class EndForm(RefusingForm):
    """A later planned end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planned_end"] = _needed(moment_field(_("延长到")))

    def planned_end(self) -> datetime | None:
        """What was typed; None when it was left out."""
        found: datetime | None = self.cleaned_data.get("planned_end")
        return found


class ForceForm(RefusingForm):
    """A task force: its name, its last day, and a line for each of its people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = _needed(
            forms.CharField(label=_("专班名称"), required=False, widget=_text(maxlength=str(FORCE_NAME)))
        )
        day = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
        errors = {"invalid": _("请填写日期，例如 2026-05-08。")}
        self.fields["last_day"] = _needed(
            forms.DateField(label=_("最后一天"), required=False, widget=day, error_messages=errors)
        )
        self.fields["last_day"].help_text = _("从今天起可以派单给它，过了这一天就不再派。")
        for role in ROLES:
            self.fields[role.value] = forms.CharField(label=word(role, self.lang), required=False, widget=_text())
        for needed in NEEDED:
            _needed(self.fields[needed.value])
        self.fields[ROLES[0].value].help_text = _("填写账号，几个人用空格隔开；专班的岗位只在专班有效，到期自动失效。")

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """What is wrong with people stands at the top: it may be any of the lines."""
        super().refuse(replace(r, field="") if r.field == "members" else r for r in refusals)

    def plan(self) -> ForcePlan:
        """What was typed."""
        typed = self.cleaned_data
        people = [(account, role) for role in ROLES for account in SPLIT.split(typed[role.value]) if account]
        return ForcePlan(name=typed["name"], last_day=typed["last_day"], members=tuple(Member(*one) for one in people))


class AnyOf(forms.MultipleChoiceField):
    """Codes as they come: whether they are known the rules say, with their own sentence."""

    def validate(self, value: Any) -> None:
        """Nothing to add."""


def _many(label: str, of: str, form: RefusingForm) -> forms.Field:
    return AnyOf(label=label, required=False, widget=ManyPicker(form.names.pickable[of], form.lang))


def moment_field(label: str) -> forms.Field:
    """A date and time of the city."""
    widget = forms.DateTimeInput(attrs={"class": "form-control", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    errors = {"invalid": _("请填写日期和时间，例如 2026-05-08 17:30。")}
    return forms.DateTimeField(label=label, required=False, widget=widget, error_messages=errors)


def local(at: datetime) -> str:
    """A moment as the field shows it."""
    return at.astimezone(CITY_TZ).strftime("%Y-%m-%dT%H:%M")


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


def _needed(field: forms.Field) -> forms.Field:
    field.widget.attrs["aria-required"] = "true"
    return field
