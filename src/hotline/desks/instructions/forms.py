"""Forms of instructions: one to record one, a small one for each deed. Whether it is right the rules say."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.instructions import Deed, Instruction, Order, Outcome
from hotline.rules.instructions.table import TABLE
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.rules.words_instructions import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.acting.forms import ManyFiles, RefusedForm

LONGEST: Final = 5000
ROWS: Final = 3
"""Units that one distribution asks; more are asked by another one."""
MOST_DAYS: Final = 250
WITH_FILES: Final = frozenset({Deed.REPORT, Deed.PRESENT, Deed.ATTACH})
BY_FORM: Final = (
    Deed.PROPOSE, Deed.AGREE, Deed.REPORT, Deed.ACCEPT, Deed.PRESENT, Deed.STRIKE_OFF, Deed.DISTRIBUTE,
    Deed.RETURN, Deed.SEND_BACK, Deed.MOVE_DUE, Deed.LINK, Deed.NAME, Deed.ATTACH, Deed.CANCEL,
)  # fmt: skip
"""Deeds done on the page of an instruction, in its order."""
Close = Callable[[date], datetime]
"""When offices close on a day."""
People = Sequence[tuple[str, str]]


FIELDS: Final = {"due_at": "due_on", "asks": "unit_1"}
"""Where forms ask for what the rules call otherwise."""


class NamingForm(RefusedForm):
    """A form of an instruction: it may name people, take scans and link tickets."""

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Each beside the field that asks for it."""
        super().refuse(replace(one, field=FIELDS.get(one.field, one.field)) for one in refusals)

    def people(self, offered: People, chosen: Sequence[str] = (), others: str = "") -> None:
        """Who is named: people of the office by name, anybody else by sign-in name."""
        self.fields["readers"] = forms.MultipleChoiceField(
            label=_("阅知人员"), choices=offered, required=False, initial=list(chosen),
            widget=forms.SelectMultiple(attrs={"class": "form-select", "size": 8}),
        )  # fmt: skip
        self.fields["readers"].help_text = _(
            "只有列在这里的人能看批示内容；还要有一名督办员或者值班长审定拟办意见。按住 Ctrl 键可以多选。"
        )
        self.fields["accounts"] = forms.CharField(
            label=_("其他阅知人员"), required=False, max_length=1000, initial=others, widget=_wide(forms.TextInput)
        )
        self.fields["accounts"].help_text = _("填登录名，用空格分开。")

    def files_field(self, label: str) -> None:
        """Scans, any number."""
        self.fields["file"] = ManyFiles(label=label, required=False)
        self.fields["file"].widget.attrs["class"] = "form-control"

    def tickets_field(self, *, required: bool) -> None:
        """Numbers of tickets."""
        self.fields["tickets"] = forms.CharField(
            label=_("关联工单"), required=False, max_length=2000, widget=_wide(forms.TextInput, required=required)
        )
        self.fields["tickets"].help_text = _("填工单编号，用空格分开。关联后列为批示件，自动立重点督办。")


def _wide(widget: type[forms.Widget], *, required: bool = False, **attrs: str) -> forms.Widget:
    more = {"aria-required": "true"} if required else {}
    return widget(attrs={"class": "form-control", "autocomplete": "off", **attrs, **more})


def _day(label: str, *, required: bool = False) -> forms.DateField:
    more = {"aria-required": "true"} if required else {}
    widget = forms.DateInput(attrs={"class": "form-control", "type": "date", **more}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class ReceiveForm(NamingForm):
    """登记批示: who, when, the words or a scan of them, until when, who may read it, which tickets."""

    def __init__(self, data: Any = None, files: Any = None, *, leaders: People, people: People, lang: str) -> None:
        super().__init__(data, files)
        self.lang = lang
        required = {"class": "form-select", "aria-required": "true"}
        self.fields["leader"] = forms.ChoiceField(
            label=_("批示领导"),
            choices=[("", _("请选择")), *leaders],
            required=False,
            widget=forms.Select(attrs=required),
        )
        self.fields["given_on"] = _day(_("批示日期"), required=True)
        self.fields["text"] = forms.CharField(
            label=_("批示内容"), required=False, max_length=LONGEST, widget=_wide(forms.Textarea, rows="5")
        )
        self.fields["text"].help_text = _("录入原文，或者只上传扫描件。")
        self.files_field(_("批示扫描件"))
        self.fields["workdays"] = forms.IntegerField(
            label=_("回呈期限（工作日）"), required=False, min_value=1, max_value=MOST_DAYS,
            widget=forms.NumberInput(attrs={"class": "form-control"}),
        )  # fmt: skip
        self.fields["due_on"] = _day(_("或者回呈日期"))
        self.fields["due_on"].help_text = _("两项都不填，按规则方案中重点督办的时限。")
        self.people(people)
        self.tickets_field(required=False)

    def order(self, due_at: datetime, readers: frozenset[str]) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        return Order(
            deed=Deed.RECEIVE,
            leader=given["leader"],
            given_on=given["given_on"],
            due_at=due_at,
            readers=readers,
            tickets=frozenset(given["tickets"].split()),
            text=given["text"],
        )


class DeedForm(NamingForm):
    """What one deed asks for."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        deed: Deed,
        state: Instruction,
        names: Names,
        lang: str,
        people: People = (),
        others: str = "",
    ) -> None:
        super().__init__(data, files, prefix=deed.value)
        self.deed, self.lang, self.state, self.names = deed, lang, state, names
        special = {
            Deed.DISTRIBUTE: self._asks,
            Deed.ACCEPT: lambda: self._unit(state.reported - state.accepted),
            Deed.RETURN: lambda: self._unit(state.reported),
            Deed.NAME: lambda: self.people(people, sorted(state.readers), others),
            Deed.LINK: lambda: self.tickets_field(required=True),
            Deed.STRIKE_OFF: self._outcome,
        }.get(deed)
        if special:
            special()
        self._dates()
        if any(row.words for row in TABLE if row.deed is deed):
            self.fields["text"] = forms.CharField(
                label=TEXT_WORDS[deed][lang == "en"],
                required=False,
                max_length=LONGEST,
                widget=_wide(forms.Textarea, rows="4", required=True),
            )
        if deed in WITH_FILES:
            self.files_field(_("扫描件") if deed is not Deed.REPORT else _("佐证（照片、文件）"))

    def _dates(self) -> None:
        if self.deed is Deed.MOVE_DUE:
            self.fields["due_on"] = _day(_("新的回呈日期"), required=True)
        if self.deed is Deed.RETURN:
            self.fields["due_on"] = _day(_("新的反馈日期（不填不变）"))
        if self.deed is Deed.PRESENT:
            self.fields["presented_on"] = _day(_("回呈日期"), required=True)

    def _asks(self) -> None:
        units = [(option.code, option.label(self.lang)) for option in self.names.pickable["unit"]]
        for row in range(1, ROWS + 1):
            self.fields[f"unit_{row}"] = forms.ChoiceField(
                label=_("承办单位%(number)s") % {"number": row}, choices=[("", _("不选")), *units], required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"ask_{row}"] = forms.CharField(
                label=_("办理要求%(number)s") % {"number": row}, required=False, max_length=LONGEST,
                widget=_wide(forms.Textarea, rows="2"),
            )  # fmt: skip
            self.fields[f"due_{row}"] = _day(_("反馈日期%(number)s（不填同回呈期限）") % {"number": row})
        self.fields["unit_1"].help_text = _("单位只看到办理要求和反馈日期，看不到批示内容。")

    def _unit(self, units: frozenset[UnitCode]) -> None:
        self.fields["unit"] = forms.ChoiceField(
            label=_("单位"), choices=[(unit, self.names.unit(unit, self.lang)) for unit in sorted(units)],
            required=False, widget=forms.RadioSelect,
        )  # fmt: skip

    def _outcome(self) -> None:
        self.fields["outcome"] = forms.ChoiceField(
            label=_("办理结果"), choices=[(one.value, word(one, self.lang)) for one in Outcome], required=False,
            widget=forms.RadioSelect,
        )  # fmt: skip

    @property
    def heading(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    def order(self, close: Close, readers: frozenset[str] = frozenset()) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        due_on, unit = given.get("due_on"), given.get("unit")
        rows = [(given[f"unit_{n}"], n) for n in range(1, ROWS + 1) if given.get(f"unit_{n}")]
        asks = {UnitCode(code): self._due(given.get(f"due_{n}"), close) for code, n in rows}
        if self.deed is Deed.RETURN and unit and due_on:
            asks = {UnitCode(unit): close(due_on)}
        return Order(
            deed=self.deed,
            readers=readers,
            tickets=frozenset(given.get("tickets", "").split()),
            asks=asks,
            words={UnitCode(code): given[f"ask_{n}"] for code, n in rows},
            unit=UnitCode(unit) if unit else None,
            due_at=close(due_on) if due_on else None,
            presented_on=given.get("presented_on"),
            outcome=Outcome(given["outcome"]) if given.get("outcome") else None,
            text=given.get("text", ""),
        )

    def _due(self, on: date | None, close: Close) -> datetime:
        """A unit's own date, or that of the whole instruction."""
        return close(on) if on is not None else cast("datetime", self.state.due_at)

    def clean(self) -> dict[str, Any]:
        """One unit in two lines would lose what it is asked in one of them."""
        given: dict[str, Any] = super().clean() or {}
        chosen = [given[f"unit_{n}"] for n in range(1, ROWS + 1) if given.get(f"unit_{n}")]
        if len(set(chosen)) < len(chosen):
            self.refuse([Refusal("instructions.asked_twice", field="asks")])
        return given


class LeaderForm(NamingForm):
    """One more leader."""

    def __init__(self, data: Any = None, *, lang: str) -> None:
        super().__init__(data)
        self.lang = lang
        self.fields["name"] = forms.CharField(
            label=_("姓名"), required=False, max_length=50, widget=_wide(forms.TextInput, required=True)
        )
        self.fields["position"] = forms.CharField(
            label=_("职务"), required=False, max_length=100, widget=_wide(forms.TextInput, required=True)
        )
        self.fields["order"] = order_field()
        self.fields["valid_from"] = _day(_("到任日期（不填为一直）"))


class LeaderChange(NamingForm):
    """The place in the order, and the end of the time in office."""

    def __init__(self, data: Any = None, *, lang: str, pk: int, initial: Any = None) -> None:
        super().__init__(data, initial=initial, prefix=str(pk))
        self.lang = lang
        self.fields["order"] = order_field()
        self.fields["valid_to"] = _day(_("离任日期（不填为在任）"))


def order_field() -> forms.IntegerField:
    """Small numbers come first."""
    return forms.IntegerField(
        label=_("排序"), required=True, min_value=0, max_value=9999, initial=100,
        widget=forms.NumberInput(attrs={"class": "form-control", "aria-required": "true"}),
    )  # fmt: skip
