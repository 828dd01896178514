"""`hotline load-city`: a city's units, categories, regions and rules from its folder, with a preview first."""

import json
import sys
from pathlib import Path

import click

from hotline.config.setting_up import django_ready


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="不再询问，直接导入 / load without asking")
@click.option("--dry-run", is_flag=True, help="只显示差异 / only show the differences")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="以 JSON 输出统计，须与 --yes 或 --dry-run 同用 / print counts as JSON; with --yes or --dry-run",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="语言 / language")
def load_city(folder: Path, yes: bool, dry_run: bool, as_json: bool, lang: str) -> None:
    """导入城市基础数据 / Load a city's data; shows what would change first."""
    if as_json and not (yes or dry_run):
        raise click.UsageError("--json 须与 --yes 或 --dry-run 同用 / --json needs --yes or --dry-run")
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.registry import loading

        diff = loading.load_city(folder, now=now(), apply=False)
        if not as_json:
            click.echo("\n".join(diff.lines(lang)))
        if diff.ok and not diff.empty and not dry_run and (yes or _agreed()):
            diff = loading.load_city(folder, now=now(), apply=True)
            if not as_json:
                click.echo("已导入。 / Loaded." if diff.ok else "\n".join(diff.lines(lang)))
        if as_json:
            click.echo(json.dumps({"changes": diff.counts(), "applied": diff.applied, "ok": diff.ok}))
        sys.exit(0 if diff.ok else 1)


def _agreed() -> bool:
    return click.confirm("导入以上更改？ / Load these changes?", default=False)
