"""`/people/import/`: a file of people, looked at first and then made into accounts, all or none.

Between the two steps the file travels with the form, signed, so that nothing is kept on the server and nobody imports
what was not shown.
"""

from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from hotline.desks.administration.doors import people_readers
from hotline.desks.administration.forms import RosterForm
from hotline.plumbing.clock import now, today
from hotline.registry.people.roster import MOST_BYTES, SAMPLE, Roster, RosterLine, import_roster, read_roster
from hotline.rules.administration import AdminAct, refuse_act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

SALT = "hotline.desks.administration.roster"
KEPT_FOR = 3600


def _guard(request: HttpRequest) -> None:
    refusal = refuse_act(AdminAct.CREATE_ACCOUNT, actor_of(request))
    if refusal:
        raise PermissionDenied(render(refusal, lang_of(request)))


@people_readers
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """`/people/import/sample.csv`: the headings, with one line as an example."""
    _guard(request)
    answer = HttpResponse("\ufeff" + SAMPLE, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer


@people_readers
@require_http_methods(["GET", "POST"])
@sensitive_variables("done")
def import_people(request: HttpRequest) -> HttpResponse:
    """The file is read and shown; a second press makes the accounts."""
    _guard(request)
    looked_at = request.POST.get("content", "")
    if request.method == "POST" and looked_at:
        content = _unsigned(looked_at, str(actor_of(request).id))
        if content is None:
            return _asked(request, (Refusal("people_file.unreadable"),))
        done = import_roster(content=content, actor=actor_of(request), now=now())
        if done.passwords:
            context = {"title": _("账号已建立"), "people": done.passwords, "waits": True}
            return render_page(request, "desks/administration/passwords.html", context)
        return _asked(request, (done.refusal,)) if done.refusal else _shown(request, done.roster, content)
    upload = request.FILES.get("file") if request.method == "POST" else None
    if request.method == "POST" and (upload is None or (upload.size or 0) > MOST_BYTES):
        return _asked(request, (Refusal("people_file.unreadable"),))
    if upload is None:
        return _asked(request, ())
    content = upload.read()
    return _shown(request, read_roster(content, day=today()), content)


def _unsigned(text: str, actor: str) -> bytes | None:
    """The file that was shown to this administrator within the hour."""
    try:
        kept = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return str(kept["text"]).encode() if kept["by"] == actor else None


def _asked(request: HttpRequest, refusals: tuple[Refusal, ...], **more: Any) -> HttpResponse:
    lang = lang_of(request)
    form = RosterForm(lang=lang, names=names_of(request))
    context = {"form": form, "refusals": [(r.code, render(r, lang)) for r in refusals], **more}
    return render_page(request, "desks/administration/import.html", context, status=422 if refusals else 200)


def _shown(request: HttpRequest, roster: Roster, content: bytes) -> HttpResponse:
    """Every line of the file with what is wrong about it; only a file without faults can be imported."""
    if roster.refusals:
        return _asked(request, roster.refusals)
    lines = [_line(request, line) for line in roster.lines]
    kept = {"text": content.decode("utf-8-sig"), "by": str(actor_of(request).id)}
    more = {
        "lines": lines,
        "faults": sum(1 for line in roster.lines if line.refusals),
        "content": signing.dumps(kept, salt=SALT, compress=True) if roster.ok else "",
    }
    lang = lang_of(request)
    form = RosterForm(lang=lang, names=names_of(request))
    context = {"form": form, "refusals": [], **more}
    return render_page(request, "desks/administration/import.html", context, status=200 if roster.ok else 422)


def _line(request: HttpRequest, line: RosterLine) -> dict[str, Any]:
    lang = lang_of(request)
    return {
        "number": line.number,
        "username": line.username,
        "full_name": line.data.full_name,
        "unit": names_of(request).unit(line.data.unit, lang),
        "role": word(Role(line.wanted_role), lang) if line.wanted_role else "",
        "faults": [render(refusal, lang) for refusal in line.refusals],
    }
