"""What commands that ask the rules without a database have in common: a moment as typed, and a city's files."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotline.rules.vocabulary import CITY_TZ

if TYPE_CHECKING:
    from hotline.registry.loading.read import CityFiles

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


def city_files(city: str) -> "CityFiles":
    """The sound files of a city; what is wrong with them ends the command."""
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
