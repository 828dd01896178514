"""`hotline rules route`: whose job a matter is, by the city's files and without a database."""

import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from hotline.config.cli_city_files import Moment, city_files
from hotline.plumbing.clock import now
from hotline.rules.jurisdiction import UnitRole
from hotline.rules.vocabulary import CITY_TZ

if TYPE_CHECKING:
    from hotline.rules.jurisdiction import Directory

WIDEST = 12
ROLES = {
    UnitRole.CO: ("协办", "Co-unit"),
    UnitRole.GUIDANCE: ("督导", "Guidance"),
    UnitRole.COPY: ("抄送", "Copy"),
}


class Digits(click.ParamType[str]):
    """A code of the city's lists: digits only, of certain lengths."""

    name = "digits"

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = lengths

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The code, or what is expected."""
        code = str(value).strip()
        if code and not (code.isascii() and code.isdecimal() and len(code) in self.lengths):
            form = "、".join(map(str, self.lengths))
            self.fail(f"不是有效的代码：{code}，应为{form}位数字 / not a code: {code}", param, ctx)
        return code


class Fact(click.ParamType[tuple[str, bool]]):
    """A condition and whether it is so: city_road=yes."""

    name = "fact"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, bool]:
        """Read both halves."""
        name, _, so = str(value).partition("=")
        if so not in {"yes", "no"}:
            self.fail(f"请写成 条件=yes 或者 条件=no：{value} / write FACT=yes or FACT=no: {value}", param, ctx)
        return name, so == "yes"


@click.command()
@click.option("--city", default=lambda: os.environ.get("HOTLINE_CITY", "hefei"), help="城市文件夹名 / city folder")
@click.option("--text", default="", help="诉求内容 / what the citizen says")
@click.option("--category", default="", type=Digits((2, 4, 6)), help="事项分类，不填则由内容推断 / category")
@click.option("--region", default="", type=Digits((6, 9, WIDEST)), help="区划，不填则由内容推断 / region")
@click.option("--at", type=Moment(), help="时间，不填即现在 / when it happens; now if left out")
@click.option("--fact", "facts", multiple=True, type=Fact(), help="已知条件，如 city_road=yes / a known condition")
@click.option("--lang", default="zh", type=click.Choice(["zh", "en"]))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def route(
    city: str,
    text: str,
    category: str,
    region: str,
    at: datetime | None,
    facts: Sequence[tuple[str, bool]],
    lang: str,
    as_json: bool,
) -> None:
    """某件诉求该谁办，为什么 / Whose job a matter is, and why."""
    tables = city_files(city).tables
    from hotline.registry.loading.directory import directory_of
    from hotline.rules.jurisdiction import Question
    from hotline.rules.jurisdiction import route as ask
    from hotline.rules.jurisdiction.answers import answer_report

    at = at or now()
    directory = directory_of(tables, at.astimezone(CITY_TZ).date())
    _known(directory, category, region, facts)
    question = Question(at=at, text=text, category=category, region=region, facts=dict(facts))
    report = answer_report(ask(question, directory), directory, lang)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(_lines(report, lang)))


def _known(directory: "Directory", category: str, region: str, facts: Sequence[tuple[str, bool]]) -> None:
    """Codes that the city does not have are slips of the one who asks."""
    if category and category not in directory.categories:
        raise click.ClickException(f"没有事项分类 {category} / no such category: {category}")
    places = directory.lexicon.regions
    if region and not any(code.startswith(region) or region.startswith(code) for code in places if len(code) > 4):
        raise click.ClickException(f"没有区划 {region} / no such region: {region}")
    known = directory.lexicon.facts
    for name, _ in facts:
        if name not in known:
            raise click.ClickException(f"没有条件 {name}，现有：{'、'.join(known)} / no such condition: {name}")


def _lines(report: dict[str, object], lang: str) -> Iterator[str]:
    """An answer for people."""

    def said(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    outcomes = {"rule": said("由一个单位主办", "one unit leads"), "none": said("没有确定的单位", "nobody is named")}
    yield outcomes.get(str(report["outcome"]), said("目录冲突", "lines at odds"))
    if report["lead"]:
        yield f"{said('主办', 'Lead')}：{report['lead']}"
    for task in report["tasks"]:  # type: ignore[attr-defined]  # a list by answer_report
        after = said(f"（{task['after']}时启动）", f" (opens when: {task['after']})") if task["after"] else ""
        yield f"{ROLES[UnitRole(task['role'])][lang != 'zh']}：{task['unit']}　{task['task']}{after}".rstrip()
    for claim in report["claims"]:  # type: ignore[attr-defined]  # the same
        yield f"  {claim['rule']}　{claim['lead']}　{claim['basis']}"
    if report["basis"]:
        yield f"{said('依据', 'Basis')}：{report['basis']}（{report['rule']}）"
    yield f"{said('理由', 'Why')}：{report['why']}"
    yield from (f"{said('还要问', 'Ask')}：{question}" for question in report["asks"])  # type: ignore[attr-defined]  # the same
