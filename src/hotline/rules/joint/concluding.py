"""What a panel may conclude. The office chairs equals and cannot outvote them: it concludes what those who define
duties hold in common, or what all disputing units agree on; otherwise the matter goes up. Dissent is recorded.
"""

from collections.abc import Mapping

from hotline.rules.joint.states import Dispute
from hotline.rules.vocabulary import UnitCode


def views(state: Dispute) -> Mapping[UnitCode, UnitCode]:
    """Whom each member that has spoken holds to be the lead."""
    return {unit: opinion.lead for unit, opinion in state.opinions.items() if unit in state.speakers}


def unheard_advisers(state: Dispute) -> tuple[UnitCode, ...]:
    """Of the staffing office and justice those whose written opinion is missing."""
    return tuple(sorted(state.advisers - state.opinions.keys()))


def carried(state: Dispute) -> UnitCode | None:
    """The lead that the chair may conclude on, if there is one.

    The staffing office and the justice bureau name the same: that one. They differ, but every disputing unit has
    spoken and all name one whom at least one of the two names too: that one. Otherwise none (P).
    """
    said = views(state)
    advised = {said[unit] for unit in state.advisers if unit in said}
    if unheard_advisers(state) or not state.advisers:
        return None
    if len(advised) == 1:
        return next(iter(advised))
    agreed = {said.get(unit) for unit in state.parties}
    common = agreed & advised
    return next(iter(common)) if len(agreed) == 1 and common else None


def dissenters(state: Dispute) -> tuple[UnitCode, ...]:
    """Members who hold another unit to be the lead, or who do not agree to the minutes."""
    if state.proposed is None:
        return ()
    other = {unit for unit, lead in views(state).items() if lead != state.proposed}
    return tuple(sorted(other | {unit for unit, agrees in state.answers.items() if not agrees}))


def silent(state: Dispute) -> tuple[UnitCode, ...]:
    """Participants who have not yet said whether the minutes are right."""
    return tuple(sorted(state.speakers - state.answers.keys()))


def minutes_lack(state: Dispute, *, time_over: bool) -> tuple[UnitCode, ...]:
    """Whose word on the minutes is still needed before they are signed.

    The staffing office and justice agree; a disputing unit agrees or says why not. When the panel's time is over a
    disputing unit's silence holds nothing up any more (P).
    """
    advisers = {unit for unit in state.advisers if not state.answers.get(unit)}
    parties = set() if time_over else state.parties - state.answers.keys()
    return tuple(sorted(advisers | parties))
