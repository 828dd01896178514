"""What the directory itself has against a precedent: that it would not be followed, or that it contradicts another.

The staffing office relies on it: after it has agreed, a ticket like the one that was ruled goes where it was ruled to.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hotline.rules.jurisdiction import Conflict, Directory, DirectoryRule, Question, Routed, route
from hotline.rules.jurisdiction.checking import Lists, check_directory
from hotline.rules.jurisdiction.reports import at_odds
from hotline.rules.messages import Refusal
from hotline.rules.precedents.wording import next_id
from hotline.rules.vocabulary import CITY_TZ

TRIAL: Final = "先例拟稿"
"""What a draft quotes while it is tried out: it must weigh as a ruling does."""


def found_against(
    draft: DirectoryRule, directory: Directory, lists: Lists, question: Question | None
) -> Iterator[Refusal]:
    """Everything that stands against a draft. `question` is the ticket that was ruled, as it came in."""
    others = tuple(rule for rule in directory.rules if not draft.id or rule.id != draft.id)
    number = draft.id or next_id(draft.categories[0] if draft.categories else "", (rule.id for rule in others))
    trial = replace(draft, id=number, source=TRIAL)
    for wrong in check_directory([(1, trial)], lists):
        yield Refusal(wrong.message.code, wrong.message.params, field="words")
    for pair in at_odds([trial, *(rule for rule in others if rule.ruled)]):
        if trial in (pair.one, pair.other):
            other = pair.other if pair.one == trial else pair.one
            yield Refusal("precedents.at_odds", {"rule": other.id, "title": other.title}, field="words")
    if question is not None:
        yield from _unfollowed(trial, others, directory, question)


def _unfollowed(
    trial: DirectoryRule, others: tuple[DirectoryRule, ...], directory: Directory, question: Question
) -> Iterator[Refusal]:
    """Why the ticket that was ruled would still go elsewhere, had the rule been there on the day it came in.

    Conditions and kinds of place that its words do not tell are taken as the draft names them: an agent asks for them.
    """
    held = replace(trial, valid_from=question.at.astimezone(CITY_TZ).date(), valid_to=None)
    facts = {need.fact: need.so for need in trial.needs} | dict(question.facts)
    asked = replace(question, facts=facts, places=question.places | frozenset(trial.places))
    answer = route(asked, replace(directory, rules=(*others, held)))
    match answer:
        case Routed(rule=rule) if rule.id != held.id:
            yield Refusal("precedents.outweighed", {"rule": rule.id, "title": rule.title}, field="words")
        case Conflict(claims=claims):
            other = next(claim.rule for claim in claims if claim.rule.id != held.id)
            yield Refusal("precedents.outweighed", {"rule": other.id, "title": other.title}, field="words")
        case Routed():
            return
        case _:
            yield Refusal("precedents.not_reached", field="words")
