"""Who knocks at every door: each role of the office, administrators, people of the lead unit, of a co-unit, of a unit
above, of a district with its street that has no part in the ticket, somebody without any role, and a stranger.
"""

from typing import Final

from hotline.registry.people.models import RoleGrant, User
from hotline.rules.visibility import CALLING_CONFIDENTIAL, UNMASKING
from hotline.rules.vocabulary import ADMIN_ROLES, OFFICE_ROLES, Role
from tests.cast import PASSWORD, PEOPLE, Cast
from tests.walks import OPENING

STRANGER: Final = "stranger"
BESIDE: Final = (
    ("szf_handler", "SZF", Role.UNIT_HANDLER),
    ("citizen_account", None, Role.CITIZEN),
    ("nobody", None, None),
)
"""Accounts that the cast lacks: a unit above all others, a role that staff never get, no role at all."""
SPARED: Final = {"sthj_section", "sthj_deputy", "ly_section", "ly_deputy"}
"""Their like knocks elsewhere."""

OFFICE: Final = frozenset(p.username for p in PEOPLE if p.role in OFFICE_ROLES)
ADMINS: Final = frozenset(p.username for p in PEOPLE if p.role in ADMIN_ROLES)
UNITS: Final = frozenset(p.username for p in PEOPLE) - OFFICE - ADMINS - SPARED | {"szf_handler"}
CALLING: Final = frozenset(p.username for p in PEOPLE if p.role in CALLING_CONFIDENTIAL)
ALL: Final = OFFICE | ADMINS | UNITS | {name for name, *_ in BESIDE}
"""Everybody with an account."""


def _holding(*roles: Role) -> frozenset[str]:
    return frozenset(p.username for p in PEOPLE if p.role in roles and p.username in ALL)


GROUPS: Final = {
    "anyone": ALL | {STRANGER},
    "all": ALL,
    "office": OFFICE,
    "admins": ADMINS,
    "units": UNITS,
    "cgj": frozenset(name for name in ALL if name.startswith("cgj_")),
    "sthj": frozenset(name for name in ALL if name.startswith("sthj_")),
    "ly": frozenset(name for name in ALL if name.startswith("ly_")),
    "unmasking": _holding(*UNMASKING),
    "calling": _holding(*CALLING_CONFIDENTIAL),
    "nobody-at-all": frozenset[str](),
}
"""Words of the table for several people at once."""


def who(cell: str) -> frozenset[str]:
    """A cell of the table as people: names and groups, `-name` takes one out."""
    found: frozenset[str] = frozenset()
    for word in cell.split():
        found = found - _meant(word[1:]) if word.startswith("-") else found | _meant(word)
    return found


def _meant(word: str) -> frozenset[str]:
    if word not in GROUPS and word not in ALL | {STRANGER}:
        raise ValueError(f"{word}: nobody of that name and no group (tests/access/people.py)")
    return GROUPS.get(word, frozenset({word}))


def as_cell(people: frozenset[str]) -> str:
    """The shortest way to write these people in the table, as a proposal for a new row."""
    best = " ".join(sorted(people)) or "nobody-at-all"
    words: list[str] = []
    left = people
    for name, group in sorted(GROUPS.items(), key=lambda item: -len(item[1])):
        if group and group <= left:
            words.append(name)
            left -= group
    return min((" ".join([*words, *sorted(left)]) or best, best), key=len)


def moved_in(cast: Cast) -> None:
    """The accounts that the cast lacks."""
    for name, unit, role in BESIDE:
        user = User.objects.create_user(name, password=PASSWORD, full_name=name, unit_id=unit)
        if role:
            RoleGrant.objects.create(user=user, role=role, valid_from=OPENING.date())
    assert {name for name in ALL if cast.user(name)} == ALL
