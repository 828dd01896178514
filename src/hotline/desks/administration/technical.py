"""`/people/system/`: what the system administrator must know to keep the platform well, and nothing of any ticket."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import operators
from hotline.desks.time_words import moment_words
from hotline.plumbing.clock import now
from hotline.plumbing.env import env
from hotline.plumbing.jobs import failed_jobs, waiting_jobs
from hotline.registry.regions.models import CityLoad
from hotline.registry.regions.queries import city_loads
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import lang_of
from hotline.tickets.anchors import anchor_files

STATE = """
    SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database())),
           (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
           (SELECT count(*) FROM django_session WHERE expire_date > %s)
"""
SHOWN = 20


@dataclass(frozen=True)
class Load:
    """One loading of the city's data."""

    at: Any
    folder: str
    changes: tuple[tuple[str, int, int, int], ...]


@operators
@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Version, database, jobs, anchors, and which city data was loaded when."""
    lang = lang_of(request)
    failed = failed_jobs(SHOWN)
    context = {
        "facts": [*_facts(request), (_("等待中的任务"), str(waiting_jobs())), (_("失败的任务"), str(len(failed)))],
        "failed": failed,
        "loads": [_load(load, lang) for load in city_loads()],
    }
    return render_page(request, "desks/administration/system.html", context)


def _facts(request: HttpRequest) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(STATE, [now()])
        server, size, connections, sessions = cursor.fetchone()
    anchors = anchor_files(env().home / "anchors")
    city = names_of(request).city
    return [
        (_("平台版本"), _own_version()),
        (_("城市"), city.name if city else _("尚未导入基础数据")),
        (_("数据库版本"), f"PostgreSQL {server.split(' ')[0]}"),
        (_("数据库大小"), size),
        (_("数据库连接数"), str(connections)),
        (_("登录中的会话"), str(sessions)),
        (_("最近一次台账存证"), anchors[-1].stem if anchors else _("还没有存证")),
        (_("单个附件上限"), _("%(number)s 兆字节") % {"number": settings.ATTACHMENT_MOST_MB}),
    ]


def _own_version() -> str:
    try:
        return version("zhitong")
    except PackageNotFoundError:
        return ""


def _load(load: CityLoad, lang: str) -> Load:
    rows = tuple((en if lang == "en" else zh, added, changed, ended) for zh, en, added, changed, ended in load.changes)
    return Load(moment_words(load.at, now()), load.folder, rows)
