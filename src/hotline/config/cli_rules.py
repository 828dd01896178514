"""`hotline rules`: what the rules say, without a ticket and without a database."""

import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotline.rules.vocabulary import CITY_TZ, Channel, RequestType, Urgency

if TYPE_CHECKING:
    from hotline.registry.loading.read import CityFiles
    from hotline.rules.profiles import Profile

DATA = Path(__file__).resolve().parents[3] / "data"


class Moment(click.ParamType[datetime]):
    """A date and time; the city's own zone when none is written."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read ISO 8601, or say what is expected."""
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"不是有效的时间：{value}，请写成 2020-01-22T10:00 / not a moment: {value}", param, ctx)
        return at if at.tzinfo else at.replace(tzinfo=CITY_TZ)


class Span(click.ParamType[tuple[datetime, datetime | None]]):
    """FROM..TO; the end may be left open."""

    name = "from..to"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[datetime, datetime | None]:
        """Read both ends; an end before its beginning is refused."""
        begin, dots, end = str(value).partition("..")
        if not dots:
            self.fail(f"请写成 开始..结束：{value} / write FROM..TO: {value}", param, ctx)
        start = Moment().convert(begin, param, ctx)
        until = Moment().convert(end, param, ctx) if end else None
        if until is not None and until < start:
            self.fail(f"结束早于开始：{value} / the end is before the beginning: {value}", param, ctx)
        return start, until


@click.group()
def rules() -> None:
    """查询规则 / Ask the rules."""


@rules.command()
@click.option("--city", default=lambda: os.environ.get("HOTLINE_CITY", "hefei"), help="城市文件夹名 / city folder")
@click.option("--profile", "profile_key", required=True, help="规则方案，如 hefei-2021 / rule profile")
@click.option("--type", "request_type", required=True, type=click.Choice([t.value for t in RequestType]))
@click.option("--urgency", default="ordinary", type=click.Choice([u.value for u in Urgency]))
@click.option("--channel", type=click.Choice([c.value for c in Channel]), help="渠道，如 DH / channel, such as WZ")
@click.option("--opened", required=True, type=Moment(), help="受理时间 / accepted at")
@click.option("--pause", "pauses", multiple=True, type=Span(), help="中止计时 开始..结束 / a pause")
@click.option("--extend", default=0, type=click.IntRange(0, 250), help="延期工作日 / working days granted")
@click.option("--emergency", type=Span(), help="应急状态 开始..结束 / emergency mode")
@click.option("--as-of", type=Moment(), help="从何时看 / the moment to look from")
@click.option("--lang", default="zh", type=click.Choice(["zh", "en"]))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def due(
    city: str,
    profile_key: str,
    request_type: str,
    urgency: str,
    channel: str | None,
    opened: datetime,
    pauses: Sequence[tuple[datetime, datetime | None]],
    extend: int,
    emergency: tuple[datetime, datetime | None] | None,
    as_of: datetime | None,
    lang: str,
    as_json: bool,
) -> None:
    """某件诉求何时到期，为什么 / When a request falls due, and why."""
    from hotline.rules.deadlines import Pause
    from hotline.rules.due_report import due_report
    from hotline.rules.workdays import Calendar, DayKind

    files = _city_files(city)
    profile = _profile(files, profile_key, opened)
    days = [(d.values["date"], DayKind(str(d.values["kind"])), str(d.values["name"])) for d in files.days]
    report = due_report(
        profile=profile,
        calendar=Calendar.from_rows(days, shifts=files.facts.shifts),  # type: ignore[arg-type]  # dates by the sheet's parser
        request_type=RequestType(request_type),
        urgency=Urgency(urgency),
        channel=Channel(channel) if channel else None,
        opened_at=opened,
        pauses=[Pause(start, end, "asked") for start, end in pauses],
        extension=extend,
        emergency=profile.emergency(name="应急", start=emergency[0], ended_at=emergency[1]) if emergency else None,
        lang=lang,
        as_of=as_of,
    )
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else f"{report['due_at']}\n{report['explanation']}")


@rules.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def flow(as_json: bool) -> None:
    """流转表 / The lifecycle table."""
    from hotline.rules.flow_report import flow_markdown, flow_rows

    text = json.dumps(flow_rows(), ensure_ascii=False, indent=1) + "\n" if as_json else flow_markdown()
    click.echo(text, nl=False)


def _city_files(city: str) -> "CityFiles":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
    import django

    django.setup()
    from hotline.registry.loading.read import read_city

    folder = DATA / city
    if not folder.is_dir():
        raise click.ClickException(f"没有城市数据：data/{city} / no such city folder: data/{city}")
    files, problems = read_city(folder)
    if files is None:
        click.echo("\n".join(p.sentence("zh") for p in problems), err=True)
        sys.exit(1)
    return files


def _profile(files: "CityFiles", key: str, opened: datetime) -> "Profile":
    from hotline.rules.profiles import in_force

    wanted, _, version = key.partition("@")
    versions = [p for p in files.profiles if p.key == wanted and version in {"", str(p.version)}]
    if not versions:
        known = "、".join(sorted({p.key for p in files.profiles}))
        raise click.ClickException(f"没有规则方案 {key}，现有：{known} / no rule profile {key}; there are: {known}")
    return in_force(versions, wanted, opened.astimezone(CITY_TZ).date()) or versions[0]
