"""Saved views on pages: keep the filters that are on, and put one's views in order. All of it works without script."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.filters import TITLES as FILTERS
from hotline.desks.filters import address, asked_for, said
from hotline.desks.places import DESKS, desks_of
from hotline.desks.views import commands
from hotline.desks.views.commands import ALL_TICKETS, Kept
from hotline.desks.views.queries import View, views_of
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketFilter

DONE: Final[Mapping[str, str | Promise]] = {
    "rename": gettext_lazy("已改名。"),
    "replace": gettext_lazy("已按当前筛选条件更新。"),
    "left": gettext_lazy("已前移。"),
    "right": gettext_lazy("已后移。"),
    "delete": gettext_lazy("已删除。"),
    "first": gettext_lazy("以后打开这个工作台，先显示这个视图。"),
    "not-first": gettext_lazy("以后打开这个工作台，先显示全部。"),
}


@dataclass(frozen=True)
class Shown:
    """One view on the page where views are kept."""

    view: View
    owner: str
    filters: str
    address: str


@dataclass(frozen=True)
class Group:
    """The views of one desk."""

    key: str
    title: str
    shown: tuple[Shown, ...]


@signed_in
@require_GET
def all_views(request: HttpRequest) -> HttpResponse:
    """`/views/`: one's views by desk: rename, move, delete, open a desk with one."""
    return _page(request)


@signed_in
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """`/views/new/`: the filters that are on, under a name."""
    kept = commands.save_view(
        desk=request.POST.get("desk", ""),
        name=request.POST.get("name", ""),
        pairs=pairs_posted(request),
        role=request.POST.get("role", ""),
        actor=actor_of(request),
        now=now(),
    )
    if kept.view is None:
        return _page(request, kept.refusals)
    messages.success(request, _("已保存视图“%(name)s”。") % {"name": kept.view.name})
    pairs = [(name, value) for name, value in kept.view.pairs]
    return HttpResponseRedirect(list_address(kept.view.desk) + address(pairs, view=str(kept.view.pk)))


STEPS: Final[Mapping[str, Callable[[HttpRequest, int], Kept]]] = {
    "rename": lambda request, view: commands.rename_view(
        view=view, name=request.POST.get("name", ""), actor=actor_of(request)
    ),
    "replace": lambda request, view: commands.replace_filters(
        view=view, pairs=pairs_posted(request), actor=actor_of(request)
    ),
    "left": lambda request, view: commands.move_view(view=view, step=-1, actor=actor_of(request)),
    "right": lambda request, view: commands.move_view(view=view, step=1, actor=actor_of(request)),
    "delete": lambda request, view: commands.delete_view(view=view, actor=actor_of(request)),
    "first": lambda request, view: commands.open_with(view=view, actor=actor_of(request)),
    "not-first": lambda request, view: commands.open_with(view=view, actor=actor_of(request), wanted=False),
}


@signed_in
@require_POST
def step(request: HttpRequest, view: int, step: str) -> HttpResponse:
    """`/views/<id>/<step>/`: one change of one view."""
    kept = STEPS[step](request, view)
    if not kept.ok:
        return _page(request, kept.refusals)
    messages.success(request, str(DONE[step]))
    back = request.POST.get("next", "")
    safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if safe else reverse("views"))


def pairs_posted(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The posted filters that can be used; what can't was already told above the list."""
    parts = (pair.partition("=") for pair in request.POST.getlist("pair"))
    return usable(((name, value) for name, _is, value in parts), names_of(request))


def usable(pairs: Iterable[tuple[str, str]], known: Names) -> tuple[tuple[str, str], ...]:
    """Filters as they may be kept: known ones, and no words, which could name somebody."""
    asked = asked_for(pairs, base=TicketFilter(), order="", known=known, at=now())
    return tuple(pair for pair in asked.pairs if pair[0] != "q")


def list_address(desk: str) -> str:
    """Where a desk's list is."""
    return reverse("tickets") if desk == ALL_TICKETS else reverse("desk", args=[desk])


def _page(request: HttpRequest, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
    actor, lang = actor_of(request), lang_of(request)
    if view_of(actor).nothing:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang))
    context = {
        "groups": _groups(request),
        "refusals": [render(refusal, lang) for refusal in refusals],
        "typed": request.POST.get("name", ""),
    }
    return render_page(request, "desks/views/list.html", context, status=409 if refusals else 200)


def _groups(request: HttpRequest) -> list[Group]:
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    titles = {desk.key: str(desk.title) for desk in DESKS if desk in desks_of(actor)} | {ALL_TICKETS: _("全部工单")}
    views = views_of(actor)
    groups = [
        Group(key, title, tuple(_shown(v, known, lang) for v in views if v.desk == key))
        for key, title in titles.items()
    ]
    return [group for group in groups if group.shown]


def _shown(view: View, known: Names, lang: str) -> Shown:
    owner = _("全体%(role)s") % {"role": word(Role(view.role), lang)} if view.role else _("我自己")
    filters = (f"{FILTERS[name]}{_('：')}{said(name, value, known, lang)}" for name, value in view.pairs)
    return Shown(view, owner, _("；").join(filters), list_address(view.desk) + address(view.pairs, view=str(view.id)))
