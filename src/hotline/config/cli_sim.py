"""`hotline sim`: what a change of procedure would bring, tried in a city that exists only in the computer."""

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from hotline.rules.messages import Message
from hotline.rules.sentences import render

if TYPE_CHECKING:
    from hotline.registry.loading.city_toml import CityFacts
    from hotline.rules.profiles import Profile
    from hotline.sim.jurisdiction.comparing import Asked
    from hotline.sim.jurisdiction.parameters import Parameters

DATA = Path(__file__).resolve().parents[3] / "data"
PARAMETERS = DATA / "sim" / "jurisdiction.toml"


@click.group()
def sim() -> None:
    """模拟：换一种做法会怎样 / Simulate: what another procedure would bring."""


@sim.command()
@click.option("--days", type=click.IntRange(7, 1095), help="看多少天，默认按参数文件 / days of arrivals")
@click.option("--runs", default=24, type=click.IntRange(1, 1000), help="独立模拟几次 / independent runs")
@click.option("--seed", default=1, type=int, help="随机种子，同一种子结果相同 / seed")
@click.option(
    "--parameters",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=PARAMETERS,
    help="参数文件 / parameter file",
)
@click.option("--city", default=lambda: os.environ.get("HOTLINE_CITY", "hefei"), help="城市文件夹名 / city folder")
@click.option("--profile", "profile_key", help="规则方案，默认按城市 / rule profile")
@click.option("--no-sensitivity", is_flag=True, help="不做敏感性 / leave out the sensitivity table")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def jurisdiction(
    days: int | None,
    runs: int,
    seed: int,
    file: Path,
    city: str,
    profile_key: str | None,
    no_sensitivity: bool,
    as_json: bool,
) -> None:
    """归属争议三种办法的比较 / Compare three ways to end quarrels about competence."""
    from hotline.sim.jurisdiction.comparing import compare
    from hotline.sim.jurisdiction.parameters import ParameterError
    from hotline.sim.jurisdiction.table import printed

    try:
        asked = _asked(_read(file), DATA / city, profile_key, days=days, runs=runs, seed=seed)
    except ParameterError as wrong:
        _refuse(wrong.problems, as_json=as_json)
    found = compare(asked, sensitivity=not no_sensitivity)
    click.echo(json.dumps(_with_sentences(found), ensure_ascii=False) if as_json else printed(found), nl=as_json)


def _read(file: Path) -> "Parameters":
    from hotline.sim.jurisdiction.parameters import ParameterError, parse_text

    try:
        return parse_text(file.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise ParameterError([Message("policies.not_text", {"path": file.name})]) from None


def _asked(
    parameters: "Parameters", folder: Path, profile_key: str | None, *, days: int | None, runs: int, seed: int
) -> "Asked":
    """The question, with the city's own days, office hours and limits; no other table of the city is needed."""
    from hotline.rules.workdays import Calendar, read_rows
    from hotline.sim.jurisdiction.comparing import Asked
    from hotline.sim.jurisdiction.parameters import steps_of

    facts = _facts(folder)
    rows = [
        row for path in sorted((folder / facts.holidays).glob("*.csv")) for row in read_rows(path.read_text("utf-8"))
    ]
    return Asked(
        parameters=parameters,
        steps=steps_of(_profile(folder, profile_key or _begun(facts, parameters.start), parameters.start)),
        calendar=Calendar.from_rows(rows, shifts=facts.shifts),
        days=days or parameters.days,
        runs=runs,
        seed=seed,
    )


def _facts(folder: Path) -> "CityFacts":
    """What city.toml says."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
    import django

    django.setup()
    from hotline.registry.loading.city_toml import read_city_toml

    if not folder.is_dir():
        raise click.ClickException(f"没有城市数据：data/{folder.name} / no such city folder: data/{folder.name}")
    facts, problems = read_city_toml(folder)
    if facts is None:
        raise click.ClickException("\n".join(problem.sentence("zh") for problem in problems))
    return facts


def _begun(facts: "CityFacts", on: date) -> str:
    """The rule profile the city uses on that day."""
    return next((key for day, key in reversed(facts.begun) if day <= on), "")


def _profile(folder: Path, key: str, on: date) -> "Profile":
    """The version of that rule profile that holds on the day, or its only one."""
    from hotline.rules.profiles import ProfileError, in_force, parse_profile

    try:
        paths = sorted((folder / "profiles").glob("*.toml"))
        profiles = [parse_profile(tomllib.loads(path.read_text("utf-8"))) for path in paths]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ProfileError) as error:
        raise click.ClickException(str(error)) from None
    found = in_force(profiles, key, on) or next((profile for profile in profiles if profile.key == key), None)
    if found is None:
        known = "、".join(sorted({profile.key for profile in profiles}))
        raise click.ClickException(f"没有规则方案{key}，现有：{known} / no rule profile {key}; there are: {known}")
    return found


def _refuse(problems: Iterable[Message], *, as_json: bool) -> NoReturn:
    """Name every mistake and end with code 2."""
    said = [
        {"code": p.code, "params": {k: str(v) for k, v in p.params.items()}, "zh": render(p, "zh")} for p in problems
    ]
    if as_json:
        click.echo(json.dumps({"refused": said}, ensure_ascii=False))
    else:
        click.echo("\n".join(str(one["zh"]) for one in said), err=True)
    sys.exit(2)


def _with_sentences(found: Mapping[str, Any]) -> dict[str, Any]:
    """Cautions also as sentences, for readers who do not keep our catalogue."""
    cautions = [
        {**caution, "zh": render(Message(caution["code"], caution["params"]), "zh")} for caution in found["cautions"]
    ]
    return {**found, "cautions": cautions}
