"""`hotline paper-template` writes out the form a city may change, and never over one that was changed."""

from pathlib import Path

from click.testing import CliRunner
from docx import Document

from hotline.config.program import hotline


def test_the_form_is_written_once_with_its_placeholders(tmp_path: Path) -> None:
    path = tmp_path / "papers" / "handover.docx"
    run = CliRunner()
    first = run.invoke(hotline, ["paper-template", "--output", str(path)])
    assert (first.exit_code, str(path) in first.output) == (0, True)
    form = Document(str(path))
    text = "\n".join([p.text for p in form.paragraphs] + [c.text for row in form.tables[0].rows for c in row.cells])
    for placeholder in ("{{ hotline }}", "{{ title }}", "{{ marks }}", "{{ request.text }}", "{{ boxes[0].label }}"):
        assert placeholder in text
    path.write_bytes(b"changed by the city")
    again = run.invoke(hotline, ["paper-template", "--output", str(path)])
    assert (again.exit_code, path.read_bytes()) == (1, b"changed by the city")
    assert "已存在" in again.output
