"""What is made before a start: browser files without traces of their origin, and translations."""

import re
from pathlib import Path

import pytest

from hotline import __file__ as package_file
from hotline.config.assets import FILES, ICONS, SPRITE, AssetMissing, copy_assets
from hotline.config.icons import named
from hotline.config.translations import compile_catalogues, gathered

PACKAGE = Path(package_file).parent
NOTHING = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
BELL, STAR = '<path d="M10 5" />', '<path d="M8 1" />'


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content\n//# sourceMappingURL=x.js.map")
    for name, shape in (("outline/bell", BELL), ("filled/star", STAR)):
        path = tmp_path / "node_modules" / ICONS / f"{name}.svg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<svg\n  width="24"\n>\n  {NOTHING}\n  {shape}\n</svg>')
    return tmp_path / "node_modules"


def test_only_what_is_listed_is_published(modules: Path, tmp_path: Path):
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    (target / "old" / "gone.js").touch()
    assert copy_assets(modules, target, {"bell"}) == len(FILES) + 1
    published = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert published == {*FILES.values(), SPRITE}


def test_files_ask_for_nothing_that_is_not_there(modules: Path, tmp_path: Path):
    copy_assets(modules, tmp_path / "vendor", ())
    assert (tmp_path / "vendor/htmx/htmx.min.js").read_bytes() == b"content\n"


def test_the_sprite_has_what_is_named_and_nothing_else(modules: Path, tmp_path: Path):
    copy_assets(modules, tmp_path / "vendor", ["star-filled", "bell", "bell"])
    line = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    assert (tmp_path / "vendor" / SPRITE).read_text() == (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="bell" viewBox="0 0 24 24" {line}>{BELL}</symbol>'
        f'<symbol id="star-filled" viewBox="0 0 24 24" fill="currentColor">{STAR}</symbol></svg>\n'
    )


def test_icons_are_found_in_templates_and_where_places_are_listed(tmp_path: Path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text('{% icon "eye" %}{% icon desk.icon %}{% icon "x" "big" %}')
    (tmp_path / "places.py").write_text(
        "class Desk:\n    key: str\n    icon: str\n    order: str = 'due'\n\n"
        "DESKS = (Desk('a', 'bell'), Desk('b', icon='gavel', order='newest'), other('c', 'd'))\n"
    )
    assert named(tmp_path) == {"eye", "x", "bell", "gavel"}


def test_every_icon_of_the_desks_is_in_the_sprite():
    """`hotline assets` draws it anew; `make setup` does so whenever a page has changed."""
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (PACKAGE / "static" / "vendor" / SPRITE).read_text()))
    assert named(PACKAGE) - drawn == set(), "run `hotline assets`"


def test_no_page_asks_for_an_icon_in_another_way():
    pages = [*PACKAGE.rglob("templates/**/*.html"), *(PACKAGE / "static" / "desk").glob("*.js")]
    assert [page.name for page in pages if re.search(r"\bti-[a-z]", page.read_text(encoding="utf-8"))] == []


def test_an_icon_that_the_set_lacks_is_named(modules: Path, tmp_path: Path):
    with pytest.raises(AssetMissing, match="no-such-icon"):
        copy_assets(modules, tmp_path / "vendor", ["no-such-icon"])


def test_a_missing_package_is_named_and_nothing_is_half_copied(modules: Path, tmp_path: Path):
    (modules / "htmx.org/dist/htmx.min.js").unlink()
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "before.js").touch()
    with pytest.raises(AssetMissing, match="htmx"):
        copy_assets(modules, tmp_path / "vendor", ())
    assert (tmp_path / "vendor" / "before.js").exists()


def test_messages_are_gathered_from_code_and_templates(tmp_path: Path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        '{% load i18n %}\n  <p>{% translate "待办" %}</p>\n <b>'
        "{% blocktranslate count n=3 %}{{ n }} 件{% plural %}{{ n }} 件们{% endblocktranslate %}</b>"
        '{% translate "签收" context "按钮" %}',
        encoding="utf-8",
    )
    (tmp_path / "code.py").write_text(
        'from x import gettext as _\n_("退单")\nngettext("一件", "多件", 2)\n', encoding="utf-8"
    )
    catalogue = gathered(tmp_path)
    ids = {message.id for message in catalogue if message.id}
    assert {"待办", "退单", "签收", ("一件", "多件"), ("%(n)s 件", "%(n)s 件们")} <= ids
    assert catalogue.get("签收", context="按钮") is not None


def test_a_catalogue_becomes_what_django_reads(tmp_path: Path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "待办"\nmsgstr "To do"\n'
    )
    assert list(compile_catalogues(tmp_path)) == ["en: 1/1"]
    import gettext

    with (folder / "django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("待办") == "To do"
