"""Taking a request in: the ticket, who asks, and what the agent does next, in one go or not at all."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from hotline.registry.knowledge.commands import cite
from hotline.registry.regions.queries import city
from hotline.rules.acts import Act, AnswerDirectly, Merge, Register
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.phones import one_number
from hotline.rules.vocabulary import TERMINAL, TicketNo
from hotline.stages.intake.commands.same_call import join
from hotline.stages.intake.queries.same_call import registered_by
from hotline.text.pasted import pasted
from hotline.tickets.access import TicketRefused, look_at, take
from hotline.tickets.commands import Outcome, open_ticket, perform, perform_on


@dataclass(frozen=True, kw_only=True)
class RequesterDetails:
    """Who asks. Anonymous requests leave everything blank."""

    kind: str = "person"
    name: str = ""
    gender: str = ""
    phone: str = ""
    alt_phone: str = ""
    company_name: str = ""
    address: str = ""
    special_groups: tuple[str, ...] = ()
    may_pass_on: bool = False

    def columns(self) -> dict[str, Any]:
        """As the requester's row holds them."""
        numbers = {"phone": one_number(self.phone), "alt_phone": one_number(self.alt_phone)}
        return {**self.__dict__, **numbers, "special_groups": list(self.special_groups)}


def take_in(
    *,
    register: Register,
    requester: RequesterDetails,
    actor: Actor,
    now: datetime,
    then: Act | None = None,
    token: str = "",
    same_call_as: str = "",
) -> Outcome:
    """Register a request and, in the same transaction, do what the agent chose next (answer, dispatch, pass on).

    If the next act is refused nothing is kept, so that the agent corrects one form and posts it again.
    `same_call_as` is a ticket of the same caller on the same call; the two then know of each other.
    """
    place = city()
    with transaction.atomic():
        outcome = open_ticket(
            act=register,
            requester=requester.columns(),
            actor=actor,
            now=now,
            region=register.region or (place.code if place else ""),
            token=token,
        )
        if not outcome.ok or not outcome.events or outcome.ticket is None:
            return outcome
        if same_call_as and registered_by(same_call_as, actor, now):
            join(number=outcome.ticket.number, with_number=same_call_as, actor=actor, now=now)
        if then is None:
            return outcome
        followed = perform_on(take(outcome.ticket.number, actor=actor), act=then, actor=actor, now=now)
        refusals = followed.refusals or _cited(then, outcome.ticket.number, actor, now)
        if refusals:
            transaction.set_rollback(True)
            return Outcome(state=outcome.state, refusals=refusals)
        return replace(followed, query_code=outcome.query_code)


def answer_directly(
    *, number: str, act: AnswerDirectly, actor: Actor, now: datetime, version: int | None = None
) -> Outcome:
    """直接答复: the answer, and on record which knowledge items were told."""
    with transaction.atomic():
        outcome = perform(number=number, act=act, actor=actor, now=now, version=version)
        refusals = _cited(act, number, actor, now) if outcome.ok else ()
        if refusals:
            transaction.set_rollback(True)
            return Outcome(state=outcome.state, refusals=refusals)
        return outcome


def _cited(act: Act, number: str, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    if not isinstance(act, AnswerDirectly) or not act.knowledge:
        return ()
    return cite(codes=act.knowledge, ticket=number, actor=actor, now=now).refusals


def merge(*, number: str, act: Merge, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """并单: the master must be another ticket that this person sees and that still runs."""
    try:
        look_at(number, actor=actor)
    except TicketRefused as refused:
        return Outcome(refusals=(refused.refusal,))
    try:
        master = look_at(pasted(act.master).upper(), actor=actor)
    except TicketRefused as refused:
        return Outcome(refusals=(Refusal(refused.refusal.code, refused.refusal.params, field="master"),))
    if master.row.number == number:
        return Outcome(refusals=(Refusal("merge.into_itself", field="master"),))
    if master.state.stage in TERMINAL:
        return Outcome(refusals=(Refusal("merge.master_ended", {"stage": master.state.stage}, field="master"),))
    act = replace(act, master=TicketNo(master.row.number))
    return perform(number=number, act=act, actor=actor, now=now, version=version)
