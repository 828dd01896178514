"""`hotline import requests FILE.csv --map MAPPING.toml`: requests of another system enter as tickets.

The last line of the answer is JSON with three numbers. Exit codes: 0 every row is in, 1 some were rejected (they are
in the error file), 2 nothing was imported.
"""

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotline.config.setting_up import django_ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from hotline.stages.intake.importing.run import Report, Told, Wishes


@click.group(name="import")
def import_() -> None:
    """导入其他系统的数据 / Bring in data of other systems."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "mapping",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="对照文件 / the mapping",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写入 / only look, write nothing")
@click.option("--open-all", is_flag=True, help="有答复的也作为在办工单导入 / let answered requests enter as open too")
@click.option("--json", "as_json", is_flag=True, help="不显示进度 / no progress, only the JSON line")
@click.option(
    "--errors", type=click.Path(dir_okay=False, path_type=Path), help="未导入的行写到此文件 / file for rejected rows"
)
def requests(file: Path, mapping: Path, dry_run: bool, open_all: bool, as_json: bool, errors: Path | None) -> None:
    """把其他系统的诉求导入为工单 / Import requests of another system as tickets."""
    with django_ready():
        from hotline.registry.calendars.queries import NoProfile
        from hotline.stages.intake.importing.problems import ImportRefused
        from hotline.stages.intake.importing.run import Wishes

        try:
            report, rejected = _run(file, mapping, errors, Wishes(dry_run=dry_run, open_all=open_all), quiet=as_json)
        except ImportRefused as refused:
            _stop(str(refused))
        except NoProfile:
            _stop("尚未导入城市基础数据，请先运行 hotline load-city / no city is loaded: run hotline load-city first")
        except OSError as fault:
            _stop(f"无法读写文件 / a file cannot be read or written: {fault}")
    if rejected is not None:
        click.echo(f"未导入的行及原因见 / rejected rows and why: {rejected}", err=True)
    click.echo(json.dumps(asdict(report)))
    sys.exit(1 if report.rejected else 0)


def _run(
    file: Path, mapping: Path, errors: Path | None, wishes: "Wishes", *, quiet: bool
) -> "tuple[Report, Path | None]":
    from rich.console import Console

    from hotline.plumbing.clock import now
    from hotline.stages.intake.importing.errors import ErrorFile
    from hotline.stages.intake.importing.mapping import read_mapping
    from hotline.stages.intake.importing.reading import Table
    from hotline.stages.intake.importing.run import Import, error_path

    columns = read_mapping(mapping)
    table = Table(file, encoding=columns.encoding, delimiter=columns.delimiter)
    rejected = ErrorFile(errors or error_path(file), table.columns)
    importing = Import(table, columns, rejected, now=now(), wishes=wishes)
    unused = [name for name in table.columns if name not in columns.columns]
    if unused and not quiet:
        click.echo(f"未导入的列 / columns not imported: {'、'.join(unused)}", err=True)
    try:
        with progress(file.stat().st_size, Console(stderr=True), quiet=quiet) as told:
            return importing.run(told), rejected.path
    finally:
        rejected.close()


@contextmanager
def progress(size: int, console: "Console", *, quiet: bool = False) -> "Iterator[Told]":
    """A bar on a terminal, nothing elsewhere; `size` is the file's in bytes."""
    if quiet or not console.is_terminal:
        yield lambda _report, _bytes: None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("导入 / importing", total=size)

        def told(report: "Report", read: int) -> None:
            done = f"{report.registered + report.already_there}，拒 / rejected {report.rejected}"
            bar.update(task, completed=read, description=f"导入 / importing {done}")

        yield told


def _stop(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)
