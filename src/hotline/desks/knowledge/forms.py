"""Forms of the knowledge base. They read what was typed and show it again; whether it is right the commands say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.desks.knowledge.lines import label as called
from hotline.registry.knowledge.standing import may_publish, may_write
from hotline.registry.knowledge.wording import LIMITS, Wording
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import Names, Option
from hotline.tickets.acting.widgets import Picker

ROWS = {"question": 4, "answer": 8, "hint": 3, "legal_basis": 3}
DAYS = ("valid_from", "valid_to", "review_on")


class RefusingForm(forms.Form):
    """A form that shows refusals beside their fields."""

    def __init__(self, *args: Any, lang: str = "zh", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal beside its field, the others at the top."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, render(refusal, self.lang))


class ItemForm(RefusingForm):
    """What a unit writes: the question, the answer, the basis and for how long."""

    public = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, names: Names, actor: Actor, new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if new:
            self.fields["unit"] = _picked(_("责任单位"), writable_units(names, actor), self.lang, required=True)
        self.fields["title"] = _line(called("title"), required=True)
        for name, rows in ROWS.items():
            self.fields[name] = _text(called(name), rows, LIMITS[name], required=name != "hint")
        self.fields["category"] = _picked(called("category"), names.pickable["category"], self.lang)
        for name in DAYS:
            self.fields[name] = _day(called(name))
        self.fields["public"].label = _("可向社会公开（内部提示除外）")
        self.fields["question"].help_text = _("每行一种问法。话务员输入来电内容时，系统据此推荐。")
        self.fields["answer"].help_text = _("写成可以直接读给群众听的话。")
        self.fields["hint"].help_text = _("只给工作人员看，不对外公开。")
        self.fields["valid_to"].help_text = _("当天起不再使用；长期有效请留空。")
        self.fields["review_on"].help_text = _("到期提醒责任单位核实；留空则为发布后一年。")
        self.order_fields(["unit", "title", "question", "answer", "legal_basis", "hint", "category", *DAYS, "public"])

    def wording(self) -> Wording:
        """What was typed."""
        typed = self.cleaned_data
        return Wording(**{name: typed[name] for name in (*LIMITS, "category", *DAYS, "public")})


class RemarkForm(RefusingForm):
    """Why something is sent back or withdrawn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"] = _text(_("原因"), 3, 300, required=True)


class CorrectionForm(RefusingForm):
    """What is wrong, or what is missing and of which unit."""

    def __init__(self, *args: Any, names: Names, missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = _text(_("缺少什么内容") if missing else _("哪里有误"), 5, 1000, required=True)
        if missing:
            self.fields["unit"] = _picked(_("责任单位"), names.pickable["unit"], self.lang)
            self.fields["unit"].help_text = _("不清楚由哪个单位负责的可以留空，由热线机构联系。")


class SettlementForm(RefusingForm):
    """What came of a correction."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("yes", _("已采纳，内容已经或即将修改")), ("no", _("未采纳，内容无误"))]
        self.fields["accepted"] = forms.ChoiceField(
            label=_("处理结果"), choices=choices, widget=forms.RadioSelect(), initial="yes"
        )
        self.fields["answer"] = _text(_("处理说明"), 4, 1000, required=True)


class SearchForm(forms.Form):
    """Words, a category and a unit to look for."""

    def __init__(self, *args: Any, names: Names, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"] = forms.CharField(required=False, label=_("关键词"))
        self.fields["q"].widget.attrs |= {
            "class": "form-control",
            "type": "search",
            "autocomplete": "off",
            "placeholder": _("例如：公积金 提取"),
        }
        self.fields["category"] = _picked(called("category"), names.pickable["category"], lang)
        self.fields["unit"] = _picked(_("责任单位"), names.pickable["unit"], lang)


def writable_units(names: Names, actor: Actor) -> tuple[Option, ...]:
    """The units for which this person may write."""
    units = names.pickable["unit"]
    return units if may_publish(actor) else tuple(option for option in units if may_write(actor, option.code))


def _needed(field: forms.Field, *, required: bool) -> forms.Field:
    if required:
        field.widget.attrs["aria-required"] = "true"
    return field


def _line(label: str, *, required: bool = False) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
    return _needed(forms.CharField(label=label, required=False, widget=widget), required=required)


def _text(label: str, rows: int, limit: int, *, required: bool = False) -> forms.Field:
    widget = forms.Textarea(attrs={"class": "form-control", "rows": rows, "data-limit": limit})
    return _needed(forms.CharField(label=label, required=False, widget=widget), required=required)


def _picked(label: str, options: tuple[Option, ...], lang: str, *, required: bool = False) -> forms.Field:
    return _needed(forms.CharField(label=label, required=False, widget=Picker(options, lang)), required=required)


def _day(label: str) -> forms.Field:
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": _("请填写日期，例如 2026-05-08。")}
    return forms.DateField(label=label, required=False, widget=widget, error_messages=errors)
