"""The desks of the way, in its order, and which roles work at each: the left rail and the tabs of lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.rules.lifecycle import TABLE, Actor
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, Role, Stage
from hotline.tickets.narrowing import TicketFilter


@dataclass(frozen=True)
class Desk:
    """One place of work: which tickets wait there, in which order, and who works there.

    `where` is the base of the desk's list and counter; what a reader asks for only narrows it further.
    """

    key: str
    title: str | Promise
    icon: str
    where: TicketFilter
    roles: frozenset[Role]
    order: str = "due"


def workers(*stages: Stage) -> frozenset[Role]:
    """Roles that the lifecycle table lets act on tickets in one of these stages."""
    return frozenset(role for row in TABLE if row.sources & set(stages) for role in row.roles)


def standing(*stages: Stage) -> TicketFilter:
    """Tickets in one of these stages."""
    return TicketFilter(stages=tuple(stage.value for stage in stages))


_UNITS = frozenset(UNIT_ROLES)

DESKS: tuple[Desk, ...] = (
    Desk("intake", _("受理台"), "phone-call", standing(Stage.DRAFT, Stage.REGISTERED), frozenset({Role.AGENT, Role.TEAM_LEADER, Role.DISPATCHER}), "newest"),
    Desk("dispatch", _("转办台"), "route", standing(Stage.PENDING_DISPATCH, Stage.RETURN_REQUESTED), frozenset({Role.DISPATCHER})),
    Desk("joint", _("联合会办"), "gavel", standing(Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING), frozenset({Role.DISPATCHER, Role.SUPERVISOR})),
    Desk("inbox", _("单位收件箱"), "inbox", standing(Stage.PENDING_SIGN, Stage.HANDLING, Stage.REWORK), _UNITS),
    Desk("sign-off", _("待签批"), "writing-sign", standing(Stage.PENDING_SIGN_OFF), frozenset({Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD})),
    Desk("review", _("审核台"), "checklist", standing(Stage.PENDING_REVIEW, Stage.PENDING_CLOSE), frozenset({Role.REVIEWER})),
    Desk("callback", _("回访台"), "phone-outgoing", standing(Stage.PENDING_CALLBACK), frozenset({Role.CALLBACK_OFFICER})),
    Desk("open", _("全部在办"), "list-details", TicketFilter(only_open=True), frozenset(OFFICE_ROLES | UNIT_ROLES)),
)  # fmt: skip


def desks_of(actor: Actor) -> tuple[Desk, ...]:
    """The desks this person works at."""
    return tuple(desk for desk in DESKS if desk.roles & actor.roles)


def desk_named(key: str, desks: Iterable[Desk] = DESKS) -> Desk | None:
    """The desk of that key among these."""
    return next((desk for desk in desks if desk.key == key), None)
