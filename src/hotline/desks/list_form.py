"""The filter bar of a list: the pickers of the intake page, narrowed to what this list can hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotline.desks.filters import FLAGS, LIGHTS, ORDER_NAMES, STAGES, TITLES, Asked
from hotline.rules.vocabulary import Channel, RequestType, Urgency
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.widgets import Picker

BLANK = ("", _("不限"))


class FilterForm(forms.Form):
    """One field for each filter, showing what is on. It only draws: the address is read by filters.asked_for."""

    def __init__(self, asked: Asked, *, known: Names, lang: str, stages: tuple[str, ...], order: str) -> None:
        super().__init__(auto_id="filter_%s")
        self.on = dict(asked.pairs) | {"order": asked.value("order") or order}
        self.lang = lang
        self._choice("light", list(LIGHTS.items()))
        self._choice("urgency", self._members(Urgency))
        self._choice("type", self._members(RequestType))
        if len(stages) != 1:
            self._choice("stage", [(s, word(f"stage.{s}", lang)) for s in stages or map(str, STAGES)])
        self._picked("unit", known.pickable["unit"])
        self._picked("category", known.pickable["category_any"])
        self._picked("region", known.pickable["region"])
        self._choice("flag", self._members(FLAGS))
        self._choice("tag", [(o.code, o.label(lang)) for o in known.pickable["code:tag_any"]])
        self._choice("channel", self._members(Channel))
        for name in ("from", "until"):
            self._add(name, forms.DateInput(attrs={"type": "date", "class": "form-control"}))
        self._choice("order", list(ORDER_NAMES.items()), blank=False)

    def _members(self, members: Any) -> list[tuple[str, str]]:
        return [(str(member.value), word(member, self.lang)) for member in members]

    def _choice(self, name: str, choices: list[Any], *, blank: bool = True) -> None:
        given = [BLANK, *choices] if blank else choices
        self._add(name, forms.Select(choices=given, attrs={"class": "form-select"}))

    def _picked(self, name: str, options: Any) -> None:
        self._add(name, Picker(options, self.lang))

    def _add(self, name: str, widget: forms.Widget) -> None:
        self.fields[name] = forms.CharField(
            label=str(TITLES[name]), required=False, widget=widget, initial=self.on.get(name, "")
        )
