"""What templates of the desks draw with: the shell's data, icons, masked contacts, local times."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hotline.desks import masking
from hotline.desks.administration.doors import Door, doors_of
from hotline.desks.emergency.lines import Banner, banners
from hotline.desks.places import desks_of
from hotline.desks.queries import RailDesk, rail
from hotline.desks.time_words import due_words, moment_words
from hotline.plumbing.clock import now, today
from hotline.registry.people.absences import may_name
from hotline.registry.people.backend import lent_to
from hotline.registry.people.preferences import preferences_of
from hotline.rules.acts import Register
from hotline.rules.call_notes import WRITERS
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.lifecycle import TABLE
from hotline.rules.words import word
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of

register = template.Library()

register.filter("masked_name", masking.masked_name)
register.filter("masked_phone", masking.masked_phone)
register.filter("masked_address", masking.masked_address)

WHO_REGISTERS = frozenset(role for row in TABLE if row.act is Register for role in row.roles)


@dataclass(frozen=True)
class StandingIn:
    """For whom the person signs just now, and up to which day."""

    name: str
    role: str
    until: str


def _standing_in(request: HttpRequest, lang: str) -> tuple[StandingIn, ...]:
    said = day_en if lang == "en" else day_zh
    return tuple(
        StandingIn(one.name, word(one.role, lang), said(one.until - timedelta(days=1), today().year))
        for one in lent_to(request.user)
    )


@dataclass(frozen=True)
class Shell:
    """Who is here and where they may go."""

    person: str
    roles: tuple[str, ...]
    unit: str
    city: str
    hotline: str
    desks: tuple[RailDesk, ...]
    may_register: bool
    answers_calls: bool
    may_search: bool
    doors: tuple[Door, ...]
    tight: bool
    unread: str
    may_be_away: bool
    stands_in: tuple[StandingIn, ...]
    emergencies: tuple[Banner, ...]


@register.simple_tag(takes_context=True)
def shell(context: dict[str, Any]) -> Shell:
    """The frame of every page of the office: two statements, one of them shared with the page."""
    request: HttpRequest = context["request"]
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    desks = desks_of(actor)
    shown, unread = rail(desks, actor)
    return Shell(
        person=str(request.user),
        roles=tuple(word(role, lang) for role in sorted(actor.roles)),
        unit=known.unit(actor.unit, lang),
        city=city_name(request),
        hotline=hotline_name(request),
        desks=shown,
        may_register=bool(actor.roles & WHO_REGISTERS),
        answers_calls=bool(actor.roles & WRITERS),
        may_search=bool(desks),
        doors=doors_of(actor),
        unread=unread,
        tight=preferences_of(request.user).density == "tight",
        may_be_away=may_name(actor),
        stands_in=_standing_in(request, lang),
        emergencies=banners(books_of(request).emergencies.periods, known, lang, now()),
    )


def city_name(request: HttpRequest) -> str:
    """The city served here; blank before its data was loaded."""
    city = names_of(request).city
    return "" if city is None else city.name_en if lang_of(request) == "en" else city.name


def hotline_name(request: HttpRequest) -> str:
    """The hotline's full name; blank before the city's data was loaded."""
    city = names_of(request).city
    return "" if city is None else city.hotline_name_en if lang_of(request) == "en" else city.hotline_name


@register.simple_tag(takes_context=True)
def hotline(context: dict[str, Any]) -> str:
    """The hotline's name, for pages before signing in."""
    return hotline_name(context["request"])


@register.simple_tag(takes_context=True)
def public_emergencies(context: dict[str, Any]) -> tuple[Banner, ...]:
    """Emergencies in force whose reason may be told to anybody, for pages before signing in."""
    request: HttpRequest = context["request"]
    periods = (period for period in books_of(request).emergencies.periods if period.public)
    return banners(periods, names_of(request), lang_of(request), now())


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """An ornament; what it means always stands beside it in words."""
    drawn = f"{static('vendor/tabler/icons.svg')}#{name}"
    return format_html('<svg class="ti {}" aria-hidden="true"><use href="{}"></use></svg>', extra, drawn)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """今天 14:20, with the full date for the pointer."""
    said = moment_words(at, now())
    return format_html('<time datetime="{}" title="{}">{}</time>', said.iso, said.full, said.short)


@register.simple_tag
def due(at: datetime) -> SafeString:
    """今天 14:20 到期（剩 2 小时 10 分）, with the full date for the pointer; red when it is over."""
    said = due_words(at, now())
    late = mark_safe(' class="left-red"') if said.late else ""
    return format_html('<time{} datetime="{}" title="{}">{}</time>', late, said.at.iso, said.at.full, said.sentence)


@register.simple_tag
def act_address(name: str, number: str, follow: str = "") -> str:
    """The page of an act on a ticket, which leads back to the ticket or to where `follow` says."""
    following = quote(follow or reverse("ticket", args=[number]), safe="/")
    return f"{reverse(name, args=[number])}?next={following}"


@register.filter
def is_required(value: Any) -> bool:
    """Whether the rules want the field filled in; said by a star and to screen readers."""
    return "aria-required" in value.field.widget.attrs


@register.simple_tag(takes_context=True)
def next_page(context: dict[str, Any], key: str) -> str:
    """The address of the list's page after a key, filters kept; the first page for a blank key."""
    asked = context["request"].GET.copy()
    asked.pop("after", None)
    if key:
        asked["after"] = key
    return f"?{asked.urlencode()}"
