"""The document as Word: by the city's own form for its kind when there is one, by ours otherwise.

A city puts `document-circular.docx` and the like beside its other forms; docs/rules/documents.md lists the words that
may be named in them.
"""

import logging
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from hotline.desks.documents.word_template import build
from hotline.desks.papers.word import UNFIT, UNWRITABLE

if TYPE_CHECKING:
    from hotline.desks.documents.paper import Letter

logger = logging.getLogger(__name__)


def in_word(letter: "Letter", *, kind: str, head: bool) -> bytes:
    """The document. A form of the city's that cannot be filled in is passed over and named in the log."""
    own = Path(settings.PAPERS) / f"document-{kind}.docx"
    if own.is_file():
        try:
            return _filled(own, letter, head=head)
        except UNFIT as fault:
            logger.error("the city's form %s cannot be filled in: %s", own.name, type(fault).__name__)  # noqa: TRY400  # a trace would hold the paper's words
    return _filled(BytesIO(_built_in()), letter, head=head)


@cache
def _built_in() -> bytes:
    return build()


def _filled(form: Path | BytesIO, letter: "Letter", *, head: bool) -> bytes:
    """Filled in by a template language that can reach nothing but the paper's words."""
    said = {name: _clean(value) for name, value in asdict(letter).items()} | {"head": head}
    document = DocxTemplate(form)
    document.render(said, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    document.docx.core_properties.title = f"{letter.kind} {letter.number}".strip()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _clean(value: str | tuple[str, ...]) -> str | list[str]:
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    return [UNWRITABLE.sub("", line) for line in value]
