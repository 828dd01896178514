"""Doing: each page asks one command and shows what it answers. A refusal keeps what was typed.

A one-time password is shown on the answer itself and nowhere else: it is in no session, no message and no address.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.administration.doors import people_readers
from hotline.desks.administration.forms import AccountForm, GrantForm, ReasonForm, RefusingForm, WithdrawForm
from hotline.desks.administration.pages import file_of, show_person, status_of
from hotline.plumbing.clock import now
from hotline.registry.people import accounts, roles, safety
from hotline.registry.people.directory import PersonFile
from hotline.registry.people.recording import Done
from hotline.rules.administration import AdminAct, refuse_act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]
BOTH = ["GET", "POST"]


def _only_for(request: HttpRequest, act: AdminAct, number: int | None = None) -> None:
    """Whose act it isn't doesn't see its form."""
    refusal = refuse_act(act, actor_of(request), str(number or ""))
    if refusal:
        raise PermissionDenied(render(refusal, lang_of(request)))


def _form(
    request: HttpRequest, form: RefusingForm, title: str, *, file: PersonFile | None = None, **more: Any
) -> HttpResponse:
    refusals: tuple[Refusal, ...] = more.pop("refusals", ())
    status = status_of(refusals) if refusals else 422 if form.is_bound else 200
    back = reverse("person", args=[file.row.id]) if file else reverse("people")
    context = {"form": form, "title": title, "file": file, "back": back, **more}
    return render_page(request, "desks/administration/form.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, Any]:
    data = request.POST if request.method == "POST" else None
    return {"data": data, "lang": lang_of(request), "names": names_of(request)}


def _done(request: HttpRequest, number: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("person", args=[number]))


@sensitive_variables("done")
def _with_password(request: HttpRequest, done: Done, title: str) -> HttpResponse:
    person = done.person
    context = {"title": title, "people": [(person, done.password)], "waits": person is not None and person.awaiting}
    return render_page(request, "desks/administration/passwords.html", context)


@people_readers
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """`/people/new/`: a new account; its one-time password is shown on the answer."""
    _only_for(request, AdminAct.CREATE_ACCOUNT)
    form = AccountForm(**_typed(request), new=True)
    title = _("新建账号")
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title)
    done = accounts.create_account(
        username=form.cleaned_data["username"],
        data=form.data_given(),
        wanted_role=form.cleaned_data["wanted_role"],
        actor=actor_of(request),
        now=now(),
    )
    if done.ok:
        return _with_password(request, done, _("账号已建立"))
    form.refuse(done.refusals)
    return _form(request, form, title, refusals=done.refusals)


@people_readers
@require_http_methods(BOTH)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """`/people/<number>/change/`: other data of a person."""
    _only_for(request, AdminAct.CHANGE_ACCOUNT, number)
    file = file_of(request, number, whole=False)
    row = file.row
    initial = {"full_name": row.full_name, "unit": row.unit, "staff_no": row.staff_no, "phone": row.phone}
    form, title = AccountForm(**_typed(request), new=False, initial=initial), _("修改账号资料")
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isdecimal() and len(typed) < 9 else file.edit
    note = _("改了所属单位，为原单位授予的岗位即行停止，由安全管理员重新授予。")
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title, file=file, seen=seen, note=note)
    done = accounts.change_account(person=number, data=form.data_given(), seen=seen, actor=actor_of(request), now=now())
    if done.ok:
        return _done(request, number, _("资料已更新。"))
    form.refuse(done.refusals)
    return _form(request, form, title, file=file, seen=seen, note=note, refusals=done.refusals)


@people_readers
@require_http_methods(BOTH)
def switch_off(request: HttpRequest, number: int) -> HttpResponse:
    """`/people/<number>/switch-off/`: with the reason; sessions, tokens and streams end at once."""
    _only_for(request, AdminAct.SWITCH_OFF, number)
    file, form = file_of(request, number, whole=False), ReasonForm(**_typed(request))
    title, note = _("停用账号"), _("停用后立即下线，接口令牌全部撤销，岗位保留但不起作用。")
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title, file=file, note=note)
    done = accounts.switch_off(person=number, **form.cleaned_data, actor=actor_of(request), now=now())
    if done.ok:
        return _done(request, number, _("账号已停用。"))
    form.refuse(done.refusals)
    return _form(request, form, title, file=file, note=note, refusals=done.refusals)


@people_readers
@require_http_methods(BOTH)
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """`/people/<number>/grant/`: a role for a unit and a time."""
    _only_for(request, AdminAct.GRANT_ROLE, number)
    file = file_of(request, number, whole=False)
    wanted = {name: request.GET.get(name, "") for name in ("role", "unit")}
    form, title = GrantForm(**_typed(request), initial=wanted), _("授予岗位")
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title, file=file)
    given = form.grant()
    missing = Refusal("role.missing", field="role")
    done = (
        roles.grant_role(person=number, grant=given, actor=actor_of(request), now=now())
        if given
        else Done(refusals=(missing,))
    )
    if done.ok and given:
        return _done(request, number, _("已授予岗位“%(role)s”。") % {"role": word(given.role, lang_of(request))})
    form.refuse(done.refusals)
    return _form(request, form, title, file=file, refusals=done.refusals)


@people_readers
@require_http_methods(BOTH)
def withdraw(request: HttpRequest, number: int, grant: int) -> HttpResponse:
    """`/people/<number>/roles/<grant>/withdraw/`: a role ends, today or later."""
    _only_for(request, AdminAct.WITHDRAW_ROLE, number)
    file, form = file_of(request, number, whole=False), WithdrawForm(**_typed(request))
    held = next((one for one in file.grants if one.id == grant and not one.over), None)
    if held is None:
        return show_person(request, file_of(request, number), (Refusal("role.not_held"),))
    title = _("收回岗位“%(role)s”") % {"role": word(held.role, lang_of(request))}
    if not (form.is_bound and form.is_valid()):
        return _form(request, form, title, file=file)
    done = roles.withdraw_role(
        person=number, grant=grant, on=form.cleaned_data["on"], actor=actor_of(request), now=now()
    )
    if done.ok:
        return _done(request, number, _("岗位已收回。"))
    form.refuse(done.refusals)
    return _form(request, form, title, file=file, refusals=done.refusals)


STEPS: Mapping[str, tuple[Callable[..., Done], str]] = {
    "switch-on": (accounts.switch_on, gettext_noop("已启用，等待安全管理员确认。")),
    "confirm": (roles.confirm_account, gettext_noop("账号已确认，可以登录。")),
    "unlock": (safety.unlock, gettext_noop("锁定已解除，可以立即重新登录。")),
    "end-sessions": (safety.end_sessions, gettext_noop("已强制下线，须重新登录。")),
    "reset-second-factor": (safety.reset_second_factor, gettext_noop("双因素认证已重置，请本人登录后重新设置。")),
}
"""Acts that need nothing said."""


@people_readers
@require_POST
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """`/people/<number>/confirm/` and others: one press; a refusal stands above the person."""
    do, sentence = STEPS[name]
    more = {"with_role": request.POST.get("with_role") == "1"} if name == "confirm" else {}
    done = do(person=number, actor=actor_of(request), now=now(), **more)
    if done.ok:
        return _done(request, number, _(sentence))
    return show_person(request, file_of(request, number), done.refusals)


@people_readers
@require_POST
def reset_password(request: HttpRequest, number: int) -> HttpResponse:
    """`/people/<number>/reset-password/`: a one-time password, shown on the answer."""
    done = accounts.reset_password(person=number, actor=actor_of(request), now=now())
    if done.ok:
        return _with_password(request, done, _("密码已重设"))
    return show_person(request, file_of(request, number), done.refusals)


@people_readers
@require_POST
def revoke_token(request: HttpRequest, number: int, token: int) -> HttpResponse:
    """`/people/<number>/tokens/<token>/revoke/`: another system's way in ends."""
    done = safety.revoke_token_of(person=number, token=token, actor=actor_of(request), now=now())
    if done.ok:
        return _done(request, number, _("接口令牌已撤销。"))
    return show_person(request, file_of(request, number), done.refusals)


@people_readers
@require_POST
def confirm_many(request: HttpRequest) -> HttpResponse:
    """`/people/confirm/`: those ticked in the list, each with the role it was asked for; what can't be is told."""
    _only_for(request, AdminAct.CONFIRM_ACCOUNT)
    chosen = [int(number) for number in request.POST.getlist("person") if number.isdecimal() and len(number) < 19]
    refused: list[str] = []
    for number in chosen[:200]:
        done = roles.confirm_account(person=number, with_role=True, actor=actor_of(request), now=now())
        refused += [f"{done.person or number}：{render(refusal, lang_of(request))}" for refusal in done.refusals]
    if len(chosen) > len(refused):
        messages.success(request, _("已确认 %(number)s 个账号。") % {"number": len(chosen) - len(refused)})
    for sentence in refused or ([] if chosen else [_("请先勾选要确认的账号。")]):
        messages.error(request, sentence)
    return HttpResponseRedirect(f"{reverse('people')}?state=awaiting")
