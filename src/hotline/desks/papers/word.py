"""The paper as a Word document: the city's own form when there is one, ours otherwise."""

import logging
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from hotline.desks.papers.handover import Box, Paper
from hotline.desks.papers.word_template import build

logger = logging.getLogger(__name__)

UNFIT: Final = (
    *(TemplateError, PackageNotFoundError, BadZipFile, OSError),
    *(SyntaxError, AttributeError, LookupError, TypeError, ValueError),
)
"""What a form that is damaged or wrongly written makes the libraries say."""
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML may hold."""


def in_word(paper: Paper, *, head: bool) -> bytes:
    """The document. A form of the city's that cannot be filled in is passed over and named in the log."""
    own = own_form()
    if own is not None:
        try:
            return _filled(own, paper, head=head)
        except UNFIT as fault:
            logger.error("the city's form %s cannot be filled in: %s", own.name, type(fault).__name__)  # noqa: TRY400  # a trace would hold the paper's words
    return _filled(BytesIO(_built_in()), paper, head=head)


def own_form() -> Path | None:
    """The city's form, in the folder that the operator keeps."""
    path = Path(settings.PAPERS) / "handover.docx"
    return path if path.is_file() else None


@cache
def _built_in() -> bytes:
    return build()


def _filled(form: Path | BytesIO, paper: Paper, *, head: bool) -> bytes:
    """Filled in by a template language that can reach nothing but the paper's words."""
    document = DocxTemplate(form)
    document.render(_words(paper, head=head), SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    document.docx.core_properties.title = f"{paper.title} {paper.number}"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _words(paper: Paper, *, head: bool) -> dict[str, Any]:
    return {
        "number": paper.number,
        "hotline": paper.hotline,
        "title": paper.title,
        "head": head,
        "marks": "　".join(paper.marks),
        "facts": [(_box(left), _box(right)) for left, right in paper.facts],
        "request": _box(paper.request),
        "boxes": [_box(box) for box in paper.boxes],
        "signing": _("签字盖章"),
        "signatures": "　　　　　　　".join(f"{name}：" for name in paper.signatures),
        "printed": paper.printed,
    }


def _box(box: Box) -> dict[str, str]:
    return {"label": box.label, "text": UNWRITABLE.sub("", box.text)}
