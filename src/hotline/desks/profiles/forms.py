"""A rule profile as a form: one field a setting, limits in grids. Whether it is a profile `parse_profile` says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from hotline.desks.calendars.forms import RuleForm, line
from hotline.registry.calendars.profile_drafting import Wanted
from hotline.rules.messages import Refusal
from hotline.rules.profile_settings import BY_CHANNEL, BY_TYPE, BY_URGENCY, Setting, body_of, settings_of
from hotline.rules.vocabulary import ClockKind
from hotline.rules.words import word
from hotline.rules.words_profile import choice_word, choices_of, column_word, group_word, setting_word
from hotline.tickets.acting.names import Names

GRIDS: Final = ("limits", "emergency")


@dataclass(frozen=True)
class GridRow:
    """One clock of a grid of limits."""

    name: str
    cells: tuple[BoundField, ...]


@dataclass(frozen=True)
class Grid:
    """Limits as a table: clocks down, what they depend on across."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    folded: bool


@dataclass(frozen=True)
class FieldGroup:
    """The other settings of one group."""

    key: str
    title: str
    fields: tuple[BoundField, ...]


class ProfileForm(RuleForm):
    """The next version of a profile, written from `body`."""

    def __init__(self, *args: Any, body: Mapping[str, Any], names: Names, **kwargs: Any) -> None:
        self.body = body
        self._shown = {setting.path: setting for setting in settings_of(body)}
        super().__init__(*args, **kwargs)
        self.fields["name"] = line(_("方案名称"))
        self.fields["effective_from"] = line(_("生效日期"), type="date")
        self.fields["effective_from"].help_text = _("须晚于发布的那一天；此前受理的工单仍按原来的版本计算。")
        self.fields["source"] = line(_("依据（文号或名称）"))
        self.fields["source"].help_text = _("改动的数值都会标明这一依据。")
        for path in dict.fromkeys((*self._limits(), *self._shown)):
            self.fields[path] = self._field(path, names)

    def _limits(self) -> Iterator[str]:
        for clock in ClockKind:
            yield from (f"limits.{clock.value}.{column}" for column in BY_URGENCY)
        for clocks, columns in ((_TYPED, BY_TYPE), (_CHANNELLED, BY_CHANNEL)):
            yield from (f"limits.{clock}.{column}" for clock in self._clocks(clocks, columns) for column in columns)
        yield from (f"emergency.{column}" for column in ("default", *BY_TYPE))

    def _clocks(self, always: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
        """Clocks that depend on these columns: the usual ones, and those for which the profile says so."""
        named = {
            path.split(".")[1] for path in self._shown if path.startswith("limits.") and path.split(".")[2] in columns
        }
        return tuple(clock.value for clock in ClockKind if clock.value in {*always, *named})

    def _field(self, path: str, names: Names) -> forms.Field:
        setting = self._shown.get(path, Setting(path, ""))
        label = setting_word(path, self.lang)
        if path == "pause.reasons":
            options = [(option.code, option.label(self.lang)) for option in names.pickable.get("code:pause", ())]
            return _several(label, options, setting.value)
        choices = [(value, choice_word(value, self.lang, path)) for value in choices_of(path)]
        if setting.kind == "many":
            return _several(label, choices, setting.value)
        if setting.kind == "choice":
            select = forms.Select(attrs={"class": "form-select"})
            return forms.ChoiceField(label=label, choices=choices, initial=setting.value, required=False, widget=select)
        if setting.kind == "yes_no":
            return forms.BooleanField(label=label, initial=setting.value, required=False)
        box = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "aria-label": label})
        return forms.CharField(label=label, initial=setting.text, required=False, max_length=300, widget=box)

    def wanted(self, base: tuple[str, int]) -> Wanted:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        return Wanted(
            base=base,
            settings=body_of({path: _typed(value) for path, value in typed.items()}, self.body),
            name=typed["name"],
            effective_from=typed["effective_from"],
            source=typed["source"],
        )

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Each refusal beside its field, with the setting's name instead of its path."""
        super().refuse(self._in_words(refusal) for refusal in refusals)

    def _in_words(self, refusal: Refusal) -> Refusal:
        if "path" not in refusal.params:
            return refusal
        path = str(refusal.params["path"])
        inner = next((name for name in (path, f"{path}.default", f"{path}.amber") if name in self.fields), path)
        params = {**refusal.params, "path": setting_word(path, self.lang)}
        return replace(refusal, params=params, field=inner)

    @property
    def identity(self) -> list[BoundField]:
        """Name, day of effect and source."""
        return [self[name] for name in ("name", "effective_from", "source")]

    @property
    def grids(self) -> list[Grid]:
        """The limits as tables."""
        every = tuple(clock.value for clock in ClockKind)
        typed, channelled = self._clocks(_TYPED, BY_TYPE), self._clocks(_CHANNELLED, BY_CHANNEL)
        return [
            self._grid("urgency", _("各环节时限"), every, BY_URGENCY, folded=False),
            self._grid("type", _("按诉求类型另定的时限"), typed, BY_TYPE, folded=False),
            self._grid("channel", _("按渠道另定的时限"), channelled, BY_CHANNEL, folded=True),
            self._emergency(),
        ]

    def _grid(self, key: str, title: str, clocks: tuple[str, ...], columns: tuple[str, ...], *, folded: bool) -> Grid:
        rows = tuple(
            GridRow(word(ClockKind(clock), self.lang), tuple(self[f"limits.{clock}.{column}"] for column in columns))
            for clock in clocks
        )
        return Grid(key, title, tuple(column_word(column, self.lang) for column in columns), rows, folded)

    def _emergency(self) -> Grid:
        columns = ("default", *BY_TYPE)
        cells = tuple(self[f"emergency.{column}"] for column in columns)
        row = GridRow(word(ClockKind.REPLY, self.lang), cells)
        title = group_word("emergency", self.lang)
        return Grid("emergency", title, tuple(column_word(one, self.lang) for one in columns), (row,), folded=False)

    @property
    def groups(self) -> list[FieldGroup]:
        """The other settings, group by group."""
        names = dict.fromkeys(s.group for s in self._shown.values() if s.group not in GRIDS)
        return [
            FieldGroup(
                name, group_word(name, self.lang), tuple(self[p] for p, s in self._shown.items() if s.group == name)
            )
            for name in names
        ]


_TYPED: Final = tuple(kind.value for kind in (ClockKind.REPLY, ClockKind.UNIT_REPLY))
_CHANNELLED: Final = ("intake",)


def _several(label: str, choices: list[tuple[str, str]], initial: Any) -> forms.Field:
    boxes = forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(label=label, choices=choices, initial=initial, required=False, widget=boxes)


def _typed(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return "yes" if value else ""
    return value if isinstance(value, list) else str(value or "")
