"""The mapping of another system's columns to our fields, read from MAPPING.toml; every mistake is named at once.

docs/operate/import.md explains the file to whoever writes one; docs/examples/fuzhou.toml is a whole one.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, Final

from hotline.rules.vocabulary import Channel, RequestType
from hotline.stages.intake.importing.problems import ImportRefused, Problem

SYSTEM_LIMIT: Final = 64
REQUESTER: Final = {"name": 80, "phone": 32, "alt_phone": 32, "id_no": 32, "company_name": 120, "address": 200}
"""What may be said of the requester, and how long it may be."""
FIELDS: Final = ("title", "content", "place", "reply", "dispatches", "append")
SECTIONS: Final = (
    "system", "id", "file", "fields", "requester", "accepted", "closed", "type", "channel", "region", "category",
    "state",
)  # fmt: skip


@dataclass(frozen=True)
class Lookup:
    """A column whose values are turned into our codes by a table; without a default an unknown value is refused."""

    column: str = ""
    table: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None


@dataclass(frozen=True)
class When:
    """A column of times: the forms they may have, and the time of day where only a day is written."""

    column: str = ""
    formats: tuple[str, ...] = ("%Y-%m-%d",)
    time: time = time(9)


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """A whole mapping. Texts are made of one or several columns."""

    system: str
    id: str
    encoding: str = ""
    delimiter: str = ","
    title: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    reply: tuple[str, ...] = ()
    append: tuple[str, ...] = ()
    dispatches: str = ""
    requester: Mapping[str, str] = field(default_factory=dict)
    accepted: When
    closed: When | None = None
    closed_days_after: str = ""
    type: Lookup = field(default_factory=Lookup)
    channel: Lookup = field(default_factory=Lookup)
    region: Lookup = field(default_factory=Lookup)
    category: Lookup = field(default_factory=Lookup)
    closed_when: str = ""
    closed_values: tuple[str, ...] = ()
    send_to_dispatch: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the mapping names."""
        named = [
            self.id, *self.title, *self.content, *self.place, *self.reply, *self.append, self.dispatches,
            *self.requester.values(), self.accepted.column, self.closed.column if self.closed else "",
            self.closed_days_after, self.type.column, self.channel.column, self.region.column, self.category.column,
            self.closed_when,
        ]  # fmt: skip
        return tuple(dict.fromkeys(name for name in named if name))


def read_mapping(path: Path) -> ColumnMap:
    """The mapping in a file; ImportRefused names everything that is wrong with it."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImportRefused([Problem("mapping.not_toml", {"reason": str(error)})]) from error
    return parse_mapping(data)


def parse_mapping(data: Mapping[str, Any]) -> ColumnMap:
    """The mapping that the tables of a file describe."""
    read = _Reader()
    read.only(data, "", SECTIONS)
    file = read.section(data, "file", ("encoding", "delimiter"))
    fields = read.section(data, "fields", FIELDS)
    closed = read.section(data, "closed", ("column", "formats", "time", "days_after"))
    state = read.section(data, "state", ("closed_when", "closed_values", "send_to_dispatch"))
    requester = read.section(data, "requester", REQUESTER)
    made = ColumnMap(
        system=read.text(data, "", "system", required=True, limit=SYSTEM_LIMIT),
        id=read.text(data, "", "id", required=True),
        encoding=read.text(file, "file", "encoding"),
        delimiter=read.text(file, "file", "delimiter", limit=1) or ",",
        **{name: read.texts(fields, "fields", name) for name in FIELDS if name != "dispatches"},
        dispatches=read.text(fields, "fields", "dispatches"),
        requester={name: read.text(requester, "requester", name) for name in requester if name in REQUESTER},
        accepted=read.when(read.section(data, "accepted", ("column", "formats", "time")), "accepted"),
        closed=read.when(closed, "closed") if "column" in closed else None,
        closed_days_after=read.text(closed, "closed", "days_after"),
        type=read.lookup(data, "type", choices=tuple(RequestType), default=RequestType.OTHER),
        channel=read.lookup(data, "channel", choices=tuple(Channel), default=Channel.OTHER_LINE),
        region=read.lookup(data, "region", default=""),
        category=read.lookup(data, "category", default=""),
        closed_when=read.text(state, "state", "closed_when"),
        closed_values=read.texts(state, "state", "closed_values"),
        send_to_dispatch=read.flag(state, "state", "send_to_dispatch", default=True),
    )
    read.finish(made)
    return made


class _Reader:
    """Collects what is wrong while the values are read."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def complain(self, code: str, path: str, **params: object) -> None:
        self._problems.append(Problem(code, {"path": path, **params}))

    def finish(self, made: ColumnMap) -> None:
        """What only the whole shows; then everything that was found is told."""
        if not made.title and not made.content:
            self.complain("mapping.missing", "fields.content")
        if not made.accepted.column:
            self.complain("mapping.missing", "accepted.column")
        if made.closed_when and not made.reply:
            self.complain("mapping.needs_reply", "fields.reply")
        if self._problems:
            raise ImportRefused(self._problems)

    def only(self, data: Mapping[str, Any], path: str, known: Collection[str]) -> None:
        for name in data.keys() - set(known):
            self.complain("mapping.unknown", _join(path, name), choices="、".join(known))

    def section(self, data: Mapping[str, Any], name: str, known: Collection[str]) -> Mapping[str, Any]:
        found = data.get(name, {})
        if not isinstance(found, dict):
            self.complain("mapping.not_a_table", name)
            return {}
        self.only(found, name, known)
        return found

    def text(self, data: Mapping[str, Any], path: str, name: str, *, required: bool = False, limit: int = 500) -> str:
        found = data.get(name, "")
        if not isinstance(found, str):
            self.complain("mapping.not_text", _join(path, name))
            return ""
        if required and not found.strip():
            self.complain("mapping.missing", _join(path, name))
        if len(found) > limit:
            self.complain("mapping.too_long", _join(path, name), limit=limit)
        return found if name == "delimiter" else found.strip()

    def texts(self, data: Mapping[str, Any], path: str, name: str) -> tuple[str, ...]:
        """One name or several in brackets."""
        found = data.get(name, [])
        several = [found] if isinstance(found, str) else found
        if not isinstance(several, list) or not all(isinstance(one, str) for one in several):
            self.complain("mapping.not_a_list", _join(path, name))
            return ()
        return tuple(one.strip() for one in several if one.strip())

    def flag(self, data: Mapping[str, Any], path: str, name: str, *, default: bool) -> bool:
        found = data.get(name, default)
        if not isinstance(found, bool):
            self.complain("mapping.not_yes_or_no", _join(path, name))
            return default
        return found

    def when(self, data: Mapping[str, Any], path: str) -> When:
        usual = When()
        written = data.get("time", usual.time)
        try:
            at = written if isinstance(written, time) else time.fromisoformat(str(written))
        except ValueError:
            self.complain("mapping.not_a_time", _join(path, "time"))
            at = usual.time
        formats = self.texts(data, path, "formats") or usual.formats
        return When(self.text(data, path, "column"), formats, at)

    def lookup(self, data: Mapping[str, Any], name: str, *, choices: Collection[str] = (), default: str) -> Lookup:
        """Without a column everything has the default; with one, a default must be written to be used."""
        found = self.section(data, name, ("column", "table", "default"))
        column = self.text(found, name, "column")
        table = self.section(found, "table", found.get("table", {})) if "table" in found else {}
        values = {key: self.text(table, f"{name}.table", key) for key in table}
        usual = self.text(found, name, "default") if "default" in found else None
        for path, value in ((f"{name}.default", usual), *((f"{name}.table.{k}", v) for k, v in values.items())):
            if choices and value is not None and value not in choices:
                self.complain("mapping.not_a_choice", path, value=value, choices="、".join(choices))
        return Lookup(column, values, default if usual is None and (not column or not choices) else usual)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
