"""Profiles in words: each setting with its value, mark and note; what a draft changes; what a dry run found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from hotline.desks.time_words import Moment, moment_words
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.profile_marks import Marks, marks_stored
from hotline.rules.profile_settings import Setting, settings_of
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import ClockKind, RequestType
from hotline.rules.words import word
from hotline.rules.words_profile import MARKS, group_word, setting_word, value_word
from hotline.tickets.acting.names import Names

NOT_REPLAYED = ("general.reply_starts_at", "general.sign_in_starts_at", "general.on_time_means")
"""Settings a dry run cannot replay: it judges recorded clocks, and these say which clocks there are."""


@dataclass(frozen=True)
class SettingLine:
    """One setting of a profile; `old` where a draft changes it."""

    name: str
    value: str
    mark: str
    mark_said: str
    note: str
    old: str = ""


@dataclass(frozen=True)
class SettingGroup:
    """Settings that belong together."""

    title: str
    lines: tuple[SettingLine, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version in the list."""

    key: str
    version: int
    name: str
    effective_from: str
    source: str
    state: str
    in_force: bool


def said(setting: Setting, names: Names, lang: str) -> str:
    """A setting's value in words, with the city's own words for reasons."""
    if setting.path == "pause.reasons":
        return "、".join(names.reason("pause", code, lang) for code in setting.value)
    return value_word(setting, lang)


def groups(body: Mapping[str, Any], marks: Mapping[str, Any], names: Names, lang: str) -> tuple[SettingGroup, ...]:
    """A whole profile in words, group by group."""
    known = marks_stored(marks)
    shown: dict[str, list[SettingLine]] = {}
    for setting in settings_of(body):
        shown.setdefault(setting.group, []).append(_setting(setting, known, names, lang))
    return tuple(SettingGroup(group_word(name, lang), tuple(lines)) for name, lines in shown.items())


def _setting(setting: Setting, marks: Marks, names: Names, lang: str, old: str = "") -> SettingLine:
    group = setting.path.rpartition(".")[0]
    mark = marks.get(setting.path) or marks.get(setting.path.removesuffix(".default")) or marks.get(f"{group}.default")
    letter = mark.letter if mark else ""
    pair = MARKS.get(letter)
    return SettingLine(
        name=setting_word(setting.path, lang),
        value=said(setting, names, lang),
        mark=letter,
        mark_said=pair[1 if lang == "en" else 0] if pair else "",
        note=mark.note if mark else "",
        old=old,
    )


def changes(base: Mapping[str, Any], draft: RuleDraft, names: Names, lang: str) -> list[SettingLine]:
    """What a draft changes: was and will be."""
    old = {setting.path: setting for setting in settings_of(base)}
    new = {setting.path: setting for setting in settings_of(draft.body["profile"])}
    marks = marks_stored(draft.marks)
    found = []
    for path in draft.body["changed"]:
        before = said(old[path], names, lang) if path in old else _("未设")
        if path in new:
            found.append(_setting(new[path], marks, names, lang, before))
        else:
            found.append(SettingLine(setting_word(path, lang), _("不再设"), "", "", "", before))
    return found


def versions(profiles: Sequence[Profile], in_force: str, today: date, lang: str) -> list[VersionLine]:
    """All versions: the newest of each profile first."""
    ordered = sorted(profiles, key=lambda p: (p.key, -p.version))
    return [
        VersionLine(
            key=profile.key,
            version=profile.version,
            name=profile.name,
            effective_from=day_en(profile.effective_from, 0) if lang == "en" else day_zh(profile.effective_from, 0),
            source=profile.source,
            state=_state(profile, in_force, today),
            in_force=profile.version_key == in_force,
        )
        for profile in ordered
    ]


def _state(profile: Profile, in_force: str, today: date) -> str:
    if profile.version_key == in_force:
        return _("正在使用")
    return _("尚未生效") if profile.effective_from > today else _("备用")


def told_settings(record: RuleRecord, lang: str) -> Iterator[tuple[str, str, str]]:
    """What a published profile changed, for the record."""
    before, after = record.before.get("settings", {}), record.after.get("settings", {})
    words = {"number": str(record.after.get("version", "")).partition("@")[2], "day": record.after.get("from", "")}
    yield _("版本"), "", _("第 %(number)s 版，自 %(day)s 起") % words
    for path, value in after.items():
        pair = [value_word(Setting(path, one), lang) if one is not None else "" for one in (before.get(path), value)]
        yield setting_word(path, lang), pair[0], pair[1]


@dataclass(frozen=True)
class TallyLine:
    """One row of a dry run."""

    name: str
    clocks: int
    was: int
    would: int

    @property
    def worse(self) -> bool:
        """More would be late than are."""
        return self.would > self.was


@dataclass(frozen=True)
class RehearsalLines:
    """A dry run in words."""

    months: int
    at: Moment
    reply: TallyLine
    newly_late: int
    spared: int
    moved: int
    kinds: tuple[TallyLine, ...]
    types: tuple[TallyLine, ...]
    units: tuple[TallyLine, ...]


def rehearsal(kept: Mapping[str, Any], names: Names, lang: str, now: datetime) -> RehearsalLines:
    """A dry run as the draft keeps it."""
    return RehearsalLines(
        months=kept["months"],
        at=moment_words(datetime.fromisoformat(kept["at"]), now),
        reply=TallyLine("", **kept["reply"]),
        newly_late=kept["newly_late"],
        spared=kept["spared"],
        moved=kept["moved"],
        kinds=tuple(_tally(row, word(ClockKind(row["code"]), lang)) for row in kept["kinds"]),
        types=tuple(_tally(row, word(RequestType(row["code"]), lang)) for row in kept["types"]),
        units=tuple(_tally(row, names.unit(row["code"], lang)) for row in kept["units"]),
    )


def _tally(row: Mapping[str, Any], name: str) -> TallyLine:
    return TallyLine(name, row["clocks"], row["was"], row["would"])


def not_replayed(draft: RuleDraft, lang: str) -> list[str]:
    """Changed settings that the dry run leaves out."""
    return [setting_word(path, lang) for path in draft.body["changed"] if path in NOT_REPLAYED]


def legend(lang: str) -> list[tuple[str, str]]:
    """What the marks mean."""
    return [(letter, pair[1 if lang == "en" else 0]) for letter, pair in MARKS.items()]
