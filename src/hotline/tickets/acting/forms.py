"""A Django form for any act. It reads what was typed and draws it; whether it is right is for the rules to say,
so that pages and API refuse with the same sentence. What was typed is always shown again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import Act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import LEFT_BY_ACTS
from hotline.rules.words import field_word, word
from hotline.tickets.acting.fields import ActField, fields_of
from hotline.tickets.acting.names import Names, Option
from hotline.tickets.acting.widgets import ManyPicker, Picker

LINES_FROM = 400
FEW = 5
BLANK = ("", "—")
ROWS = {"reply": 9, "content": 7}
"""Long texts that need more than the usual room."""


class ActForm(forms.Form):
    """The form of one act. `act()` gives the typed value or None when something could not be read at all."""

    act_class: type[Act]

    def __init__(self, *args: Any, lang: str = "zh", names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        for field in shown_fields(self.act_class):
            if field.many and "codelist" in field.metadata and not _reasons(field, names):
                continue
            made = self.fields[field.name] = _MAKERS[field.kind](field, lang, names)
            made.label = field_word(self.act_class.name, field.name, lang)
            if field.required:
                made.widget.attrs["aria-required"] = "true"

    def act(self) -> Act | None:
        """What the person wants to do, typed."""
        if not self.is_valid():
            return None
        given = (f for f in shown_fields(self.act_class) if f.name in self.fields)
        return self.act_class(**{f.name: _typed(f, self.cleaned_data[f.name]) for f in given})

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal beside its field, the others at the top."""
        for refusal in refusals:
            sentence = render(refusal, self.lang)
            self.add_error(refusal.field if refusal.field in self.fields else None, sentence)


def offer_units(form: ActForm, names: Names, covers: Collection[str], *, but: str | None = "") -> None:
    """Work is given down: the picker of the unit below offers the person's own units below and no others."""
    below = tuple(option for option in names.pickable["unit"] if option.code in covers and option.code != but)
    form.fields["to_unit"].widget = Picker(below, form.lang, {"aria-required": "true"})


def form_of(act: type[Act]) -> type[ActForm]:
    """The form class of an act."""
    return type(f"{act.__name__}Form", (ActForm,), {"act_class": act})


def shown_fields(act: type[Act]) -> tuple[ActField, ...]:
    """Fields that people fill in; references that only a program gives are left at their default."""
    return tuple(f for f in fields_of(act) if not (f.many and f.kind == "plain"))


def _typed(field: ActField, value: Any) -> Any:
    if field.many:
        return tuple(value)
    if value in {"", None} and field.default not in {"", None}:
        return field.default
    if field.kind == "flag":
        return _yes(value)
    if field.choices is not None:
        return field.choices(_numbered(field.choices, value)) if value not in {"", None} else None
    if value is None and not field.optional:
        return ""
    return value


def _yes(value: Any) -> bool | None:
    """A question of yes or no may be unanswered; a tick box is always an answer."""
    return None if value == "" else value in {True, "yes", "True"}


def _numbered(choices: type[Enum], value: str) -> Any:
    return int(value) if issubclass(choices, int) else value


def _common(field: ActField) -> dict[str, Any]:
    initial = field.default.value if isinstance(field.default, Enum) else field.default
    return {"required": False, "initial": initial}


def _input(**attrs: Any) -> dict[str, Any]:
    return {"class": "form-control", "autocomplete": "off", **attrs}


def _text(field: ActField, _lang: str, _names: Names) -> forms.Field:
    limit = int(field.metadata.get("limit", 0))
    long = limit > LINES_FROM
    area = forms.Textarea(attrs=_input(rows=ROWS.get(field.name, 3), **{"data-limit": limit}))
    return forms.CharField(widget=area if long else forms.TextInput(attrs=_input()), **_common(field))


def _choice(field: ActField, lang: str, _names: Names) -> forms.Field:
    members = [m for m in field.choices or () if m not in LEFT_BY_ACTS]
    if isinstance(members[0], int):
        members.reverse()  # the best rating first, as officers read them out
    choices = [(str(m.value), word(m, lang)) for m in members]
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect(), **_common(field))
    return forms.ChoiceField(choices=[BLANK, *choices], widget=_select(), **_common(field))


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


def _reasons(field: ActField, names: Names) -> tuple[Option, ...]:
    """The city's list behind a field; a check list that the city has not filled is not asked for."""
    return names.pickable.get(f"code:{field.metadata['codelist']}", ())


def _code(field: ActField, lang: str, names: Names) -> forms.Field:
    """A short list of reasons; several are ticked."""
    choices = [(o.code, o.label(lang)) for o in _reasons(field, names)]
    if field.many:
        common = _common(field) | {"initial": ()}
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **common)
    return forms.ChoiceField(choices=[BLANK, *choices], widget=_select(), **_common(field))


def _picked(field: ActField, lang: str, names: Names) -> forms.Field:
    """One or several of the city's units, categories or regions. The rules say whether a code is known."""
    options = names.pickable[field.kind.removesuffix("s")]
    if field.many:
        return _Codes(widget=ManyPicker(options, lang), **_common(field) | {"initial": ()})
    return forms.CharField(widget=Picker(options, lang), **_common(field))


class _Codes(forms.MultipleChoiceField):
    """Several codes, unchecked here."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002  # the rules check
        return True


def _number(field: ActField, _lang: str, _names: Names) -> forms.Field:
    errors = {"invalid": _("请填写整数，例如 5。")}
    widget = forms.TextInput(attrs=_input(inputmode="numeric"))
    return forms.IntegerField(widget=widget, error_messages=errors, **_common(field))


def _flag(field: ActField, _lang: str, _names: Names) -> forms.Field:
    if field.required:
        yes_no = [("yes", _("是")), ("no", _("否"))]
        return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect(), **_common(field))
    return forms.BooleanField(**_common(field))


def _moment(field: ActField, _lang: str, _names: Names) -> forms.Field:
    widget = forms.DateTimeInput(attrs=_input(type="datetime-local"), format="%Y-%m-%dT%H:%M")
    errors = {"invalid": _("请填写日期和时间，例如 2026-05-08 17:30。")}
    return forms.DateTimeField(widget=widget, error_messages=errors, **_common(field))


def _date(field: ActField, _lang: str, _names: Names) -> forms.Field:
    widget = forms.DateInput(attrs=_input(type="date"), format="%Y-%m-%d")
    errors = {"invalid": _("请填写日期，例如 2026-05-08。")}
    return forms.DateField(widget=widget, error_messages=errors, **_common(field))


def _line(field: ActField, _lang: str, _names: Names) -> forms.Field:
    return forms.CharField(widget=forms.TextInput(attrs=_input()), **_common(field))


_MAKERS: Mapping[str, Callable[[ActField, str, Names], forms.Field]] = {
    "text": _text,
    "choice": _choice,
    "code": _code,
    "codes": _code,
    "unit": _picked,
    "units": _picked,
    "category": _picked,
    "region": _picked,
    "number": _number,
    "flag": _flag,
    "moment": _moment,
    "date": _date,
    "ticket": _line,
    "plain": _line,
}
