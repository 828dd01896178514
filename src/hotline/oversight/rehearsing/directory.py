"""A dry run of the dispatch directory: which tickets of the last months would have gone elsewhere, and to whom.

Whoever publishes a change sees it first. Nothing here moves a ticket.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from hotline.oversight.rehearsing.queries import MOST_MONTHS, months_before
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.drafting import Drafted
from hotline.registry.keeping.drafting import Held, held_against
from hotline.rules.jurisdiction import Answer, Conflict, Directory, DirectoryRule, Routed, route
from hotline.rules.jurisdiction.changes import standing
from hotline.rules.jurisdiction.reports import Moved, difference
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, refuse_keeping
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.past_matters import PastMatter, past_matters
from hotline.tickets.rulebook import rulebook

MOST_TICKETS: Final = 5000
MOST_ROWS: Final = 200
"""Tickets listed one by one; the others are counted."""


def rehearse_directory(*, number: int, months: int, actor: Actor, now: datetime) -> Drafted:
    """A dry run of an open draft over the last months, kept with it; a change of the draft forgets it."""
    why = refuse_keeping(actor)
    draft = RuleDraft.objects.filter(pk=number, kind=DraftKind.DIRECTORY.value).first()
    if why or draft is None:
        return Drafted(refusals=(why or Refusal("rule_draft.not_found"),))
    if draft.state != DraftState.OPEN:
        return Drafted(draft, (Refusal("rule_draft.not_open"),))
    if not 1 <= months <= MOST_MONTHS:
        return Drafted(draft, (Refusal("rehearsal.months", field="months"),))
    found = tried(held_against(draft, now), months=months, now=now)
    kept = RuleDraft.objects.filter(pk=number, edit=draft.edit).update(rehearsal=found)
    draft.rehearsal = found
    return Drafted(draft, () if kept else (Refusal("rule_draft.changed_meanwhile"),))


def tried(held: Held, *, months: int, now: datetime) -> dict[str, Any]:
    """Past matters asked of both directories, each as it stands on the day when the whole change is in effect."""
    today = now.astimezone(CITY_TZ).date()
    since, day = months_before(now, months), held.changes.settled_on or today
    matters = {one.number: one for one in past_matters(since, now, held.changes.categories, MOST_TICKETS)}
    old, new = directories(held, now=now, on=day)
    moved = difference({number: one.question for number, one in matters.items()}, old, new)
    return {
        "months": months,
        "since": since.isoformat(),
        "at": now.astimezone(CITY_TZ).isoformat(),
        "on": day.isoformat(),
        "tickets": len(matters),
        "cut": len(matters) == MOST_TICKETS,
        "unread": sum(1 for one in matters.values() if one.question.text is None),
        "moved": len(moved),
        "units": _flows(moved),
        "rows": [_row(one, matters[one.key]) for one in moved[:MOST_ROWS]],
    }


def directories(held: Held, *, now: datetime, on: date) -> tuple[Directory, Directory]:
    """The directory of that day without and with the change."""
    base = rulebook(now=now).directory
    return replace(base, rules=standing(held.stored, on)), replace(base, rules=standing(held.changes.rules, on))


def usage(numbers: frozenset[str], *, months: int, now: datetime) -> Mapping[str, tuple[PastMatter, ...]]:
    """The tickets of the last months that these rules of today would decide, by rule."""
    directory = rulebook(now=now).directory
    rules = [rule for rule in directory.rules if rule.id in numbers]
    asked = replace(directory, rules=standing(directory.rules, now.astimezone(CITY_TZ).date()))
    prefixes = {code for rule in rules for code in rule.categories}
    found: dict[str, list[PastMatter]] = {number: [] for number in sorted(numbers)}
    for matter in past_matters(months_before(now, months), now, prefixes, MOST_TICKETS):
        answer = route(matter.question, asked)
        rule = None if isinstance(answer, Conflict) else answer.rule
        if rule is not None and rule.id in found:
            found[rule.id].append(matter)
    return {number: tuple(matters) for number, matters in found.items()}


def unused(*, months: int, now: datetime) -> tuple[DirectoryRule, ...]:
    """Rules of today that decided none of the tickets of the last months."""
    rules = rulebook(now=now).directory.rules
    used = usage(frozenset(rule.id for rule in rules), months=months, now=now)
    return tuple(sorted((rule for rule in rules if not used[rule.id]), key=lambda rule: rule.place_in_file))


def _flows(moved: tuple[Moved, ...]) -> list[dict[str, Any]]:
    """How many go from whom to whom, the most first."""
    counted = Counter((_said(one.was), _said(one.would)) for one in moved)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"was": list(was), "would": list(would), "tickets": number} for (was, would), number in ordered]


def _row(moved: Moved, matter: PastMatter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "at": matter.question.at.isoformat(),
        "category": matter.question.category,
        "region": matter.question.region,
        "lead": matter.lead,
        "was": list(_said(moved.was)),
        "would": list(_said(moved.would)),
        "rules": [_rules(moved.was), _rules(moved.would)],
    }


def _said(answer: Answer) -> tuple[str, ...]:
    """An answer in codes: what it is, and the units it names."""
    match answer:
        case Routed():
            return ("rule", answer.lead)
        case Conflict():
            return ("conflict", *sorted(answer.leads))
        case _:
            return ("elsewhere" if answer.rule else "none",)


def _rules(answer: Answer) -> str:
    match answer:
        case Routed():
            return answer.rule.version_key
        case Conflict():
            return "、".join(claim.rule.version_key for claim in answer.claims)
        case _:
            return answer.rule.version_key if answer.rule else ""
