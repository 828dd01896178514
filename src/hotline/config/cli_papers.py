"""`hotline paper-template`: the Word form of the handover paper, for a city that wants another layout."""

from pathlib import Path

import click

from hotline.plumbing.env import env


@click.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件 / write into a file")
def paper_template(output: Path | None) -> None:
    """导出交办单的Word模板，改好后留在原处即可 / Write out the paper's Word form; change it and leave it there."""
    from hotline.desks.papers.word_template import build

    path = output or env().home / "papers" / "handover.docx"
    if path.exists():
        raise click.ClickException(f"{path} 已存在，未覆盖。 / {path} is there already and was left as it is.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build())
    click.echo(f"已写入 {path} / written to {path}")
