"""Looking up people: the list with its search, and one person with roles, tokens and what was done to the account."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import people_readers
from hotline.desks.administration.forms import PeopleSearch
from hotline.desks.administration.lines import person_line, person_page, state_words
from hotline.plumbing.clock import now, today
from hotline.registry.people import directory
from hotline.registry.people.directory import PeopleFilter, PersonFile
from hotline.registry.people.queries import names as people_names
from hotline.rules.administration import AdminAct, acts_of
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ADMIN_ROLES
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

LONGEST = 60
NOT_THERE = {"people.not_found", "token.no_such_token"}
DENIALS = {"people.act_denied", "people.own_account", "people.reading_denied", "people.second_person"}


@people_readers
@require_GET
def people_list(request: HttpRequest) -> HttpResponse:
    """`/people/`: accounts by name, unit, role and state."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    asked = {name: request.GET.get(name, "").strip()[:LONGEST].replace("\x00", "") for name in ("q", "unit", "role")}
    where = PeopleFilter(asked["q"], asked["unit"], asked["role"], request.GET.get("state", ""))
    after = request.GET.get("after", "")
    found = directory.people(actor=actor, where=where, now=moment, day=today(), after=after)
    waiting = directory.counts(actor=actor, day=today(), now=moment) if actor.roles & ADMIN_ROLES else {}
    context = {
        "form": PeopleSearch(request.GET, names=known, lang=lang),
        "lines": [person_line(row, known, lang) for row in found.rows],
        "next_key": found.next_key,
        "first_page": not after,
        "chips": [(state, state_words(state), waiting.get(state)) for state in directory.STATES],
        "state": where.state,
        "narrowed": any((*asked.values(), where.state)),
        "may_confirm": where.state == "awaiting" and AdminAct.CONFIRM_ACCOUNT in acts_of(actor.roles),
        "may_create": AdminAct.CREATE_ACCOUNT in acts_of(actor.roles),
    }
    return render_page(request, "desks/administration/people.html", context)


@people_readers
@require_GET
def person(request: HttpRequest, number: int) -> HttpResponse:
    """`/people/<number>/`: one account, and what this administrator may do to it."""
    return show_person(request, file_of(request, number))


def file_of(request: HttpRequest, number: int, *, whole: bool = True) -> PersonFile:
    """The account as this reader may see it, or the page that says it is not there."""
    actor, known = actor_of(request), number < 2**63
    file = directory.person_file(number, actor=actor, day=today(), now=now(), whole=whole) if known else None
    if file is None:
        raise Http404(render(Refusal("people.not_found"), lang_of(request)))
    return file


def show_person(request: HttpRequest, file: PersonFile, refusals: Iterable[Refusal] = (), **more: Any) -> HttpResponse:
    """The person's page, with what was refused a moment ago or a password that is shown this once."""
    lang, refusals = lang_of(request), tuple(refusals)
    actors = {entry.actor for entry in file.entries}
    page = person_page(file, people_names(actors), names_of(request), lang, now())
    context = {
        "page": page,
        "refusals": [(refusal.code, render(refusal, lang)) for refusal in refusals],
        "acts": possible(file, actor_of(request).roles, own=str(file.row.id) == actor_of(request).id),
        "own": str(file.row.id) == actor_of(request).id,
        **more,
    }
    status = status_of(refusals) if refusals else 200
    return render_page(request, "desks/administration/person.html", context, status=status)


def possible(file: PersonFile, roles: Iterable[Any], *, own: bool) -> frozenset[str]:
    """Which buttons the page offers: this administrator's acts that make sense in the account's state."""
    if own:
        return frozenset()
    row = file.row
    sensible = {
        AdminAct.CHANGE_ACCOUNT: True,
        AdminAct.SWITCH_OFF: row.state != "off",
        AdminAct.SWITCH_ON: row.state == "off",
        AdminAct.RESET_PASSWORD: row.state != "off",
        AdminAct.CONFIRM_ACCOUNT: row.state == "awaiting",
        AdminAct.GRANT_ROLE: row.state != "off",
        AdminAct.WITHDRAW_ROLE: True,
        AdminAct.UNLOCK: row.locked,
        AdminAct.RESET_SECOND_FACTOR: file.second_factor,
        AdminAct.END_SESSIONS: row.state == "active",
        AdminAct.REVOKE_TOKEN: True,
    }
    return frozenset(act.value for act in acts_of(roles) if sensible.get(act))


def status_of(refusals: Iterable[Refusal]) -> int:
    """404 not there, 403 not yours, 422 a field to mend, 409 not now."""
    refusals = tuple(refusals)
    codes = {refusal.code for refusal in refusals}
    if codes & NOT_THERE:
        return 404
    if codes & DENIALS:
        return 403
    return 422 if all(refusal.field for refusal in refusals) else 409
