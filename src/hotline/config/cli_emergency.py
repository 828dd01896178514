"""`hotline emergency`: what is in force, on and off by hand when the pages cannot be reached; the same commands."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from hotline.config.cli_city_files import Moment
from hotline.config.setting_up import django_ready

if TYPE_CHECKING:
    from hotline.registry.emergencies.commands import Done


@click.group()
def emergency() -> None:
    """应急状态：查看、启用、解除 / Emergency mode: see it, switch it on, switch it off."""


@emergency.command("list")
@click.option("--all", "everything", is_flag=True, help="也列已经结束的 / those that are over too")
def list_(*, everything: bool) -> None:
    """列出应急状态 / List emergencies."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.registry.emergencies.queries import period_of, shelf
        from hotline.rules.emergency_mode import Standing

        moment = now()
        found = [(row, period_of(row).standing(moment)) for row in shelf().periods]
        shown = [(row, standing) for row, standing in found if everything or standing is not Standing.OVER]
        for row, standing in shown:
            ends = row.ended_at or row.planned_end
            confirmed = "已确认 / confirmed" if row.confirmed_by else "未确认 / unconfirmed"
            click.echo(f"{row.pk}\t{standing.value}\t{_local(row.start)}..{_local(ends)}\t{row.name}\t{confirmed}")
        if not shown:
            click.echo("没有应急状态 / no emergency")


@emergency.command()
@click.argument("name")
@click.option("--reason", required=True, help="原因 / why")
@click.option("--until", "planned_end", required=True, type=Moment(), help="计划结束 / planned end")
@click.option("--start", type=Moment(), help="启用时间，默认立即 / start, at once by default")
@click.option("--category", "categories", multiple=True, help="适用事项分类 / a category")
@click.option("--region", "regions", multiple=True, help="适用区划 / a region")
@click.option("--tag", "tags", multiple=True, help="适用标签 / a tag")
@click.option("--preview", is_flag=True, help="只看会变动多少件 / only say what would move")
def on(
    *,
    name: str,
    reason: str,
    planned_end: datetime,
    start: datetime | None,
    categories: tuple[str, ...],
    regions: tuple[str, ...],
    tags: tuple[str, ...],
    preview: bool,
) -> None:
    """启用应急状态；须由一名督办人员在页面上确认 / Switch one on; a supervisor confirms it on the page."""
    with django_ready():
        from hotline.oversight.emergency.previews import preview_on
        from hotline.oversight.emergency.switching import plan_refusals_now, switch_on
        from hotline.plumbing.clock import now
        from hotline.rules.emergency_mode import Plan
        from hotline.rules.lifecycle import SYSTEM

        plan = Plan(
            name=name,
            reason=reason,
            planned_end=planned_end,
            start=start,
            categories=categories,
            regions=regions,
            tags=tags,
        )
        moment = now()
        if preview:
            _tell(plan_refusals_now(plan, actor=SYSTEM, now=moment))
            found = preview_on(plan, now=moment)
            click.echo(f"将变动 {found.moved} 件 / {found.moved} open tickets would move")
            return
        done = switch_on(plan, actor=SYSTEM, now=moment)
        _tell(done)
        number = done.period.pk if done.period else ""
        click.echo(f"已启用，编号 {number}，待督办人员确认 / on, number {number}, to be confirmed")


@emergency.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
def off(number: int) -> None:
    """解除应急状态 / Switch one off."""
    with django_ready():
        from hotline.oversight.emergency.switching import switch_off
        from hotline.plumbing.clock import now
        from hotline.rules.lifecycle import SYSTEM

        _tell(switch_off(number, actor=SYSTEM, now=now()))
        click.echo("已解除，在办工单恢复原期限 / off, open tickets return to their own due times")


def _tell(done: "Done") -> None:
    from hotline.rules.sentences import render

    if done.refusals:
        raise click.ClickException(
            "\n".join(f"{render(refusal, 'zh')} / {render(refusal, 'en')}" for refusal in done.refusals)
        )


def _local(at: datetime) -> str:
    from hotline.rules.vocabulary import CITY_TZ

    return at.astimezone(CITY_TZ).strftime("%Y-%m-%dT%H:%M")
