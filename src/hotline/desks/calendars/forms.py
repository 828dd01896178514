"""Forms of the calendar. They read what was pasted and show it again; what is wrong with it the commands say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind
from hotline.rules.sentences import render


class RuleForm(forms.Form):
    """A form that shows refusals beside their fields."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal beside its field, the others at the top."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, render(refusal, self.lang))


class NoticeForm(RuleForm):
    """A year's notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = line(_("年份"), inputmode="numeric", maxlength="4")
        self.fields["source"] = line(_("依据（文号或名称）"))
        self.fields["source"].help_text = _(
            "例如：国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕…号）。"
        )
        self.fields["text"] = _text(_("通知正文或者表格"))
        self.fields["text"].help_text = _(
            "可以直接粘贴通知正文，例如“二、春节：2月15日至23日放假调休，共9天。2月14日（周六）、2月28日（周六）上班。”；"
            "也可以每行一个“2027-01-01,放假,元旦”，类型写放假或者上班。"
        )
        self.fields["complete"] = forms.BooleanField(label=_("确认不缺：通知里确实没有缺少的节日"), required=False)

    def year(self) -> int:
        """The year typed; 0 for what is none."""
        typed = str(self.cleaned_data.get("year", "")).strip()
        return int(typed) if typed.isascii() and typed.isdecimal() else 0


class CityDaysForm(RuleForm):
    """Days that the city decides on itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = line(_("依据（文号或名称）"))
        self.fields["source"].help_text = _("例如：市防汛抗旱指挥部令第3号。")
        self.fields["text"] = _text(_("哪些日子"))
        self.fields["text"].help_text = _(
            "每行一天：“2026-12-31,停办,大雪停止办公”。类型写停办（不计期限）、上班（加班，照常计算）"
            "或者恢复（取消本市以前的决定，仍按放假通知）。"
        )


class HoursForm(RuleForm):
    """Office hours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"] = line(_("依据（文号或名称）"))
        self.fields["text"] = _text(_("上班时间"))
        self.fields["text"].help_text = _("每行一段，按先后写，可以有几段，例如“08:30-12:00”“14:00-17:30”。")


FORMS: dict[DraftKind, type[RuleForm]] = {
    DraftKind.NOTICE: NoticeForm,
    DraftKind.CITY_DAYS: CityDaysForm,
    DraftKind.HOURS: HoursForm,
}


def line(label: str, **attrs: str) -> forms.Field:
    """One line of text that has to be filled in."""
    shown = {"class": "form-control", "autocomplete": "off", "aria-required": "true", **attrs}
    return forms.CharField(label=label, required=False, max_length=200, widget=forms.TextInput(attrs=shown))


def _text(label: str) -> forms.Field:
    attrs = {"class": "form-control", "rows": "10", "aria-required": "true", "spellcheck": "false"}
    return forms.CharField(label=label, required=False, strip=False, widget=forms.Textarea(attrs=attrs))
