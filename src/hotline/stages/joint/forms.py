"""The form of each deed on a dispute's file. Whether what was filled in is right the rules say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from hotline.rules.joint import Deed, Dispute, Form, Order, Task
from hotline.rules.joint.states import Seat, Text
from hotline.rules.joint.table import MOST_DAYS, TABLE
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, Finding, UnitCode
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.acting.forms import RefusedForm

BY_FORM: Final = tuple(deed for deed in Deed if deed not in {Deed.OPEN, Deed.LAPSE})
"""Deeds that people do, in the order in which a file goes on."""
ROWS: Final = (1, 2, 3, 4)
"""Lines for tasks in the form; the interface takes more."""
OF_TASK: Final = ("unit", "after", "order", "days", "task")
NAMES_LEAD: Final = frozenset(
    {Deed.MEDIATE, Deed.PROVISION, Deed.OPINE, Deed.RECORD, Deed.CONCLUDE, Deed.DECIDE}
)  # fmt: skip
GIVES_TASKS: Final = frozenset({Deed.CONCLUDE, Deed.DECIDE})
SIGNED: Final = frozenset({Deed.SIGN, Deed.DECIDE})
SHORT: Final = frozenset({Text.PLACE, Text.BASIS, Text.LEGAL_BASIS})
EXTRA: Final = {Deed.CONVENE: (Text.PLACE,), Deed.RESCHEDULE: (Text.PLACE,), Deed.AGREE: (Text.REASON,)}
"""What may be said beside what must be."""
OPTIONAL: Final = frozenset({(Deed.CONVENE, Text.PLACE), (Deed.RESCHEDULE, Text.PLACE), (Deed.AGREE, Text.REASON)})
DENIALS: Final = frozenset({"joint.role_denied", "joint.own_case", "joint.observer_only", "joint.heads_sign"})
"""Refusals that are about who asks, not about what was filled in."""
Choices = list[tuple[str, Any]]


def named(refusals: Iterable[Refusal], names: Names, lang: str) -> tuple[Refusal, ...]:
    """The same refusals with units by their names."""
    return tuple(
        replace(refusal, params={**refusal.params, "unit": names.unit(str(unit), lang)}) if unit else refusal
        for refusal, unit in ((refusal, refusal.params.get("unit")) for refusal in refusals)
    )


@dataclass(frozen=True)
class TaskRow:
    """The fields of one task; all but the first stand folded until they are needed."""

    number: int
    fields: list[forms.BoundField]

    @property
    def open(self) -> bool:
        """Whether to show it at once."""
        return self.number == 1 or any(field.errors or field.value() for field in self.fields)


class DeedForm(RefusedForm):
    """What one deed asks for."""

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        deed: Deed,
        state: Dispute,
        names: Names,
        lang: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, prefix=deed.value, initial=initial)
        self.deed, self.state, self.names, self.lang = deed, state, names, lang
        self._seats()
        self._units()
        self._words()
        self._tasks()
        self._signature()

    @property
    def title(self) -> str:
        """The deed's name."""
        return word(self.deed, self.lang)

    @property
    def parts(self) -> list["TaskRow | forms.BoundField"]:
        """The fields in their order, those of one task together."""
        of_tasks = {f"{name}_{n}" for n in ROWS for name in OF_TASK}
        plain = [self[name] for name in self.fields if name not in of_tasks]
        if self.deed not in GIVES_TASKS:
            return [*plain]
        place = next(at for at, field in enumerate(plain) if field.name == "reusable")
        rows = (TaskRow(n, [self[f"{name}_{n}"] for name in OF_TASK]) for n in ROWS)
        return [*plain[:place], *rows, *plain[place:]]

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Sentences beside the field to mend, the others above the form; units by their names."""
        super().refuse(named(refusals, self.names, self.lang))

    def order(self) -> Order:
        """What was filled in."""
        given = self.cleaned_data
        tasks = tuple(self._given_tasks())
        words = {text.value: given[text.value] for text in Text if given.get(text.value)}
        words |= {
            f"task.{given[f'unit_{n}']}": given[f"task_{n}"]
            for n in ROWS if given.get(f"unit_{n}") and given.get(f"task_{n}")
        }  # fmt: skip
        return Order(
            deed=self.deed,
            unit=_unit(given.get("unit")),
            lead=_unit(given.get("lead")),
            tasks=tasks,
            parties=frozenset(map(UnitCode, given.get("parties", ()))),
            staffing=_unit(given.get("staffing")),
            justice=_unit(given.get("justice")),
            observer=_unit(given.get("observer")),
            form=Form(given["form"]) if given.get("form") else None,
            meets_at=given.get("meets_at"),
            agrees={"yes": True, "no": False}.get(given.get("agrees", "")),
            reusable=given.get("reusable") == "yes",
            signer=given.get("signer", "").strip(),
            signed_on=given.get("signed_on"),
            successor=_unit(given.get("successor")),
            words=words,
        )

    def _given_tasks(self) -> Iterable[Task]:
        given = self.cleaned_data
        for place, code in enumerate(given.get("helpers", ()), 1):
            yield Task(unit=UnitCode(code), order=place)
        for n in ROWS:
            if given.get(f"unit_{n}"):
                yield Task(
                    unit=UnitCode(given[f"unit_{n}"]),
                    order=given[f"order_{n}"] or n,
                    days=given[f"days_{n}"] or 0,
                    after=Finding(given[f"after_{n}"] or Finding.NOTHING),
                )

    def _seats(self) -> None:
        if self.deed is Deed.CONVENE:
            for seat in (Seat.STAFFING, Seat.JUSTICE, Seat.OBSERVER):
                self.fields[seat.value] = _pick(word(seat, self.lang), self._choices(), required=True)
            self.fields["parties"] = _many(word(Seat.PARTY, self.lang), self._choices(blank=False))
        if self.deed in {Deed.CONVENE, Deed.RESCHEDULE}:
            forms_of = [(form.value, word(form, self.lang)) for form in Form]
            self.fields["form"] = _radio(_("会办形式"), forms_of)
            widget = forms.DateTimeInput(
                attrs={"class": "form-control", "type": "datetime-local", "aria-required": "true"},
                format="%Y-%m-%dT%H:%M",
            )
            self.fields["meets_at"] = _CityMoment(label=_("开会时间或者答复截止时间"), required=False, widget=widget)

    def _units(self) -> None:
        if self.deed is Deed.RECORD:
            self.fields["unit"] = _pick(word(Seat.PARTY, self.lang), self._named(self.state.parties), required=True)
        if self.deed is Deed.SUCCEED:
            there = self.state.members | self.state.bound
            self.fields["unit"] = _pick(_("卷内单位"), self._named(there), required=True)
            self.fields["successor"] = _pick(_("承接单位"), self._choices(), required=True)
        if self.deed in NAMES_LEAD:
            label = _("认为应由谁主办") if self.deed in {Deed.OPINE, Deed.RECORD} else _("主办单位")
            self.fields["lead"] = _pick(label, self._choices(), required=True)
        if self.deed is Deed.MEDIATE:
            self.fields["helpers"] = _many(_("协办单位"), self._choices(blank=False))
        if self.deed is Deed.AGREE:
            self.fields["agrees"] = _radio(_("纪要是否属实"), [("yes", _("同意")), ("no", _("不同意"))])

    def _words(self) -> None:
        must = next(row.typed for row in TABLE if row.deed is self.deed)
        for text in (*map(Text, must), *EXTRA.get(self.deed, ())):
            required = (self.deed, text) not in OPTIONAL
            rows = "2" if text in SHORT else "4"
            widget = forms.TextInput(attrs=_attrs(required)) if text is Text.PLACE else forms.Textarea(
                attrs={**_attrs(required), "rows": rows}
            )  # fmt: skip
            self.fields[text.value] = forms.CharField(label=word(text, self.lang), required=False, widget=widget)

    def _tasks(self) -> None:
        if self.deed not in GIVES_TASKS:
            return
        for n in ROWS:
            self.fields[f"unit_{n}"] = _pick(_("协办单位"), self._choices(), required=False)
            self.fields[f"task_{n}"] = forms.CharField(
                label=_("任务"), required=False, widget=forms.Textarea(attrs={"class": "form-control", "rows": "2"})
            )
            self.fields[f"after_{n}"] = _pick(_("何时开始"), self._begins(), required=False)
            for name, label in (("order", _("顺序")), ("days", _("时限（工作日）"))):
                widget = forms.NumberInput(attrs={"class": "form-control"})
                most = len(ROWS) if name == "order" else MOST_DAYS
                self.fields[f"{name}_{n}"] = forms.IntegerField(
                    label=label, required=False, min_value=1, max_value=most, widget=widget
                )
        kinds = [("no", _("只管这一件")), ("yes", _("今后同类照办"))]
        self.fields["reusable"] = _radio(_("适用范围"), kinds)

    def _begins(self) -> Choices:
        """At once or in its turn, or when the lead has found something."""
        found = [(one.value, word(one, self.lang)) for one in Finding if one is not Finding.NOTHING]
        return [("", _("按顺序开始")), (_("主办单位查办发现以后"), found)]

    def _signature(self) -> None:
        if self.deed in SIGNED | {Deed.OPINE, Deed.RECORD}:
            label = _("签发人") if self.deed in SIGNED else _("签署人")
            self.fields["signer"] = forms.CharField(
                label=label, required=False, max_length=50, widget=forms.TextInput(attrs=_attrs(True))
            )
        if self.deed in SIGNED:
            widget = forms.DateInput(attrs={**_attrs(True), "type": "date"}, format="%Y-%m-%d")
            self.fields["signed_on"] = forms.DateField(label=_("签发日期"), required=False, widget=widget)
        if self.deed is Deed.ATTACH:
            self.fields["file"] = forms.FileField(label=_("签批页扫描件"), required=False)
            self.fields["file"].widget.attrs |= _attrs(True)

    def _choices(self, *, blank: bool = True) -> Choices:
        """Units of the file first, then all others."""
        there = self.state.members | self.state.bound
        others = [(o.code, o.label(self.lang)) for o in self.names.pickable["unit"] if o.code not in there]
        grouped: Choices = [(_("卷内单位"), self._named(there)[1:]), (_("其他单位"), others)]
        return [("", "—"), *grouped] if blank else grouped

    def _named(self, units: Iterable[str]) -> Choices:
        return [("", "—"), *((code, self.names.unit(code, self.lang)) for code in sorted(units))]


class _CityMoment(forms.DateTimeField):
    """A moment of the city's clock."""

    def to_python(self, value: Any) -> Any:
        given = super().to_python(value)
        return given.replace(tzinfo=CITY_TZ) if given is not None else None


def _unit(code: str | None) -> UnitCode | None:
    return UnitCode(code) if code else None


def _attrs(required: bool) -> dict[str, str]:
    attrs = {"class": "form-control", "autocomplete": "off"}
    return attrs | ({"aria-required": "true"} if required else {})


def _pick(label: str, choices: Choices, *, required: bool) -> forms.ChoiceField:
    attrs = {"class": "form-select"} | ({"aria-required": "true"} if required else {})
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.Select(attrs=attrs))


def _many(label: str, choices: Choices) -> forms.MultipleChoiceField:
    widget = forms.SelectMultiple(attrs={"class": "form-select", "size": 6})
    field = forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=widget)
    field.help_text = _("按住 Ctrl 键可以多选。")
    return field


def _radio(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
