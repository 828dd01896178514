"""`hotline rules`: what the rules say, without a ticket and without a database."""

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hotline.config.cli_city_files import Moment, city_files
from hotline.config.cli_route import route
from hotline.rules.vocabulary import CITY_TZ, Channel, RequestType, Urgency

if TYPE_CHECKING:
    from hotline.registry.loading.read import CityFiles
    from hotline.rules.profiles import Profile


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


rules.add_command(route)


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

    files = city_files(city)
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


@rules.command("dry-run")
@click.option("--draft", type=int, help="待发布草稿的编号 / number of a draft")
@click.option("--profile", "profile_key", help="已有的版本，如 shandong@1 / a stored version")
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False), help="方案文件 / a profile’s file")
@click.option("--months", default=3, type=click.IntRange(1, 24), help="回看几个月 / months to look back")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def dry_run(draft: int | None, profile_key: str | None, file: str | None, months: int, as_json: bool) -> None:
    """试算：过去几个月换一套规则会怎样 / What the last months would have looked like under other rules."""
    from hotline.config.setting_up import django_ready

    if sum(given is not None for given in (draft, profile_key, file)) != 1:
        raise click.UsageError("请给出 --draft、--profile、--file 之一 / give one of --draft, --profile and --file")
    with django_ready():
        from hotline.oversight.rehearsing.queries import rehearse
        from hotline.plumbing.clock import now

        found = rehearse(_tried(draft, profile_key, file), months=months, now=now()).kept()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_rehearsed(found)))


def _tried(draft: int | None, profile_key: str | None, file: str | None) -> "Profile":
    """The profile to try out; what is wrong with it ends the command."""
    from hotline.registry.calendars.draft_queries import draft as draft_of
    from hotline.registry.calendars.queries import profiles
    from hotline.rules.profiles import ProfileError, parse_profile
    from hotline.rules.rule_keeping import DraftKind

    if file is not None:
        try:
            return parse_profile(tomllib.loads(Path(file).read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ProfileError) as error:
            raise click.ClickException(str(error)) from None
    if draft is not None:
        row = draft_of(draft)
        if row is None or row.kind != DraftKind.PROFILE:
            raise click.ClickException(f"没有方案草稿 {draft} / no draft {draft}")
        return parse_profile(row.body["profile"])
    named = {profile.version_key: profile for profile in profiles()}
    if profile_key not in named:
        known = "、".join(named)
        raise click.ClickException(f"没有规则方案 {profile_key}，现有：{known} / there are: {known}")
    return named[str(profile_key)]


def _rehearsed(found: Mapping[str, Any]) -> Iterator[str]:
    """A dry run in lines."""
    from hotline.rules.words import word

    reply = found["reply"]
    yield (
        f"近{found['months']}个月{reply['clocks']}件答复时限：{reply['would']}件将超期，现为{reply['was']}件 / "
        f"{reply['would']} of {reply['clocks']} would have been late instead of {reply['was']}"
    )
    for group, kind in (("types", "request_type"), ("kinds", "clock")):
        for row in found[group]:
            name = word(kind + "." + row["code"], "zh")
            yield f"  {name}：{row['clocks']}，{row['was']} → {row['would']}"
    yield from (f"  {row['code']}: {row['clocks']}，{row['was']} → {row['would']}" for row in found["units"])


def _profile(files: "CityFiles", key: str, opened: datetime) -> "Profile":
    from hotline.rules.profiles import in_force

    wanted, _, version = key.partition("@")
    versions = [p for p in files.profiles if p.key == wanted and version in {"", str(p.version)}]
    if not versions:
        known = "、".join(sorted({p.key for p in files.profiles}))
        raise click.ClickException(f"没有规则方案 {key}，现有：{known} / no rule profile {key}; there are: {known}")
    return in_force(versions, wanted, opened.astimezone(CITY_TZ).date()) or versions[0]
