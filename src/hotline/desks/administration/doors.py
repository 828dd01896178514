"""Which pages of administration somebody finds in the left rail, and who is let in at all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.oversight.instructions.leaders import may_keep
from hotline.registry.duty.standing import reads, reads_all
from hotline.rules.administration import reads_log, reads_people, reads_sign_ins
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import reads_rules
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ADMIN_ROLES, Role
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Door:
    """One page in the rail and who goes there."""

    name: str
    icon: str
    title: str | Promise
    opens: Callable[[Actor], bool]


def _sees_people(actor: Actor) -> bool:
    seen = reads_people(actor)
    return seen is None or bool(seen)


def runs_it(actor: Actor) -> bool:
    """Whether the platform itself is this person's charge."""
    return Role.SYSTEM_ADMIN in actor.roles


def _signs_roles(actor: Actor) -> bool:
    return bool(actor.roles & (ADMIN_ROLES | {Role.DIRECTOR}))


def _works_here(actor: Actor) -> bool:
    return bool(actor.roles)


def _has_a_roster(actor: Actor) -> bool:
    return reads_all(actor) or reads(actor, actor.unit or "")


DOORS: tuple[Door, ...] = (
    Door("people", "users", _("人员"), _sees_people),
    Door("people-log", "history", _("管理记录"), reads_log),
    Door("people-sign-ins", "login-2", _("登录记录"), reads_sign_ins),
    Door("people-looks", "eye", _("查看记录"), reads_log),
    Door("people-roles", "table", _("岗位权限表"), _signs_roles),
    Door("people-system", "server", _("系统状态"), runs_it),
    Door("outgoing", "mail-share", _("外发消息"), runs_it),
    Door("clock-faults", "clock-exclamation", _("时限引擎"), runs_it),
    Door("calendar", "calendar", _("办公日历"), reads_rules),
    Door("profiles", "adjustments", _("规则方案"), reads_rules),
    Door("directory", "route", _("派单目录"), _works_here),
    Door("leaders", "users-group", _("领导名录"), may_keep),
    Door("units", "building", _("单位名录"), _works_here),
    Door("duty", "phone-ringing", _("值班表"), _has_a_roster),
    Door("citizen-messages", "device-mobile-message", _("发给群众的短信"), reads_all),
    Door("emergencies", "alert-triangle", _("应急状态"), _works_here),
)


def doors_of(actor: Actor) -> tuple[Door, ...]:
    """The pages of administration for this person, in the order of the rail."""
    return tuple(door for door in DOORS if door.opens(actor))


def only_for(opens: Callable[[Actor], bool]) -> Callable[[View], View]:
    """Signed in, and somebody whose page it is."""

    def guard(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not opens(actor_of(request)):
                raise PermissionDenied(render(Refusal("people.reading_denied"), lang_of(request)))
            answer = view(request, *args, **kwargs)
            answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        return guarded

    return guard


people_readers = only_for(_sees_people)
log_readers = only_for(reads_log)
sign_in_readers = only_for(reads_sign_ins)
operators = only_for(runs_it)
everybody = only_for(_works_here)
