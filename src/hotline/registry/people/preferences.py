"""How somebody likes to work: rows of a list, spacing, the first desk, language, what need not ring, what is sent.

Kept with the account and read with it, so that no page asks the database for it. What can't be understood any more,
such as a desk that is gone, counts as not chosen.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from hotline.registry.people.models import User

ROWS: Final = (25, 50, 100)
DENSITIES: Final = ("cosy", "tight")


@dataclass(frozen=True)
class Preferences:
    """One person's choices; these are the office's own when nobody has chosen."""

    rows: int = 50
    density: str = "cosy"
    start: str = ""
    language: str = ""
    quiet: tuple[str, ...] = ()
    mail: str = ""
    by_email: tuple[str, ...] = ()
    by_sms: tuple[str, ...] = ()

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Preferences":
        """What is kept, as far as it is still a choice."""
        rows, density = kept.get("rows"), kept.get("density")
        return cls(
            rows=rows if rows in ROWS else cls.rows,
            density=density if density in DENSITIES else cls.density,
            start=str(kept.get("start", ""))[:32],
            language=str(kept.get("language", ""))[:10],
            quiet=_kinds(kept, "quiet"),
            mail=str(kept.get("mail", ""))[:200],
            by_email=_kinds(kept, "by_email"),
            by_sms=_kinds(kept, "by_sms"),
        )


def _kinds(kept: Mapping[str, Any], name: str) -> tuple[str, ...]:
    chosen = kept.get(name)
    return tuple(map(str, chosen)) if isinstance(chosen, list) else ()


def preferences_of(user: object) -> Preferences:
    """The choices of the signed-in person; the office's own for anybody else."""
    return Preferences.read(user.preferences) if isinstance(user, User) else Preferences()


def save_preferences(*, person: int, chosen: Preferences) -> None:
    """From the next page on."""
    User.objects.filter(pk=person).update(preferences=asdict(chosen))


def quiet_kinds(people: list[int]) -> dict[int, frozenset[str]]:
    """Which kinds of notice do not ring at these people's desks; who has not chosen is left out."""
    rows = User.objects.filter(pk__in=people).exclude(preferences={}).values_list("pk", "preferences")
    return {pk: frozenset(Preferences.read(kept).quiet) for pk, kept in rows}
