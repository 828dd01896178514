"""A file of people made into accounts: looked at line by line first, then all of it or nothing.

A unit's clerk fills in the sheet, the system administrator imports it; the post named in it is only a wish, which the
security administrator grants when confirming the account.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from django.db import transaction

from hotline.registry.people.accounts import AccountData, account_refusals, put_account
from hotline.registry.people.models import RoleCard, User
from hotline.registry.people.recording import take
from hotline.rules.administration import GRANTABLE, AdminAct
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

MOST_LINES: Final = 1000
MOST_BYTES: Final = 1_000_000
COLUMNS: Final[Mapping[str, str]] = {
    "账号": "username",
    "姓名": "full_name",
    "单位": "unit",
    "岗位": "wanted_role",
    "工号": "staff_no",
    "电话": "phone",
}
NEEDED: Final = ("账号", "姓名", "单位")
SAMPLE: Final = (
    "# 一行一人。单位填单位代码，岗位填岗位代码或名称（可空），工号、电话可空。\n"
    "账号,姓名,岗位,单位,工号,电话\n"
    "zhangsan,张三,承办人,CGJ,1001,\n"
)


@dataclass(frozen=True)
class RosterLine:
    """One person of the file, with everything wrong about the line."""

    number: int
    username: str
    data: AccountData
    wanted_role: str
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Roster:
    """A file as it was read; `refusals` are about the file as a whole."""

    lines: tuple[RosterLine, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every line can be taken."""
        return bool(self.lines) and not self.refusals and not any(line.refusals for line in self.lines)


@dataclass(frozen=True, repr=False)
class Imported:
    """The accounts that were made with their one-time passwords, shown once; or the lines with what is wrong."""

    roster: Roster
    passwords: tuple[tuple[User, str], ...] = ()
    refusal: Refusal | None = None


def read_roster(content: bytes, *, day: date) -> Roster:
    """The file's people, judged but not yet written."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Roster(refusals=(Refusal("people_file.unreadable"),))
    rows = _rows(text) if len(content) <= MOST_BYTES and "\x00" not in text else None
    if rows is None:
        return Roster(refusals=(Refusal("people_file.unreadable"),))
    if not rows[1:]:
        return Roster(refusals=(Refusal("people_file.empty"),))
    if len(rows) - 1 > MOST_LINES:
        return Roster(refusals=(Refusal("people_file.too_large", {"limit": MOST_LINES}),))
    _, heading = rows[0]
    missing = [Refusal("people_file.column_missing", {"column": name}) for name in NEEDED if name not in heading]
    return Roster(refusals=tuple(missing)) if missing else Roster(_judged(heading, rows[1:], day))


def _rows(text: str) -> list[tuple[int, list[str]]] | None:
    """The lines with their numbers, comments and blank ones left out; None for what is no CSV."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        return None
    found = [(number, cells) for number, cells in rows if any(cells) and not cells[0].startswith("#")]
    return found or [(0, [])]


def _judged(heading: Sequence[str], rows: Sequence[tuple[int, list[str]]], day: date) -> tuple[RosterLine, ...]:
    roles = _roles()
    lines = [_line(number, dict(zip(heading, cells, strict=False)), roles, day) for number, cells in rows]
    lines = [
        line if len(cells) == len(heading) else replace(line, refusals=(Refusal("people_file.line_broken"),))
        for line, (_, cells) in zip(lines, rows, strict=True)
    ]
    return tuple(_twice(lines))


def _line(number: int, cells: Mapping[str, str], roles: Mapping[str, Role], day: date) -> RosterLine:
    said = {name: cells.get(column, "") for column, name in COLUMNS.items()}
    username, wanted = said.pop("username"), said.pop("wanted_role")
    data = AccountData(**said)
    wrong = account_refusals(username, data, day)
    if not data.unit:
        wrong.append(Refusal("people.unit_missing", field="unit"))
    if wanted and wanted not in roles:
        wrong.append(Refusal("people_file.role_unknown", {"role": wanted[:20]}, field="wanted_role"))
    role = roles[wanted].value if wanted in roles else ""
    return RosterLine(number, username, data, role, tuple(wrong))


def _roles() -> dict[str, Role]:
    """Roles by code and by what the city calls them."""
    cards = {card.zh: Role(card.code) for card in RoleCard.objects.all() if card.code in set(Role)}
    return {name: role for name, role in {**cards, **{r.value: r for r in Role}}.items() if role in GRANTABLE}


def _twice(lines: Sequence[RosterLine]) -> list[RosterLine]:
    """Names and numbers that stand in the file more than once."""
    seen: dict[str, int] = {}
    found = []
    for line in lines:
        keys = [f"name {line.username.lower()}", *([f"number {line.data.staff_no}"] if line.data.staff_no else [])]
        before = next((seen[key] for key in keys if key in seen), 0)
        again = (Refusal("people_file.twice", {"line": before}),) if before else ()
        found.append(replace(line, refusals=line.refusals + again))
        seen |= {key: line.number for key in keys if key not in seen}
    return found


@transaction.atomic
def import_roster(*, content: bytes, actor: Actor, now: datetime) -> Imported:
    """Make an account of every line, or of none. The file is judged again: somebody may have taken a name meanwhile."""
    hand = take(AdminAct.CREATE_ACCOUNT, actor=actor, now=now)
    if hand.refusal:
        return Imported(Roster(), refusal=hand.refusal)
    roster = read_roster(content, day=hand.day)
    if not roster.ok:
        return Imported(roster)
    made = [put_account(hand, line.username, line.data, wanted_role=line.wanted_role) for line in roster.lines]
    return Imported(roster, tuple((done.person, done.password) for done in made if done.person))
