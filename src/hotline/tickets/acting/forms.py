"""A Django form for any act. It reads what was typed and draws it; whether it is right is for the rules to say,
so that pages and API refuse with the same sentence. What was typed is always shown again.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.rules.acts import Act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.acting.fields import ActField, fields_of
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.widgets import ManyPicker, Picker

LINES_FROM = 400
BLANK = ("", "—")


class ActForm(forms.Form):
    """The form of one act. `act()` gives the typed value or None when something could not be read at all."""

    act_class: type[Act]

    def __init__(self, *args: Any, lang: str = "zh", names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang
        for field in fields_of(self.act_class):
            self.fields[field.name] = _MAKERS[field.kind](field, lang, names)

    def act(self) -> Act | None:
        """What the person wants to do, typed."""
        if not self.is_valid():
            return None
        return self.act_class(**{f.name: _typed(f, self.cleaned_data[f.name]) for f in fields_of(self.act_class)})

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Put each refusal beside its field, the others at the top."""
        for refusal in refusals:
            sentence = render(refusal, self.lang)
            self.add_error(refusal.field if refusal.field in self.fields else None, sentence)


def form_of(act: type[Act]) -> type[ActForm]:
    """The form class of an act."""
    return type(f"{act.__name__}Form", (ActForm,), {"act_class": act})


def _typed(field: ActField, value: Any) -> Any:
    if field.many:
        return tuple(value)
    if field.choices is not None:
        return field.choices(_numbered(field.choices, value)) if value not in {"", None} else None
    if field.kind == "flag":
        return value in {True, "yes", "True"}
    if value is None and not field.optional:
        return ""
    return value


def _numbered(choices: type[Enum], value: str) -> Any:
    return int(value) if issubclass(choices, int) else value


def _common(field: ActField, lang: str) -> dict[str, Any]:
    return {"label": word(f"field.{field.name}", lang), "required": False, "initial": _initial(field)}


def _initial(field: ActField) -> Any:
    return field.default.value if isinstance(field.default, Enum) else field.default


def _text(field: ActField, lang: str, _names: Names) -> forms.Field:
    long = int(field.metadata.get("limit", 0)) > LINES_FROM
    widget: forms.Widget = forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput()
    return forms.CharField(widget=widget, **_common(field, lang))


def _choice(field: ActField, lang: str, _names: Names) -> forms.Field:
    members = list(field.choices or ())
    choices = [(str(m.value), word(m, lang)) for m in members]
    few = len(choices) <= 5
    widget = forms.RadioSelect() if few else forms.Select()
    return forms.ChoiceField(choices=choices if few else [BLANK, *choices], widget=widget, **_common(field, lang))


def _code(field: ActField, lang: str, names: Names) -> forms.Field:
    """A short list of reasons; several are ticked."""
    options = names.pickable.get(f"code:{field.metadata['codelist']}", ())
    choices = [(o.code, o.label(lang)) for o in options]
    if field.many:
        common = _common(field, lang) | {"initial": ()}
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple(), **common)
    return forms.ChoiceField(choices=[BLANK, *choices], **_common(field, lang))


def _picked(field: ActField, lang: str, names: Names) -> forms.Field:
    """One or several of the city's units, categories or regions. The rules say whether a code is known."""
    options = names.pickable[field.kind.removesuffix("s")]
    if field.many:
        return _Codes(widget=ManyPicker(options, lang), **_common(field, lang) | {"initial": ()})
    return forms.CharField(widget=Picker(options, lang), **_common(field, lang))


class _Codes(forms.MultipleChoiceField):
    """Several codes, unchecked here."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002  # the rules check
        return True


def _number(field: ActField, lang: str, _names: Names) -> forms.Field:
    errors = {"invalid": _("请填写整数。")}
    return forms.IntegerField(error_messages=errors, **_common(field, lang))


def _flag(field: ActField, lang: str, _names: Names) -> forms.Field:
    if field.required:
        yes_no = [("yes", _("是")), ("no", _("否"))]
        return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect(), **_common(field, lang))
    return forms.BooleanField(**_common(field, lang))


def _moment(field: ActField, lang: str, _names: Names) -> forms.Field:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    errors = {"invalid": _("请填写日期和时间，例如 2026-05-08 17:30。")}
    return forms.DateTimeField(widget=widget, error_messages=errors, **_common(field, lang))


def _line(field: ActField, lang: str, _names: Names) -> forms.Field:
    return forms.CharField(**_common(field, lang))


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
    "ticket": _line,
    "plain": _line,
}
