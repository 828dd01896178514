"""route(): the directory applied to one question. Total: one lead, or nobody and why, or the rules at odds.

Which rule wins, in this order: the longer category; then more circumstances named (each group of words, the place,
the hours, each condition counts one); then the longer region; then a ruling before the directory. Rules that weigh
the same and name one unit agree, and the lowest number speaks; those that name several are a conflict.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.lexicon import OUTSIDE
from hotline.rules.jurisdiction.story import conflict_story, no_rule_story, routed_story
from hotline.rules.jurisdiction.values import (
    ELSEWHERE,
    LOCAL,
    Answer,
    Claim,
    Conflict,
    CoUnit,
    DirectoryRule,
    Heard,
    Missing,
    NoRule,
    Question,
    Routed,
    Weight,
)
from hotline.rules.jurisdiction.words import plain
from hotline.rules.vocabulary import CITY_TZ, UnitCode

CATEGORY_DIGITS = 6


@dataclass(frozen=True)
class Asked:
    """A question made ready: the text plain, the category one, facts and kinds of place completed from the text."""

    question: Question
    told: str | None
    heard: Heard
    facts: dict[str, bool]
    places: frozenset[str]


@dataclass(frozen=True)
class Fit:
    """A rule that fits, or would with what is `open`; `asks` are conditions nobody has told yet."""

    rule: DirectoryRule
    weight: Weight
    open: frozenset[Missing] = frozenset()
    asks: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()


def route(question: Question, directory: Directory) -> Answer:
    """The directory's answer. Without a category the text's own is taken, if all it may be lead to one unit."""
    told = None if question.text is None else plain(question.text)
    region = directory.lexicon.region(told) if told and not question.region else None
    place = question.region or (region.sure if region else "")
    category = question.category
    guess = None
    if told and len(category) < CATEGORY_DIGITS:
        guess = directory.lexicon.category(told, category, directory.speaking(_day(question)))
    heard = Heard(
        category=guess.sure if guess and guess.sure else category,
        category_words=guess.words if guess else (),
        region=place,
        region_word=region.words[0] if region and region.sure else "",
        local=directory.local(place),
    )
    if place == OUTSIDE:
        return NoRule(story=no_rule_story(directory, heard, outside=True), heard=heard)
    wavering = guess.codes if guess and len(guess.codes) > 1 else ()
    if wavering:
        return _wavering(question, directory, told, heard, wavering)
    if not heard.category:
        missing = frozenset({Missing.CATEGORY})
        return NoRule(missing=missing, story=no_rule_story(directory, heard, missing=missing), heard=heard)
    return _answer(_asked(question, directory, told, heard, heard.category), directory)


def _wavering(question: Question, directory: Directory, told: str | None, heard: Heard, codes: Sequence[str]) -> Answer:
    """Several categories that the text may mean: one lead of all of them stands, otherwise an agent has to choose."""
    answers = [_answer(_asked(question, directory, told, heard, code), directory) for code in codes]
    leads = {answer.lead if isinstance(answer, Routed) else None for answer in answers}
    if len(leads) == 1 and None not in leads:
        return answers[0]
    if heard.category:
        return _answer(_asked(question, directory, told, heard, heard.category), directory)
    missing = frozenset({Missing.CATEGORY})
    return NoRule(missing=missing, story=no_rule_story(directory, heard, missing=missing, codes=codes), heard=heard)


def _asked(question: Question, directory: Directory, told: str | None, heard: Heard, category: str) -> Asked:
    facts = directory.lexicon.told_facts(told) | dict(question.facts) if told else dict(question.facts)
    places = question.places | (directory.lexicon.told_places(told) if told else frozenset())
    known = replace(heard, category=category, facts=facts)
    return Asked(question, told, known, facts, places)


def _answer(asked: Asked, directory: Directory) -> Answer:
    fits = list(_fits(asked, directory))
    sure = [fit for fit in fits if not fit.open and not fit.asks]
    most = max((fit.weight for fit in sure), default=None)
    best = sorted((fit for fit in sure if fit.weight == most), key=lambda fit: fit.rule.place_in_file)
    leads = {_lead(fit.rule, asked.heard) for fit in best}
    rivals = [f for f in fits if most is None or f.weight >= most]
    unclear = [f for f in rivals if f.open and not f.asks and {_lead(f.rule, asked.heard)} != leads]
    missing = frozenset(m for fit in unclear for m in fit.open)
    if None in leads:
        missing |= {Missing.REGION}
    if missing or not best:
        return NoRule(missing=missing, story=no_rule_story(directory, asked.heard, missing=missing), heard=asked.heard)
    if len(leads) > 1:
        return _conflict(best, asked, directory)
    said = best[0].rule
    others = (f for f in rivals if (f.rule.lead, f.rule.co_units) != (said.lead, said.co_units) and not f.open)
    return _spoken(best[0], asked, directory, tuple(sorted({ask for fit in others for ask in fit.asks})))


def _spoken(fit: Fit, asked: Asked, directory: Directory, asks: tuple[str, ...]) -> Answer:
    """The answer of the one rule that won."""
    lead, rule = _lead(fit.rule, asked.heard), fit.rule
    if lead is None or lead == ELSEWHERE:
        return NoRule(rule=rule, story=no_rule_story(directory, asked.heard, rule=rule), heard=asked.heard)
    story = routed_story(
        directory, asked.heard, rule, lead, spoken=fit.spoken, places=asked.places, at=asked.question.at
    )
    co_units = tuple(_placed(rule, lead, asked.heard))
    return Routed(lead=lead, co_units=co_units, rule=rule, story=story, heard=asked.heard, asks=asks)


def _placed(rule: DirectoryRule, lead: UnitCode, heard: Heard) -> Iterator[CoUnit]:
    """The co-units with 属地 filled in; nobody helps itself, and an unknown place helps nobody."""
    for one in rule.co_units:
        unit = heard.local if one.unit == LOCAL else one.unit
        if unit and unit != lead:
            yield CoUnit(role=one.role, unit=unit, task=one.task, after=one.after)


def _conflict(best: Sequence[Fit], asked: Asked, directory: Directory) -> Conflict:
    claims = tuple(Claim(lead=_lead(fit.rule, asked.heard) or LOCAL, rule=fit.rule) for fit in best)
    return Conflict(claims=claims, story=conflict_story(directory, asked.heard, claims), heard=asked.heard)


def _lead(rule: DirectoryRule, heard: Heard) -> UnitCode | None:
    """The unit a rule names for this place; None where it is 属地 and the place is not known."""
    return heard.local if rule.lead == LOCAL else rule.lead


def _fits(asked: Asked, directory: Directory) -> Iterator[Fit]:
    day = _day(asked.question)
    for prefix, rule in directory.about(asked.heard.category):
        if rule.holds(day):
            fit = _fit(rule, prefix, asked)
            if fit is not None:
                yield fit


def _fit(rule: DirectoryRule, prefix: str, asked: Asked) -> Fit | None:
    if rule.hours is not None and not rule.hours.holds(asked.question.at):
        return None
    region = _region(rule, asked)
    spoken = rule.words.spoken(asked.told) if asked.told is not None else ()
    if region is None or spoken is None or _placed_elsewhere(rule, asked) or _denied(rule, asked):
        return None
    unread = asked.told is None and not (rule.words.empty and (not rule.places or bool(asked.places)))
    asks = tuple(need.fact for need in rule.needs if need.fact not in asked.facts)
    if asks and asked.told is None:
        unread, asks = True, ()
    lacking = {Missing.TEXT} if unread else set()
    if region < 0:
        lacking.add(Missing.REGION)
    weight = Weight(len(prefix), rule.particulars, abs(region), rule.ruled)
    return Fit(rule, weight, frozenset(lacking), asks, spoken)


def _region(rule: DirectoryRule, asked: Asked) -> int | None:
    """Digits of the region that fits; below zero when it would if the place were known, None when it is another."""
    if not rule.regions:
        return 0
    place = asked.heard.region
    if not asked.heard.local:
        return -max(map(len, rule.regions))
    fitting = [len(region) for region in rule.regions if place.startswith(region)]
    return max(fitting) if fitting else None


def _placed_elsewhere(rule: DirectoryRule, asked: Asked) -> bool:
    """Whether the rule is for kinds of place that a known text does not speak of."""
    if not rule.places or (asked.told is None and not asked.places):
        return False
    return asked.places.isdisjoint(rule.places)


def _denied(rule: DirectoryRule, asked: Asked) -> bool:
    return any(asked.facts.get(need.fact, need.so) != need.so for need in rule.needs)


def _day(question: Question) -> date:
    return question.at.astimezone(CITY_TZ).date()
