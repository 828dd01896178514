"""`/supervision/media/partners/`: the city's partner media; supervisors add, change and switch them on and off."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hotline.desks.media.doors import let_in, office_only, writers_only
from hotline.desks.media.forms import PartnerForm
from hotline.oversight.supervision.media.models import MediaPartner
from hotline.oversight.supervision.media.partners import partners, save
from hotline.plumbing.clock import now
from hotline.rules.media.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import UNPROCESSABLE


@let_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, those that are on first."""
    office_only(request)
    lang = lang_of(request)
    context = {
        "rows": [(row, word(f"medium_kind.{row.kind}", lang)) for row in partners(actor=actor_of(request))],
        "writes": bool(actor_of(request).roles & SUPERVISORS),
        "office": True,
    }
    return render_page(request, "desks/media/partners.html", context)


@let_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new partner, or one to be changed."""
    writers_only(request)
    row = None if pk is None else _row(request, pk)
    data = request.POST if request.method == "POST" else None
    form = PartnerForm(data, lang=lang_of(request), row=row)
    if data is not None and form.is_valid():
        saved = save(form.partner(), actor=actor_of(request), now=now(), pk=pk)
        if not saved.refusals:
            messages.success(request, _("合作媒体已保存。"))
            return HttpResponseRedirect(reverse("media-partners"))
        form.refuse(saved.refusals)
    status = UNPROCESSABLE if data is not None else 200
    return render_page(request, "desks/media/partner.html", {"form": form, "row": row}, status=status)


def _row(request: HttpRequest, pk: int) -> MediaPartner:
    found = next((one for one in partners(actor=actor_of(request)) if one.pk == pk), None)
    if found is None:
        raise Http404(render(Refusal("media.partner_missing"), lang_of(request)))
    return found
