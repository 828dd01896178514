"""`hotline check ledger` and `hotline anchor`: is the record of the tickets still what was written?

Auditors run the first; the second runs every night by itself and may be run by hand. Exit codes of the check:
0 nothing found, 1 something found, 2 it could not be checked.
"""

import json
import sys
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hotline.config.setting_up import django_ready
from hotline.plumbing.env import env
from hotline.rules.vocabulary import CITY_TZ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hotline.tickets.findings import Finding

LISTED: Final = 1000
"""How many findings the JSON answer carries; the rest is counted."""


@click.command(name="ledger")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), help="只查此日以后有变动的工单 / only what changed since that day"
)
@click.option(
    "--anchors", type=click.Path(path_type=Path, file_okay=False), help="存证所在文件夹 / folder of the anchors"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / answer in JSON")
def check_ledger(since: datetime | None, anchors: Path | None, as_json: bool) -> None:
    """核对台账：签名链、文字、重放、存证 / Check the ledger: chain, words, replay, anchors."""
    from django.db import Error

    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.tickets.checking import Tally
        from hotline.tickets.examination import Account, examine, keep

        tally, account = Tally(), Account()
        begin = datetime.combine(since, time(), CITY_TZ) if since else None
        try:
            findings = examine(anchors or env().home / "anchors", tally, since=begin)
            shown = _shown(account.of(findings), as_json=as_json)
            keep(tally, account, since=begin, now=now())
        except (Error, OSError) as fault:
            click.echo(f"无法核对 / cannot check: {str(fault).strip()}", err=True)
            sys.exit(2)
        _sum_up(shown, tally, as_json=as_json)
    sys.exit(1 if shown["found"] else 0)


def _shown(findings: "Iterable[Finding]", *, as_json: bool) -> dict[str, Any]:
    """Each finding as it comes; the JSON answer is kept for the end."""
    listed: list[dict[str, Any]] = []
    number = 0
    for number, finding in enumerate(findings, 1):  # noqa: B007  # the last one is the count
        if not as_json:
            click.echo(str(finding))
        elif len(listed) < LISTED:
            listed.append({"code": finding.code, **finding.details, "zh": finding.zh, "en": finding.en})
    return {"found": number, "findings": listed}


def _sum_up(shown: dict[str, Any], tally: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({**vars(tally), **shown}, ensure_ascii=False))
        return
    click.echo(
        f"核对了 {tally.tickets} 件工单、{tally.entries} 条记录、{tally.anchored} 条存证，"
        f"发现 {shown['found']} 处问题；最近一份存证：{tally.last_anchor or '无'}"
        f" / {tally.tickets} tickets, {tally.entries} entries, {tally.anchored} anchored states checked,"
        f" {shown['found']} findings; last anchor: {tally.last_anchor or 'none'}"
    )


@click.command()
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="存放文件夹 / folder to write into")
def anchor(folder: Path | None) -> None:
    """存证：把当日有变动的工单的末条签名写到数据库之外 / Write today's anchor outside the database."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.tickets.anchors import write_anchor

        try:
            written = write_anchor(folder or env().home / "anchors", now=now())
        except OSError as fault:
            click.echo(f"无法写入存证 / the anchor cannot be written: {fault}", err=True)
            sys.exit(2)
    if written is None:
        click.echo("今日已存证 / today's anchor is there already")
        return
    click.echo(
        f"{written.path}：{written.tickets} 件，封签 {written.seal} / {written.tickets} tickets, sealed as shown"
    )
