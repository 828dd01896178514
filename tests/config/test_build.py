"""What is made before a start: browser files without traces of their origin, and translations."""

from pathlib import Path

import pytest

from hotline.config.assets import FILES, AssetMissing, copy_assets
from hotline.config.translations import compile_catalogues, gathered


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content\n//# sourceMappingURL=x.js.map")
    kinds = (b'"./a.woff2?v1") format("woff2"', b'"./a.woff?") format("woff"', b'"./a.ttf?v1") format("truetype"')
    fonts = b"@font-face{src:" + b",".join(b"url(" + kind + b")" for kind in kinds) + b"}"
    (tmp_path / "node_modules" / "@tabler/icons-webfont/dist/tabler-icons.min.css").write_bytes(fonts)
    return tmp_path / "node_modules"


def test_only_what_is_listed_is_published(modules: Path, tmp_path: Path):
    target = tmp_path / "vendor"
    (target / "old").mkdir(parents=True)
    (target / "old" / "gone.js").touch()
    assert copy_assets(modules, target) == len(FILES)
    published = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    assert published == set(FILES.values())


def test_files_ask_for_nothing_that_is_not_there(modules: Path, tmp_path: Path):
    copy_assets(modules, tmp_path / "vendor")
    assert (tmp_path / "vendor/htmx/htmx.min.js").read_bytes() == b"content\n"
    css = (tmp_path / "vendor/tabler/tabler-icons.min.css").read_text()
    assert css == '@font-face{src:url("./a.woff2?v1") format("woff2")}'


def test_a_missing_package_is_named_and_nothing_is_half_copied(modules: Path, tmp_path: Path):
    (modules / "htmx.org/dist/htmx.min.js").unlink()
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "before.js").touch()
    with pytest.raises(AssetMissing, match="htmx"):
        copy_assets(modules, tmp_path / "vendor")
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
