"""A file of a dossier on its way to whoever may open it: under its own name, shut in."""

from django.http import FileResponse, Http404, HttpRequest

from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import FileKind
from hotline.tickets.acting.alone import alone
from hotline.tickets.acting.person import lang_of
from hotline.tickets.attachments import store
from hotline.tickets.attachments.kinds import KINDS
from hotline.tickets.dossiers.files import Opened


def sent(request: HttpRequest, found: Opened | None) -> FileResponse:
    """The file, or that it is not there for this person."""
    opened = store.open_file(found.sha256) if found else None
    if found is None or opened is None:
        raise Http404(render(Refusal("attachment.not_found"), lang_of(request)))
    kind = KINDS[FileKind(found.kind)]
    return alone(FileResponse(opened, as_attachment=not kind.inline, filename=found.name, content_type=kind.mime))
