"""The team leaders' pages: what agents propose, samples of their work, and the change of shift."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.plumbing.clock import now, today
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Proposal, Role
from hotline.rules.words import field_word, word
from hotline.stages.leading import commands, queries
from hotline.stages.leading.forms import QUESTIONS, NotesForm, QualityForm
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketFile, TicketFilter, TimelineEntry, ticket_file, tickets
from hotline.tickets.seats import Left

View = Callable[..., HttpResponse]
PROPOSED: Final = (Proposal.DECLINE, Proposal.VOID)
WAITING: Final = TicketFilter(proposals=tuple(kind.value for kind in PROPOSED))
ACTS: Final = {
    Proposal.DECLINE: ("propose_decline", "confirm_decline", "reject_decline"),
    Proposal.VOID: ("propose_void", "confirm_void", "reject_void"),
}
CONFLICT: Final = 409


def for_roles(*roles: Role) -> Callable[[View], View]:
    """The page is for these roles; others are told so."""

    def guard(view: View) -> View:
        @wraps(view)
        def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not actor_of(request).roles & set(roles):
                raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
            return view(request, *args, **kwargs)

        return login_required(look)

    return guard


leaders = for_roles(Role.TEAM_LEADER)


@dataclass(frozen=True)
class Asked:
    """One proposal as the leader decides it: who asked for what and why, and the acts that answer it."""

    kind: str
    act: str
    confirm: str
    reject: str
    reject_field: str
    who: str
    at: Any
    texts: tuple[tuple[str, str], ...]
    mine: bool
    may: bool


@leaders
@require_GET
def confirm(request: HttpRequest) -> HttpResponse:
    """`/leading/confirm/`: what agents propose to decline or void; `?number=` opens one, otherwise the first."""
    actor, lang = actor_of(request), lang_of(request)
    rows = tickets(actor=actor, where=WAITING, limit=50).rows
    wanted = request.GET.get("number", "") or next((row.number for row in rows), "")
    file = _file(wanted, request) if wanted else None
    context: dict[str, Any] = {
        "rows": [
            (row, "、".join(word(Proposal(kind), lang) for kind in row.proposals if kind in WAITING.proposals))
            for row in rows
        ],
        "chosen": wanted,
        "file": file,
        "asked": list(_asked(file, actor, request)) if file else [],
        "told": _words(file, lang) if file else (),
    }
    return render_page(request, "leading/confirm.html", context)


def _file(number: str, request: HttpRequest) -> TicketFile | None:
    try:
        return ticket_file(number, actor=actor_of(request), now=now(), books=books_of(request))
    except TicketRefused:
        return None


def _words(file: TicketFile, lang: str) -> tuple[tuple[str, str], ...]:
    wanted = ("content", "demand", "place")
    return tuple((word(f"field.{name}", lang), file.texts[name]) for name in wanted if file.texts.get(name))


def _asked(file: TicketFile, actor: Actor, request: HttpRequest) -> Iterable[Asked]:
    lang, known = lang_of(request), names_of(request)
    allowed = {row.act.name for row in file.acts}
    for kind in PROPOSED:
        pending = file.state.proposals.get(kind)
        if pending is None:
            continue
        propose, confirm_, reject = ACTS[kind]
        entry = next((e for e in reversed(file.timeline) if e.act == propose), None)
        reason = known.reason("not_accepted" if kind is Proposal.DECLINE else "void", _reason(entry), lang)
        said = tuple((field_word(propose, name, lang), text) for name, text in (entry.texts if entry else {}).items())
        yield Asked(
            kind=word(kind, lang),
            act=propose,
            confirm=confirm_,
            reject=reject,
            reject_field=field_word(reject, "note", lang),
            who=entry.who if entry else "",
            at=pending.at,
            texts=((field_word(propose, "reason", lang), reason), *said),
            mine=pending.by == actor.id,
            may=confirm_ in allowed,
        )


def _reason(entry: TimelineEntry | None) -> str:
    return str(entry.payload.get("reason", "")) if entry else ""


# --- samples ---


@leaders
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """`/leading/samples/`: what was drawn and not looked at, and what was found lately."""
    actor = actor_of(request)
    context = {
        "open": queries.open_checks(actor=actor),
        "done": queries.done_checks(actor=actor),
        "missing": queries.missing_days(today()),
        "me": actor.id,
    }
    return render_page(request, "leading/samples.html", context)


@leaders
@require_POST
def draw(request: HttpRequest) -> HttpResponse:
    """`/leading/samples/draw/`: draw what the night has not drawn."""
    found = sum(commands.draw_day(day, now=now()) for day in queries.missing_days(today()))
    messages.success(request, _("抽取了 %(number)s 件。") % {"number": found})
    return HttpResponseRedirect(reverse("leading-samples"))


@leaders
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """`/leading/samples/<id>/`: look at one sample; then the next one opens."""
    actor, lang = actor_of(request), lang_of(request)
    found = queries.check_line(pk, actor=actor)
    if found is None:
        raise Http404(render(Refusal("quality.not_found"), lang))
    form = QualityForm(request.POST if request.method == "POST" else None, lang=lang)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST":
        answers = form.answers()
        if answers is not None:
            done = commands.check(pk, answers=answers, note=form.cleaned_data["note"], actor=actor, now=now())
            if done.ok:
                return _next_sample(request, pk, found.number)
            refusals = done.refusals
    elif found.agent == actor.id:
        refusals = (Refusal("quality.own_work"),)
    return _sample_shown(request, pk, form, refusals)


def _next_sample(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    messages.success(request, _("工单 %(number)s 已评。") % {"number": number}, extra_tags=f"draft:quality/{pk}")
    following = queries.next_check(actor=actor_of(request), but=pk)
    place = reverse("leading-sample", args=[following]) if following else reverse("leading-samples")
    return HttpResponseRedirect(place)


def _sample_shown(request: HttpRequest, pk: int, form: QualityForm, refusals: tuple[Refusal, ...]) -> HttpResponse:
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    found = queries.check_line(pk, actor=actor)
    if found is None:
        raise Http404(render(Refusal("quality.not_found"), lang))
    for refusal in refusals:
        if refusal.field:
            form.add_error(refusal.field, render(refusal, lang))
    others = tuple(refusal for refusal in refusals if not refusal.field)
    file = _file(found.number, request)
    facts: tuple[tuple[str, str], ...] = ()
    if file:
        facts = (
            (word("field.request_type", lang), word(file.state.request_type, lang)),
            (word("field.category", lang), known.category_path(file.state.category, lang)),
            (word("field.region", lang), known.region(file.state.region, lang)),
        )
    context = {
        "check": found,
        "form": form,
        "facts": facts,
        "said": _taken_in(file, lang) if file else (),
        "open": found.checked_at is None and found.agent != actor.id,
        "refusals": tuple((refusal.code, render(refusal, lang)) for refusal in others),
        "points": _found(found),
    }
    status = CONFLICT if others and request.method == "POST" else 422 if form.is_bound else 200
    return render_page(request, "leading/sample.html", context, status=status)


def _found(line: queries.CheckLine) -> list[tuple[str, bool | None]]:
    """Each question with what was found; nothing for a sample that nobody has looked at."""
    return [(str(question), line.answers[point]) for point, question in QUESTIONS.items() if point in line.answers]


SAID: Final = frozenset({"register", "submit", "answer_directly"})


def _taken_in(file: TicketFile, lang: str) -> tuple[tuple[str, str], ...]:
    """What the agent wrote: the request as taken in, and the answer if there was one."""
    return tuple(
        (field_word(entry.act, name, lang), text)
        for entry in file.timeline
        if entry.act in SAID
        for name, text in entry.texts.items()
    )


@for_roles(Role.AGENT, Role.TEAM_LEADER)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """`/leading/mine/`: what was found of one's own work."""
    lines = queries.own_checks(actor=actor_of(request))
    told = [(line, _found(line)) for line in lines]
    return render_page(request, "leading/mine.html", {"told": told, "mean": queries.mean(lines)})


# --- shifts ---


def left_words() -> dict[Left, str]:
    """What the parts of a sheet are called."""
    return {
        Left.DRAFTS: _("未登记的草稿"),
        Left.DECLINES: _("待确认的不予受理"),
        Left.VOIDS: _("待确认的作废"),
        Left.UNSIGNED: _("未签收的紧急工单"),
        Left.PHONED: _("未反馈的电话交办"),
    }


@leaders
@require_http_methods(["GET", "POST"])
def shifts(request: HttpRequest) -> HttpResponse:
    """`/leading/shifts/`: what stands now, hand it over with notes, and the sheets so far."""
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    form = NotesForm(request.POST if request.method == "POST" else None, label=_("给下一班的话"))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = commands.hand_over(notes=form.cleaned_data["notes"], actor=actor, now=now())
        if done.ok:
            messages.success(request, _("已交班，等下一班的班长接班。"), extra_tags="draft:shift")
            return HttpResponseRedirect(reverse("leading-sheet", args=[done.pk]))
        refusals = done.refusals
    city = queries.shifts_on(today())
    turn = commands.turn_now(now(), city)
    named = {name.shift.code: name.label(lang) for name in city}
    context = {
        "form": form,
        "refusals": tuple((refusal.code, render(refusal, lang)) for refusal in refusals),
        "turn": turn,
        "shift": named.get(turn.shift.code, "") if turn else "",
        "handed": queries.handed_over(turn) if turn else False,
        "parts": _in_words(queries.present(actor=actor, known=known, lang=lang)),
        "sheets": queries.sheets(actor=actor, known=known, lang=lang, named=named),
    }
    status = CONFLICT if refusals else 422 if form.is_bound else 200
    return render_page(request, "leading/shifts.html", context, status=status)


@leaders
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """`/leading/shifts/<id>/`: one sheet, to take over and to print."""
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    form = NotesForm(request.POST if request.method == "POST" else None, label=_("接班说明"))
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = commands.accept(pk, remark=form.cleaned_data["notes"], actor=actor, now=now())
        if done.ok:
            messages.success(request, _("已接班。"), extra_tags=f"draft:sheet/{pk}")
            return HttpResponseRedirect(reverse("leading-sheet", args=[pk]))
        refusals = done.refusals
    found = queries.sheet(pk, actor=actor, known=known, lang=lang)
    if found is None:
        raise Http404(render(Refusal("shift.not_found"), lang))
    context = {
        "sheet": found,
        "parts": _in_words(found.parts),
        "form": form,
        "refusals": tuple((refusal.code, render(refusal, lang)) for refusal in refusals),
    }
    status = CONFLICT if refusals else 422 if form.is_bound else 200
    return render_page(request, "leading/sheet.html", context, status=status)


def _in_words(parts: tuple[queries.LeftPart, ...]) -> list[tuple[str, queries.LeftPart]]:
    words = left_words()
    return [(words[part.kind], part) for part in parts]
