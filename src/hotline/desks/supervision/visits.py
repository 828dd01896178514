"""`/supervision/<id>/visit/`: an inspector on the spot, with a phone and a bad connection.

Photos come one by one, each with its time and place; the list of questions and the finding come at the end, once. What
was sent but never answered may be sent again: nothing is recorded twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.supervision.doors import let_in, status_of
from hotline.desks.supervision.forms import PROBLEM, WRITTEN, in_city
from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.supervision.visits.commands import record_visit
from hotline.oversight.supervision.visits.photos import add_photo, why_not
from hotline.oversight.supervision.visits.queries import PhotoRow, VisitView
from hotline.oversight.supervision.visits.queries import visit as visit_of
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision import Deed
from hotline.rules.supervision.visits import Answer, Check, Said
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE
from hotline.tickets.dossiers.acting.forms import RefusedForm
from hotline.tickets.dossiers.files import Upload
from hotline.tickets.queries import ticket_file

PHONE: Final = "camera=(self), geolocation=(self), payment=()"
"""This page alone may ask a phone where it is."""


class VisitForm(RefusedForm):
    """The list of questions and the finding."""

    text = forms.CharField(required=False, max_length=5000)

    def __init__(self, data: Any = None, *, lang: str) -> None:
        super().__init__(data)
        self.lang = lang
        answers = [(answer.value, word(answer, lang)) for answer in Answer]
        for check in Check:
            self.fields[check.value] = forms.ChoiceField(
                label=word(check, lang), choices=answers, widget=forms.RadioSelect, required=False
            )
        found = [("yes", _("发现问题，工单重新办理")), ("no", _("没有发现问题"))]
        self.fields["problem"] = forms.ChoiceField(
            label=_("现场有没有问题"), choices=found, widget=forms.RadioSelect, required=False
        )
        self.fields["text"].label = _("现场情况和理由")
        self.fields["text"].widget = forms.Textarea(
            attrs={"class": "form-control", "rows": 5, "autocomplete": "off", "aria-required": "true"}
        )

    @property
    def questions(self) -> list[Any]:
        """Questions in their order."""
        return [self[check.value] for check in Check]

    @property
    def answers(self) -> dict[Check, Answer]:
        """Those that have an answer."""
        given = self.cleaned_data
        return {check: Answer(given[check.value]) for check in Check if given.get(check.value)}


class PhotoForm(RefusedForm):
    """What comes with a photo: by the phone itself, or typed."""

    place = forms.CharField(required=False, max_length=200)
    reason = forms.CharField(required=False, max_length=500)
    taken_at = forms.DateTimeField(required=False, input_formats=[WRITTEN])
    phone_at = forms.FloatField(required=False, min_value=0, max_value=4e12)
    latitude = forms.FloatField(required=False)
    longitude = forms.FloatField(required=False)

    def __init__(self, data: Any = None, *, lang: str) -> None:
        super().__init__(data)
        self.lang = lang
        self.fields["place"].label = _("拍摄地点（照片没有定位的填写）")
        self.fields["reason"].label = _("没有定位或者时间不准的原因")
        self.fields["taken_at"].label = _("拍摄时间（照片没有带的填写）")
        for name in ("place", "reason"):
            self.fields[name].widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        self.fields["taken_at"].widget = forms.DateTimeInput(
            attrs={"class": "form-control", "type": "datetime-local"}, format=WRITTEN
        )

    def said(self) -> Said:
        """As the rules know it."""
        given = self.cleaned_data
        stamp, typed = given.get("phone_at"), given.get("taken_at")
        return Said(
            phone_at=moment_of(stamp) if stamp else None,
            latitude=given.get("latitude"),
            longitude=given.get("longitude"),
            taken_at=in_city(typed) if typed else None,
            place=given["place"],
            reason=given["reason"],
        )


def moment_of(milliseconds: float) -> datetime:
    """What a browser calls a moment."""
    return datetime.fromtimestamp(milliseconds / 1000, CITY_TZ)


@dataclass(frozen=True)
class PhotoLine:
    """One photo in words."""

    file: int
    name: str
    at: Moment
    time_from: str
    where: str
    place_from: str
    reason: str


def photo_lines(photos: tuple[PhotoRow, ...], lang: str) -> tuple[PhotoLine, ...]:
    """Photos in their order, each with its time and place."""
    moment = now()
    return tuple(
        PhotoLine(
            file=photo.file,
            name=photo.name,
            at=moment_words(photo.taken_at, moment),
            time_from=word(f"photo_source.{photo.time_from}", lang),
            where=" ".join(part for part in (photo.place, _position(photo)) if part),
            place_from=word(f"photo_source.{photo.place_from}", lang),
            reason=photo.reason,
        )
        for photo in photos
    )


def _position(photo: PhotoRow) -> str:
    if photo.latitude is None or photo.longitude is None:
        return ""
    said = {"latitude": f"{photo.latitude:.5f}", "longitude": f"{photo.longitude:.5f}"}
    return _("北纬%(latitude)s，东经%(longitude)s") % said


def answer_lines(found: VisitView, lang: str) -> list[tuple[str, str]]:
    """The list of questions as it was answered."""
    return [(word(check, lang), word(answer, lang)) for check, answer in found.answers.items()]


@let_in
@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The phone's page; posted, the visit has been made."""
    found = _found(request, pk)
    if request.method != "POST":
        return _shown(request, found, VisitForm(lang=lang_of(request)))
    form = VisitForm(request.POST, lang=lang_of(request))
    if _was_mine(request, found):
        return _recorded(request, pk)
    if not form.is_valid():
        return _shown(request, found, form, status=UNPROCESSABLE)
    done = record_visit(
        found.seen.row.id,
        problem=PROBLEM.get(form.cleaned_data["problem"]),
        answers=form.answers,
        findings=form.cleaned_data["text"],
        actor=actor_of(request),
        now=now(),
    )
    if done.ok:
        return _recorded(request, pk)
    form.refuse(done.refusals)
    return _shown(request, _found(request, pk), form, status=status_of(done.refusals))


def _was_mine(request: HttpRequest, found: VisitView) -> bool:
    """The answer to the first sending was lost on the way: what the same person sends again is there already."""
    made = next((line for line in found.seen.lines if line.deed == Deed.RECORD_VISIT.value), None)
    same = made is not None and made.actor == actor_of(request).id
    return same and found.findings.split() == request.POST.get("text", "").split()


def _recorded(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, _("现场核查已登记。"), extra_tags=f"draft:supervision/{pk}/visit")
    return HttpResponseRedirect(reverse("supervision", args=[pk]))


def _found(request: HttpRequest, pk: int) -> VisitView:
    found = visit_of(min(pk, LARGEST), actor=actor_of(request), now=now())
    if found is None:
        raise Http404(render(Refusal("supervision.not_found"), lang_of(request)))
    return found


def _shown(
    request: HttpRequest, found: VisitView, form: VisitForm, photo: PhotoForm | None = None, status: int = 200
) -> HttpResponse:
    lang, known, row = lang_of(request), names_of(request), found.seen.row
    context = {
        "row": row,
        "found": found,
        "form": form,
        "photo": photo or PhotoForm(lang=lang),
        "photos": photo_lines(found.photos, lang),
        "answers": answer_lines(found, lang),
        "outcome": word(f"supervision_outcome.{row.outcome}", lang) if row.outcome else "",
        "status": word(f"supervision_status.{row.status}", lang),
        "units": "、".join(known.unit(unit, lang) for unit in row.units),
        "matter": _matter(request, row.number),
    }
    answer = render_page(request, "desks/supervision/visit.html", context, status=status)
    answer.headers["Permissions-Policy"] = PHONE
    return answer


def _matter(request: HttpRequest, number: str) -> dict[str, str]:
    """What the inspector has to know: the matter, where it is, and what the unit has replied."""
    try:
        return ticket_file(number, actor=actor_of(request), now=now()).texts
    except TicketRefused:
        return {}


@let_in
@require_POST
def photos(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/<id>/visit/photos/`: photos on their way in; a phone's script sends them one by one."""
    found = _found(request, pk)
    form = PhotoForm(request.POST, lang=lang_of(request))
    if not found.may_record:
        form.is_valid()
        return _not_taken(request, found, form, why_not(found.seen.state, actor=actor_of(request), now=now()))
    if not form.is_valid():
        return _not_taken(request, found, form, ())
    given = [one for one in request.FILES.getlist("file") if isinstance(one, UploadedFile)]
    refusals: tuple[Refusal, ...] = () if given else (Refusal("upload.nothing", field="file"),)
    for one in given:
        upload = Upload(cast("Any", one.file), one.name or "")
        done = add_photo(found.seen.row.id, upload, form.said(), actor=actor_of(request), now=now())
        refusals += done.refusals
    if refusals:
        return _not_taken(request, found, form, refusals)
    if _by_script(request):
        return JsonResponse({"taken": len(given)})
    messages.success(request, _("照片已上传。"))
    return HttpResponseRedirect(reverse("supervision-visit", args=[pk]))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _not_taken(request: HttpRequest, found: VisitView, form: PhotoForm, refusals: tuple[Refusal, ...]) -> HttpResponse:
    form.refuse(refusals)
    status = status_of(refusals)
    if not _by_script(request):
        return _shown(request, _found(request, found.seen.row.id), VisitForm(lang=lang_of(request)), form, status)
    said = [render(refusal, lang_of(request)) for refusal in refusals]
    said = said or [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse(
        {"sentences": said, "fields": [refusal.field for refusal in refusals if refusal.field]}, status=status
    )
