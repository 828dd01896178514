"""The course of a precedent: one table, read by pages, API, the nightly look and the tests.

The office words it, the staffing office agrees to it, units that it concerns challenge it, the office decides. Nobody
agrees to what they have written, nobody decides in the own unit's case, and its lead is never another than was ruled.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from hotline.rules import dossiers
from hotline.rules.jurisdiction import UnitRole
from hotline.rules.messages import Refusal
from hotline.rules.precedents.states import DRAFTED, HOLDS, Deed, Order, Precedent, Status
from hotline.rules.precedents.wording import MOST_YEARS, years_on
from hotline.rules.vocabulary import UNIT_ROLES, Role

S = Status
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
HEADS: Final = frozenset({Role.DEPUTY_HEAD, Role.UNIT_HEAD})
UNITS: Final = frozenset(UNIT_ROLES)
MACHINE: Final = frozenset({Role.SYSTEM})
WARNING: Final = timedelta(days=30)
"""How long before its end the owner of a rule is warned (P)."""
MOST_TITLE: Final = 100
MOST_TEXT: Final = 300
Reach = Literal["office", "staffing", "concerned", "owner"]

Matter = dossiers.Matter[Precedent, Order]
"""All that a guard may look at."""


def from_ruling(m: Matter) -> Refusal | None:
    """Only a ruling that the panel held to be reusable, in which the staffing office sat, makes a precedent."""
    ruled = m.order.ruled
    if ruled is None or not ruled.lead:
        return Refusal("precedents.not_ruled")
    if ruled.objected:
        return Refusal("precedents.objected")
    if not ruled.reusable:
        return Refusal("precedents.one_off")
    return None if ruled.staffing else Refusal("precedents.no_staffing")


def not_own_case(m: Matter) -> Refusal | None:
    """Nobody of the office words or decides what binds a unit they stand in for."""
    concerned = m.state.concerned if m.state.status is not S.NEW else (m.order.ruled.parties if m.order.ruled else ())
    mine = m.actor.units & frozenset(concerned)
    return Refusal("precedents.own_case", {"unit": min(mine)}) if mine else None


def has_draft(m: Matter) -> Refusal | None:
    draft = m.order.draft
    if draft is None:
        return Refusal("precedents.draft_missing")
    for field, text, most in (("title", draft.title, MOST_TITLE), ("basis", draft.basis, MOST_TEXT)):
        if not text.strip() or len(text) > most:
            return Refusal("precedents.text_length", {"most": most}, field=field)
    return None if draft.categories else Refusal("precedents.category_missing", field="categories")


def says_when(m: Matter) -> Refusal | None:
    """A precedent that speaks of a whole category would be a new line of the directory: words, place, hours or a
    condition make it one of a kind of matter.
    """
    draft = m.order.draft
    return None if draft is None or draft.particulars else Refusal("precedents.too_wide", field="words")


def as_ruled(m: Matter) -> Refusal | None:
    """Lead and co-units are those of the ruling; guidance and copies may be added."""
    draft, ruled = m.order.draft, m.order.ruled
    if draft is None:
        return None
    lead = ruled.lead if ruled else m.state.lead
    helpers = frozenset(step.unit for step in ruled.steps) if ruled else m.state.helpers
    if draft.lead != lead:
        return Refusal("precedents.other_lead", {"unit": lead or ""}, field="lead")
    tasks = frozenset(one.unit for one in draft.co_units if one.role is UnitRole.CO)
    return None if tasks == helpers else Refusal("precedents.other_helpers", field="co_units")


def ends_in_time(m: Matter) -> Refusal | None:
    """It has a last day, ahead and not too far ahead."""
    renews = m.order.deed is Deed.RENEW
    until = m.order.until if renews else (m.order.draft.valid_to if m.order.draft else None)
    field = "until" if renews else "valid_to"
    if until is None:
        return Refusal("precedents.end_missing", field=field)
    if until <= m.today:
        return Refusal("precedents.end_passed", field=field)
    far = until > years_on(m.today, MOST_YEARS)
    return Refusal("precedents.end_too_far", {"most": MOST_YEARS}, field=field) if far else None


def ends_later(m: Matter) -> Refusal | None:
    now = m.state.ends_on
    late = now is None or m.order.until is None or m.order.until > now
    return None if late else Refusal("precedents.end_not_later", field="until")


def something_asked(m: Matter) -> Refusal | None:
    return None if m.state.pending else Refusal("precedents.nothing_asked")


def nothing_asked(m: Matter) -> Refusal | None:
    """One change at a time: the staffing office knows what it agrees to."""
    return Refusal("precedents.asked_already") if m.state.pending else None


def not_own_words(m: Matter) -> Refusal | None:
    return Refusal("precedents.own_words") if m.actor.id in m.state.writers else None


def still_ahead(m: Matter) -> Refusal | None:
    """What is agreed to must hold some day yet: drafts can lie about until their end has passed."""
    until = m.state.pending.valid_to if m.state.pending else None
    return Refusal("precedents.draft_stale") if until is not None and until <= m.today else None


def not_yet_heard(m: Matter) -> Refusal | None:
    """A unit challenges an edition once; what was decided is not asked again until it is changed or renewed (P)."""
    mine = m.actor.units & m.state.concerned
    return Refusal("precedents.heard_already") if mine and mine <= m.state.heard else None


def end_is_near(m: Matter) -> Refusal | None:
    near = not m.state.warned and m.state.ends_on is not None and m.state.ends_on <= m.today + WARNING
    return None if near else Refusal("precedents.end_not_near")


def end_has_come(m: Matter) -> Refusal | None:
    over = m.state.ends_on is not None and m.state.ends_on <= m.today
    return None if over else Refusal("precedents.end_not_near")


@dataclass(frozen=True, kw_only=True)
class Row(dossiers.Row[Deed, Status, Matter]):
    """One line of the table. `reach` says for whom one must act; `searched` that what a look at directory and lists has
    found stands against it.
    """

    reach: Reach = "office"
    searched: bool = False


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


DRAFT: Final = (has_draft, says_when, as_ruled, ends_in_time)
AGREES: Final = (something_asked, not_own_words, still_ahead)

TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.PROPOSE, sources=_at(S.NEW), target=S.PROPOSED, who=SUPERVISORS, standing=(not_own_case,), guards=(from_ruling, *DRAFT), searched=True),
    Row(deed=Deed.REVISE, sources=DRAFTED, target=S.PROPOSED, who=SUPERVISORS, standing=(not_own_case,), guards=DRAFT, searched=True),
    Row(deed=Deed.SEND_BACK, sources=_at(S.PROPOSED), target=S.RETURNED, who=HEADS, reach="staffing", words=True),
    Row(deed=Deed.DROP, sources=DRAFTED, target=S.DROPPED, who=SUPERVISORS, words=True),
    Row(deed=Deed.AGREE, sources=_at(S.PROPOSED, S.EXPIRED), target=S.IN_FORCE, who=HEADS, reach="staffing", standing=AGREES, searched=True),
    Row(deed=Deed.AGREE, sources=HOLDS, target=None, who=HEADS, reach="staffing", standing=AGREES, searched=True),
    Row(deed=Deed.AMEND, sources=HOLDS, target=None, who=SUPERVISORS, standing=(not_own_case, nothing_asked), guards=DRAFT, words=True, searched=True),
    Row(deed=Deed.RENEW, sources=HOLDS | {S.EXPIRED}, target=None, who=SUPERVISORS, standing=(nothing_asked,), guards=(ends_in_time, ends_later), words=True),
    Row(deed=Deed.RENEW, sources=HOLDS | {S.EXPIRED}, target=None, who=HEADS, reach="owner", standing=(nothing_asked,), guards=(ends_in_time, ends_later), words=True),
    Row(deed=Deed.DECLINE, sources=HOLDS | {S.EXPIRED}, target=None, who=HEADS, reach="staffing", standing=(something_asked,), words=True),
    Row(deed=Deed.CHALLENGE, sources=_at(S.IN_FORCE), target=S.CHALLENGED, who=HEADS, reach="concerned", standing=(not_yet_heard,), words=True, of_unit=True),
    Row(deed=Deed.UPHOLD, sources=_at(S.CHALLENGED), target=S.IN_FORCE, who=SUPERVISORS, standing=(not_own_case,), words=True),
    Row(deed=Deed.WITHDRAW, sources=HOLDS, target=S.WITHDRAWN, who=SUPERVISORS, standing=(not_own_case,), words=True),
    Row(deed=Deed.WARN, sources=HOLDS, target=None, who=MACHINE, standing=(end_is_near,)),
    Row(deed=Deed.EXPIRE, sources=HOLDS, target=S.EXPIRED, who=MACHINE, standing=(end_has_come,)),
)  # fmt: skip
"""Every change there is."""
