"""Why the directory answers as it does: which words, hours, place and line of the directory spoke.

A dispatcher reads it before accepting, a unit when it thinks that the matter is not its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.values import DIRECTORY, LOCAL, Claim, DirectoryRule, Heard, Missing
from hotline.rules.messages import Message
from hotline.rules.vocabulary import CITY_TZ, UnitCode

LACKING: Final = {
    Missing.CATEGORY: "route.missing_category",
    Missing.REGION: "route.missing_region",
    Missing.TEXT: "route.missing_text",
}
NONE: Final[frozenset[Missing]] = frozenset()


def routed_story(
    directory: Directory,
    heard: Heard,
    rule: DirectoryRule,
    lead: UnitCode,
    *,
    spoken: Sequence[str],
    places: frozenset[str],
    at: datetime,
) -> tuple[Message, ...]:
    """Why this unit leads."""
    return (
        *_understood(directory, heard),
        *_circumstances(directory, rule, spoken, places, at),
        _line(rule),
        _who(directory, rule, lead),
    )


def no_rule_story(
    directory: Directory,
    heard: Heard,
    *,
    missing: frozenset[Missing] = NONE,
    rule: DirectoryRule | None = None,
    codes: Sequence[str] = (),
    outside: bool = False,
) -> tuple[Message, ...]:
    """Why nobody is named, and what to do next."""
    said = list(_understood(directory, heard))
    if outside:
        return (*said, Message("route.outside"))
    if rule is not None:
        return (*said, _line(rule), Message("route.elsewhere", {"note": rule.note}))
    if codes:
        return (*said, Message("route.wavering", {"codes": "、".join(map(directory.category, codes))}))
    if missing:
        return (*said, *(Message(LACKING[one]) for one in sorted(missing)))
    return (*said, Message("route.silent", {"category": directory.category(heard.category)}))


def conflict_story(directory: Directory, heard: Heard, claims: Sequence[Claim]) -> tuple[Message, ...]:
    """Which rules are at odds."""
    named = "；".join(f"{claim.rule.id}“{claim.rule.title}”→{directory.name(claim.lead)}" for claim in claims)
    return (*_understood(directory, heard), Message("route.at_odds", {"claims": named}))


def _understood(directory: Directory, heard: Heard) -> Iterator[Message]:
    """What was made out from the text."""
    if heard.category_words and heard.category:
        yield Message("route.category_heard", _heard(directory, heard))
    if heard.region_word:
        yield Message("route.region_heard", {"word": heard.region_word})
    if heard.local:
        yield Message("route.managed", {"unit": directory.name(heard.local)})


def _heard(directory: Directory, heard: Heard) -> dict[str, object]:
    return {"words": _quoted(heard.category_words), "category": directory.category(heard.category)}


def _circumstances(
    directory: Directory,
    rule: DirectoryRule,
    spoken: Sequence[str],
    places: frozenset[str],
    at: datetime,
) -> Iterator[Message]:
    """What the rule names that occurred here."""
    if spoken:
        yield Message("route.words", {"words": _quoted(dict.fromkeys(spoken))})
    if rule.places:
        named = directory.lexicon.places
        here = [named[code].name if code in named else code for code in rule.places if code in places]
        yield Message("route.place", {"places": "、".join(here)})
    if rule.hours is not None:
        yield Message("route.hours", {"time": f"{at.astimezone(CITY_TZ):%H:%M}", "hours": str(rule.hours)})
    for need in rule.needs:
        told = directory.lexicon.facts.get(need.fact)
        code = "route.fact" if need.so else "route.fact_not"
        yield Message(code, {"fact": told.name if told else need.fact})


def _line(rule: DirectoryRule) -> Message:
    code = "route.line" if rule.source == DIRECTORY else "route.ruling"
    return Message(code, {"rule": rule.id, "title": rule.title, "source": rule.source})


def _who(directory: Directory, rule: DirectoryRule, lead: UnitCode) -> Message:
    code = "route.local_leads" if rule.lead == LOCAL else "route.leads"
    return Message(code, {"unit": directory.name(lead)})


def _quoted(words: Iterable[str]) -> str:
    return "".join(f"“{word}”" for word in words)
