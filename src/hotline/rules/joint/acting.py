"""Which act of the ticket goes with a deed on the file, and the other way round: both are done or neither."""

from collections.abc import Mapping
from typing import Final

from hotline.rules import acts as a
from hotline.rules.acts import Act
from hotline.rules.joint.states import Deed, Dispute, Order, Status, Task
from hotline.rules.vocabulary import UnitCode


def act_of(state: Dispute, order: Order, *, stored: Mapping[str, str]) -> Act | None:
    """The ticket's act for a deed that was allowed; `stored` are the words of the conclusion to be ruled.

    None for deeds that concern the file alone.
    """
    lead, helpers = order.lead or UnitCode(""), tuple(task.unit for task in order.tasks)
    match order.deed:
        case Deed.MEDIATE:
            return a.Mediate(lead_unit=lead, co_units=helpers, finding=order.said("finding"))
        case Deed.PROVISION:
            return a.RuleProvisionally(lead_unit=lead, finding=order.said("finding"))
        case Deed.CONVENE:
            members = (order.parties or state.parties) | {
                u for u in (order.staffing, order.justice, order.observer) if u
            }
            return a.ConvenePanel(members=tuple(sorted(members)), agenda=order.said("agenda"))
        case Deed.RULE | Deed.UPHOLD | Deed.DECIDE:
            return _ruling(state, order, stored)
        case Deed.OBJECT:
            return a.ObjectToRuling(reason=order.said("reason"), legal_basis=order.said("legal_basis"))
        case Deed.ESCALATE:
            return a.EscalateDispute(reason=order.said("reason"))
        case _:
            return None


def _ruling(state: Dispute, order: Order, stored: Mapping[str, str]) -> Act:
    """RuleJointly with what was concluded, upheld or decided above."""
    decided = order.deed is Deed.DECIDE
    lead = order.lead if decided else state.lead if order.deed is Deed.UPHOLD else state.proposed
    tasks = order.tasks if decided else state.tasks
    words = order.words if order.deed is not Deed.RULE else stored
    return a.RuleJointly(
        lead_unit=lead or UnitCode(""),
        co_units=tuple(task.unit for task in sorted(tasks, key=lambda task: (task.order, task.unit))),
        legal_basis=words.get("legal_basis", "").strip(),
        finding=(words.get("minutes") or words.get("reason") or "").strip(),
        reusable=order.reusable if decided else state.reusable,
    )


def order_of(state: Dispute, act: Act) -> Order | None:
    """The deed that one of the ticket's acts stands for when it is done from the ticket's page or by another system."""
    match act:
        case a.Mediate():
            tasks = tuple(Task(unit=unit, order=place) for place, unit in enumerate(act.co_units, 1))
            return Order(deed=Deed.MEDIATE, lead=act.lead_unit, tasks=tasks, words={"finding": act.finding})
        case a.RuleProvisionally():
            return Order(deed=Deed.PROVISION, lead=act.lead_unit, words={"finding": act.finding})
        case a.EscalateDispute():
            return Order(deed=Deed.ESCALATE, words={"reason": act.reason})
        case a.ObjectToRuling():
            return Order(deed=Deed.OBJECT, words={"reason": act.reason, "legal_basis": act.legal_basis})
        case a.RuleJointly():
            return Order(deed=Deed.DECIDE if state.status is Status.ESCALATED else Deed.RULE)
        case a.ConvenePanel():
            return Order(deed=Deed.CONVENE, words={"agenda": act.agenda})
        case _:
            return None


BY_FILE: Final = frozenset({a.RuleJointly, a.ConvenePanel})
"""Acts that need more than the ticket's own form asks: they are done on the file."""
