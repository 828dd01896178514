"""Looking: all profiles, one version with every number in words and its evidence, a draft with its dry run."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_GET

from hotline.desks.calendars.doors import readers
from hotline.desks.calendars.lines import draft_line, people_of, record_lines
from hotline.desks.calendars.pages import draft_context, draft_of, status_of
from hotline.desks.profiles.lines import changes, groups, legend, not_replayed, rehearsal, told_settings, versions
from hotline.plumbing.clock import now, today
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import drafts, record_of, stored, turns
from hotline.registry.calendars.models import StoredProfile
from hotline.registry.calendars.queries import profile, profile_for, profiles
from hotline.registry.people.queries import names as people_names
from hotline.rules.messages import Refusal
from hotline.rules.profiles import to_dict
from hotline.rules.rule_keeping import DraftKind, keeps_rules
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

KINDS = (DraftKind.PROFILE,)


@readers
@require_GET
def profile_list(request: HttpRequest) -> HttpResponse:
    """`/profiles/`: all versions, which one the city goes by, and drafts that wait."""
    lang, moment = lang_of(request), now()
    known = profiles()
    found = drafts(KINDS)
    people = people_names(people_of(found))
    named = {one.key: one.name for one in known}
    context = {
        "versions": versions(known, profile_for(moment).version_key, today(), lang),
        "turns": [(turn.starts_on, named.get(turn.key, turn.key)) for turn in turns()],
        "drafts": [draft_line(one, people, lang, moment) for one in found],
    }
    return render_page(request, "desks/profiles/list.html", context)


@readers
@require_GET
def one_version(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """`/profiles/<key>/<version>/`: every number in words, with where it comes from."""
    row, lang = version_of(request, key, version), lang_of(request)
    found = profile(key, version)
    context = {
        "profile": found,
        "in_force": profile_for(now()).version_key == found.version_key,
        "groups": groups(to_dict(found), row.marks, names_of(request), lang),
        "legend": legend(lang),
        "keeps": keeps_rules(actor_of(request)),
    }
    return render_page(request, "desks/profiles/version.html", context)


def version_of(request: HttpRequest, key: str, version: int) -> StoredProfile:
    """The stored version, or the page that says it is not there."""
    row = stored(key, version) if version < 2**31 else None
    if row is None:
        refusal = Refusal("profile.version_unknown", {"name": f"{key}@{version}"})
        raise Http404(render(refusal, lang_of(request)))
    return row


@readers
@require_GET
def one_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/profiles/drafts/<draft>/`: what it changes, and what the last months would have looked like."""
    return show_draft(request, draft_of(request, draft_id, KINDS))


def show_draft(request: HttpRequest, found: RuleDraft, refusals: Iterable[Refusal] = ()) -> HttpResponse:
    """The draft's page, with what was refused a moment ago."""
    lang, names, refusals = lang_of(request), names_of(request), tuple(refusals)
    key, version = found.body["base"]
    base = profile(key, version)
    context = {
        **draft_context(request, found, refusals, told_settings),
        "wanted": found.body["profile"],
        "base": base,
        "changes": changes(to_dict(base), found, names, lang),
        "rehearsal": rehearsal(found.rehearsal, names, lang, now()) if found.rehearsal else None,
        "not_replayed": not_replayed(found, lang),
    }
    return render_page(request, "desks/profiles/draft.html", context, status=status_of(refusals))


@readers
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """`/profiles/record/`: who did what to the profiles, with before and after."""
    lang, moment = lang_of(request), now()
    records = record_of(kinds=KINDS)
    known = people_names(people_of([], records))
    lines = record_lines(records, known, lang, moment, told_settings)
    context = {"records": lines, "back": reverse("profiles"), "profiles": True}
    return render_page(request, "desks/calendars/record.html", context)
