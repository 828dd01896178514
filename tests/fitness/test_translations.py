"""Every word on a screen can be read in Chinese and in English; none was forgotten in a template or in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hotline import __file__ as package_file
from hotline.config.translations import gathered, untranslated

PACKAGE = Path(package_file).parent
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
SAID = re.compile(
    r"{%\s*(?:blocktranslate|blocktrans)\b.*?{%\s*end(?:blocktranslate|blocktrans)\s*%}"
    r"|{%\s*(?:translate|trans)\b.*?%}|\b_\(\"[^\"]*\"\)|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}",
    re.DOTALL,
)
PLACEHOLDER = re.compile(r"%\(\w+\)s|{\w+}")
TRANSLATING = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
IN_ITSELF = {"中文"}
"""The name of the other language is always written in that language."""
NO_SCREEN = {"migrations", "importing"}
"""Folders whose words go to files and terminals, in both languages at once."""
BOTH_BY_HAND = {
    "desks/time_words.py": "weekdays stand beside their English, as in rules.dates_in_words",
    "desks/papers/word_template.py": "fonts have no other names",
    "desks/documents/word_template.py": "GB/T 9704 fixes these words of a sealed letter, whoever prints it",
    "desks/messages/lines.py": "what a message looks like in either language, whatever the office's own is",
    "oversight/clocks/faults.py": "lines of `hotline check` are in both languages",
    "oversight/messaging/telling.py": "citizens read the language they asked for, not that of who acts",
}
SCREENS = sorted(
    path
    for folder in ("desks", "stages", "tickets/acting", "portals", "oversight")
    for path in (PACKAGE / folder).rglob("*.py")
    if not path.name.startswith("api")
    and "api" not in path.parts
    and path.name not in {"apps.py", "models.py"}
    and not NO_SCREEN & set(path.parts)
)


def _catalogue():  # noqa: ANN202  # babel's Catalog, whose name adds nothing
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def test_the_catalogue_is_in_step_with_code_and_templates() -> None:
    now = {message.id for message in gathered(PACKAGE) if message.id}
    kept = {message.id for message in _catalogue() if message.id}
    assert now == kept, "run `make messages`"


def test_every_message_has_its_english() -> None:
    assert untranslated(_catalogue()) == []
    same = [m.id for m in _catalogue() if m.id and any(words in _forms(m.string) for words in _forms(m.id))]
    assert same == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [m.id for m in _catalogue() if m.id and _places(m.id) != _places(m.string)]
    assert wrong == []


def _forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    """A message, or its forms for one and for many."""
    return words if isinstance(words, tuple) else (words,)


def _places(words: str | tuple[str, ...]) -> set[str]:
    return {place for form in _forms(words) for place in PLACEHOLDER.findall(form)}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("templates/**/*.html")), ids=lambda p: p.name)
def test_templates_say_nothing_untranslated(path: Path) -> None:
    left = set(CHINESE.findall(SAID.sub("", path.read_text(encoding="utf-8")))) - IN_ITSELF
    assert left == set()


@pytest.mark.parametrize("path", SCREENS, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_code_of_screens_says_nothing_untranslated(path: Path) -> None:
    if str(path.relative_to(PACKAGE)) in BOTH_BY_HAND:
        return
    assert list(_bare_chinese(ast.parse(path.read_text(encoding="utf-8")))) == []


def _bare_chinese(tree: ast.AST) -> Iterator[str]:
    """Chinese in strings that are neither docstrings nor handed to gettext."""
    skipped = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATING:
            skipped.update(id(part) for argument in node.args for part in ast.walk(argument))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) and id(node) not in skipped else None
        if isinstance(said, str) and CHINESE.search(said):
            yield said
