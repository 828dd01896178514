"""Which act of the ticket goes with a deed on the file, and the other way round: both are done or neither."""

from collections.abc import Collection, Mapping
from typing import Final

from hotline.rules import acts as a
from hotline.rules.acts import Act
from hotline.rules.joint.states import Deed, Dispute, Order, Status, Task
from hotline.rules.vocabulary import UnitCode


def act_of(state: Dispute, order: Order, *, stored: Mapping[str, str], kept: Collection[UnitCode] = ()) -> Act | None:
    """The ticket's act for a deed that was allowed; `stored` are the words of the conclusion to be ruled.

    `kept` are co-units whose task goes on as it stands. None for deeds that concern the file alone.
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
            return _ruling(state, order, stored, kept)
        case Deed.OBJECT:
            return a.ObjectToRuling(reason=order.said("reason"), legal_basis=order.said("legal_basis"))
        case Deed.ESCALATE:
            return a.EscalateDispute(reason=order.said("reason"))
        case _:
            return None


def ruled_tasks(state: Dispute, order: Order, stored: Mapping[str, str]) -> tuple[tuple[Task, str], ...]:
    """The tasks that a ruling gives, in their order, each with its words; none for other deeds."""
    if order.deed not in {Deed.RULE, Deed.UPHOLD, Deed.DECIDE}:
        return ()
    tasks, words = (order.tasks, order.words) if order.deed is Deed.DECIDE else (state.tasks, stored)
    ordered = sorted(tasks, key=lambda task: (task.order, task.unit))
    return tuple((task, words.get(f"task.{task.unit}", "").strip()) for task in ordered)


def _ruling(state: Dispute, order: Order, stored: Mapping[str, str], kept: Collection[UnitCode]) -> Act:
    """RuleJointly with what was concluded, upheld or decided above. Units with a task of their own are given it by
    itself (giving.py); only those are named here that go on as they do, or that help without more being said.
    """
    decided = order.deed is Deed.DECIDE
    lead = order.lead if decided else state.lead if order.deed is Deed.UPHOLD else state.proposed
    words = order.words if order.deed is not Deed.RULE else stored
    return a.RuleJointly(
        lead_unit=lead or UnitCode(""),
        co_units=tuple(task.unit for task, said in ruled_tasks(state, order, stored) if task.unit in kept or not said),
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
