"""Chinese stands in the code; English stands in locale/en. Gathered and compiled without GNU gettext."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

KEYWORDS: Final[dict[str, Any]] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def compile_catalogues(locale: Path) -> Iterator[str]:
    """Every .po becomes the .mo that Django reads; an untranslated or doubtful message shows its Chinese."""
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as out:
            write_mo(out, catalogue)
        done = sum(1 for message in catalogue if message.id and message.string)
        total = sum(1 for message in catalogue if message.id)
        yield f"{source.parent.parent.name}: {done}/{total}"


def gather_into(package: Path, locale: Path) -> Iterator[str]:
    """Brings each .po up to what code and templates say now; what is gone from them goes from it."""
    template = gathered(package)
    for source in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with source.open("wb") as out:
            write_po(out, catalogue, width=110, sort_output=True, ignore_obsolete=True, no_location=True)
        yield f"{source.parent.parent.name}: {len(untranslated(catalogue))} 条待译 / to translate"


def gathered(package: Path) -> Catalog:
    """All message ids of Python code and templates."""
    catalogue = Catalog(project="zhitong", charset="utf-8")
    for path in sorted((*package.rglob("*.py"), *package.rglob("templates/**/*.html"))):
        for _, function, words, _ in extract_python(_source(path), KEYWORDS, (), {}):
            _add(catalogue, KEYWORDS.get(str(function)), words)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Messages without English; of one and of many, both are wanted."""
    return [str(message.id) for message in catalogue if message.id and not all(_forms(message.string))]


def _forms(words: str | Sequence[str] | None) -> Sequence[str]:
    return (words or "",) if words is None or isinstance(words, str) else words


def _source(path: Path) -> BytesIO:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        from django.utils.translation.template import templatize

        # Everything but the calls comes back as rows of X; without its indentation it reads as Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return BytesIO(text.encode())


def _add(catalogue: Catalog, shape: Any, words: Any) -> None:
    found = words if isinstance(words, tuple) else (words,)
    context = None
    if shape and isinstance(shape[0], tuple):
        context, found = found[0], found[1:]
    ids = [word for word in found if isinstance(word, str)]
    plural = shape is not None and sum(isinstance(part, int) for part in shape) == 2
    if not ids or not ids[0].strip():
        return
    catalogue.add(tuple(ids[:2]) if plural and len(ids) > 1 else ids[0], context=context)
