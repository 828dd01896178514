"""The desks of the way, in its order, and which roles work at each: the left rail and the tabs of lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.oversight.documents.queries import waiting as documents_waiting
from hotline.oversight.instructions.queries import waiting as instructions_waiting
from hotline.oversight.parking.queries import waiting as parking_waiting
from hotline.oversight.supervision.media.queries import waiting as media_waiting
from hotline.oversight.supervision.queries import owed_by_units
from hotline.rules.instructions.seeing import OFFERED_TO
from hotline.rules.lifecycle import TABLE, Actor
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, WORKING, Proposal, Role, Stage
from hotline.stages.joint.queries import waiting as disputes_waiting
from hotline.tickets.narrowing import OTHERS, OWN, TicketFilter
from hotline.tickets.precedents.queries import waiting as precedents_waiting


@dataclass(frozen=True)
class Desk:
    """One place of work: which tickets wait there, in which order, and who works there.

    `where` is the base of the desk's list and counter; what a reader asks for only narrows it further. A desk that is
    no list names its own `page`; one with nothing to count has no `where`, or says what else is `counted`. One that few
    people ever need `hides_empty`.
    """

    key: str
    title: str | Promise
    icon: str
    where: TicketFilter | None
    roles: frozenset[Role]
    order: str = "due"
    page: str = ""
    counted: Callable[[Actor], QuerySet[Any]] | None = None
    hides_empty: bool = False

    @property
    def address(self) -> str:
        """Where the desk is opened."""
        return reverse(self.page) if self.page else reverse("desk", args=[self.key])


def workers(*stages: Stage) -> frozenset[Role]:
    """Roles that the lifecycle table lets act on tickets in one of these stages."""
    return frozenset(role for row in TABLE if row.sources & set(stages) for role in row.roles)


def standing(*stages: Stage) -> TicketFilter:
    """Tickets in one of these stages."""
    return TicketFilter(stages=tuple(stage.value for stage in stages))


_UNITS = frozenset(UNIT_ROLES)
_LEADERS = frozenset({Role.TEAM_LEADER})
_DISTRICT = frozenset({Role.DISTRICT_DISPATCHER})
_SIGNERS = frozenset({Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD})
HELD: dict[str, Any] = {"stages": tuple(sorted(stage.value for stage in WORKING)), "led_by_mine": True}
"""What a district is working on itself or through a unit below it."""

HELPED = tuple(sorted(stage.value for stage in WORKING | {Stage.PENDING_SIGN, Stage.RETURN_REQUESTED}))
"""Where a ticket stands while its co-units owe their part."""

DESKS: tuple[Desk, ...] = (
    Desk("overview", _("总览"), "layout-dashboard", None, frozenset({Role.DIRECTOR, Role.AUDITOR}), page="overview"),
    Desk("intake", _("受理台"), "phone-call", standing(Stage.DRAFT, Stage.REGISTERED), frozenset({Role.AGENT, Role.TEAM_LEADER, Role.DISPATCHER}), "newest"),
    Desk("confirm", _("待确认"), "user-check", TicketFilter(proposals=(Proposal.DECLINE.value, Proposal.VOID.value)), _LEADERS, page="leading-confirm"),
    Desk("samples", _("质量抽检"), "zoom-check", None, _LEADERS, page="leading-samples"),
    Desk("shifts", _("交接班"), "arrows-exchange", None, _LEADERS, page="leading-shifts"),
    Desk("checks", _("我的抽检"), "star", None, frozenset({Role.AGENT}), page="leading-mine"),
    Desk("dispatch", _("转办台"), "route", standing(Stage.PENDING_DISPATCH, Stage.RETURN_REQUESTED), frozenset({Role.DISPATCHER}), "urgency"),
    Desk("task-returns", _("协办任务退回"), "corner-up-left", TicketFilter(proposals=(Proposal.TASK_RETURN.value,)), frozenset({Role.DISPATCHER}), hides_empty=True),
    Desk("joint", _("联合会办"), "gavel", None, frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR}), page="joint-files", counted=disputes_waiting),
    Desk("inbox", _("单位收件箱"), "inbox", standing(Stage.PENDING_SIGN, Stage.HANDLING, Stage.REWORK), _UNITS),
    Desk("district-new", _("待二次转办"), "arrows-split-2", TicketFilter(**HELD, delegated=False), _DISTRICT, page="district-new"),
    Desk("district-out", _("街道办理中"), "building-community", TicketFilter(**HELD, delegated=True, inner_replied=False), _DISTRICT, page="district-out"),
    Desk("district-review", _("待区级审核"), "clipboard-check", TicketFilter(**HELD, delegated=True, inner_replied=True), _DISTRICT, page="district-review"),
    Desk("given", _("区里转来的"), "corner-right-down", TicketFilter(stages=HELD["stages"], given_to_mine=True, inner_replied=False), frozenset({Role.UNIT_HANDLER, Role.SECTION_HEAD}), page="given", hides_empty=True),
    Desk("helping", _("待协办反馈"), "users-group", TicketFilter(stages=HELPED, helped_by_mine=True), frozenset({Role.UNIT_HANDLER, Role.SECTION_HEAD}), hides_empty=True),
    Desk("disputes", _("权属争议"), "gavel", None, _UNITS, page="joint-files", counted=disputes_waiting, hides_empty=True),
    Desk("sign-off", _("待签批"), "writing-sign", TicketFilter(to_sign=OWN), _SIGNERS),
    Desk("sign-for", _("可代下级签批"), "writing", TicketFilter(to_sign=OTHERS), _SIGNERS, hides_empty=True),
    Desk("review", _("审核台"), "checklist", standing(Stage.PENDING_REVIEW, Stage.PENDING_CLOSE), frozenset({Role.REVIEWER})),
    Desk("dissatisfied", _("不满意件"), "mood-sad", standing(Stage.PENDING_CLOSE), frozenset({Role.REVIEWER, Role.SUPERVISOR}), page="callback-decisions"),
    Desk("callback", _("回访台"), "phone-outgoing", standing(Stage.PENDING_CALLBACK), frozenset({Role.CALLBACK_OFFICER}), page="callback-desk"),
    Desk("direct", _("答复抽样"), "zoom-question", None, frozenset({Role.TEAM_LEADER, Role.REVIEWER, Role.AUDITOR}), page="callback-samples"),
    Desk("open", _("全部在办"), "list-details", TicketFilter(only_open=True), frozenset(OFFICE_ROLES | UNIT_ROLES)),
    Desk("supervision", _("督办"), "eye-exclamation", None, frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR, *UNIT_ROLES}), page="supervision-desk", counted=owed_by_units),
    Desk("media", _("媒体督办"), "message-2", None, frozenset({Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, *UNIT_ROLES}), page="media", counted=media_waiting),
    Desk("parking", _("挂账"), "folders", None, frozenset({Role.SUPERVISOR, Role.TEAM_LEADER, Role.REVIEWER, Role.DIRECTOR, Role.AUDITOR, *UNIT_ROLES}), page="parking", counted=parking_waiting),
    Desk("documents", _("公文"), "file-text", None, frozenset({Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, *UNIT_ROLES}), page="documents", counted=documents_waiting),
    Desk("instructions", _("领导批示"), "writing", None, OFFERED_TO, page="instructions", counted=instructions_waiting),
    Desk("precedents", _("先例"), "bookmark", None, frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, *UNIT_ROLES}), page="precedents", counted=precedents_waiting),
    Desk("quarrels", _("争议统计"), "report", None, frozenset({Role.DIRECTOR, Role.AUDITOR, Role.SUPERVISOR}), page="quarrels"),
    Desk("callback-months", _("回访月报"), "report", None, frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR, Role.UNIT_HEAD, Role.DEPUTY_HEAD, Role.SECTION_HEAD, Role.DISTRICT_DISPATCHER}), page="callback-months"),
)  # fmt: skip


def desks_of(actor: Actor) -> tuple[Desk, ...]:
    """The desks this person works at."""
    return tuple(desk for desk in DESKS if desk.roles & actor.roles)


def desk_named(key: str, desks: Iterable[Desk] = DESKS) -> Desk | None:
    """The desk of that key among these."""
    return next((desk for desk in desks if desk.key == key), None)
