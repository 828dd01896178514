"""Parts that a directory rule or a ruling names, as what a dispatch says and the tasks that are given with it.

Dispatchers and panels write down who does what and after what; on the ticket that is one dispatch or ruling and an
OpenTask for every task that has words, days or a turn of its own.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from hotline.rules.acts import OpenTask
from hotline.rules.jurisdiction.values import CoUnit, UnitRole
from hotline.rules.vocabulary import Finding, UnitCode

TOLD_BY: Final[tuple[tuple[str, Finding], ...]] = (
    ("犯罪", Finding.CRIME),
    ("违", Finding.VIOLATION),
    ("非法", Finding.VIOLATION),
    ("擅自", Finding.VIOLATION),
    ("超标", Finding.VIOLATION),
    ("无证", Finding.VIOLATION),
    ("劝阻", Finding.PERSISTS),
    ("整改", Finding.PERSISTS),
    ("隐患", Finding.DANGER),
    ("坠", Finding.DANGER),
    ("抛物", Finding.DANGER),
    ("发病", Finding.HARM),
    ("损害", Finding.HARM),
    ("暴力", Finding.HARM),
    ("伤", Finding.HARM),
)
"""Which finding the words of a directory mean, the first that is said."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a dispatch says of the units beside the lead, and the tasks to be given after it."""

    co_units: tuple[UnitCode, ...] = ()
    guidance_units: tuple[UnitCode, ...] = ()
    copied_units: tuple[UnitCode, ...] = ()
    tasks: tuple[OpenTask, ...] = ()

    def named(self, active: Collection[str]) -> dict[str, tuple[UnitCode, ...]]:
        """What a dispatch says of them, by its fields; units that are no more are left out."""
        said = {"co_units": self.co_units, "guidance_units": self.guidance_units, "copied_units": self.copied_units}
        return {field: tuple(unit for unit in units if unit in active) for field, units in said.items()}


def finding_of(words: str) -> Finding:
    """The finding that begins a task, from a rule's words; blank words await nothing."""
    if not words.strip():
        return Finding.NOTHING
    return next((finding for sign, finding in TOLD_BY if sign in words), Finding.OTHER)


def parts_of(named: Iterable[CoUnit], lead: UnitCode) -> Parts:
    """A rule's units beside the lead, each once, the weightiest part first; the lead itself needs none."""
    ranks = (UnitRole.CO, UnitRole.GUIDANCE, UnitRole.COPY)
    taken: dict[UnitCode, CoUnit] = {}
    for one in sorted(named, key=lambda one: (ranks.index(one.role), bool(one.after))):
        if one.unit and one.unit != lead:
            taken.setdefault(one.unit, one)
    helpers = [one for one in taken.values() if one.role is UnitRole.CO]
    return Parts(
        co_units=tuple(one.unit for one in helpers if not _has_words(one)),
        guidance_units=tuple(unit for unit, one in taken.items() if one.role is UnitRole.GUIDANCE),
        copied_units=tuple(unit for unit, one in taken.items() if one.role is UnitRole.COPY),
        tasks=tuple(task_from(one) for one in helpers if _has_words(one)),
    )


def _has_words(one: CoUnit) -> bool:
    return bool(one.task.strip() or one.after.strip())


def task_from(one: CoUnit) -> OpenTask:
    """The task in the rule's words, with the condition in them as the rule puts it."""
    task, after = one.task.strip(), one.after.strip()
    said = f"{after}的，{task or '依职责办理'}" if after else task
    return OpenTask(unit=one.unit, task=said, after=finding_of(after))
