"""A list as a page object: its rows, tabs, filters and orders, and where the reader goes on from here.

The dispatcher works through a desk without leaving it: after an act the next ticket of the list opens by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hotline.desks.bulk.commands import BULK, sources_of
from hotline.desks.filters import (
    BESIDE,
    LIGHTS,
    ORDER_NAMES,
    Asked,
    On,
    address,
    asked_for,
    filters_on,
    pairs_of,
)
from hotline.desks.list_form import FilterForm
from hotline.desks.queries import Line, line
from hotline.desks.views.queries import View
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Urgency
from hotline.rules.words import word
from hotline.tickets.acting.counters import MOST, counts
from hotline.tickets.acting.names import Names
from hotline.tickets.ordering import NoKeyError, Place
from hotline.tickets.queries import TicketFilter, TicketList, tickets

QUICK: Final = (("light", "overdue"), ("light", "today"), ("urgency", "critical"), ("urgency", "urgent"))
"""Filters that are switched with one click."""


@dataclass(frozen=True)
class Reader:
    """Who reads a list, and what it is put into words with."""

    actor: Actor
    known: Names
    book: Rulebook
    lang: str
    now: datetime


@dataclass(frozen=True)
class Tab:
    """A saved view above the list, with how much it finds."""

    title: str | Promise
    address: str
    on: bool
    number: str = ""
    shared: bool = False


@dataclass(frozen=True)
class Switch:
    """A filter or an order that one click turns on or off."""

    title: str | Promise
    address: str
    on: bool


@dataclass(frozen=True)
class Listed:
    """What an address asks of a list, before anything is fetched: a desk's own filter with the reader's on top."""

    key: str
    base: TicketFilter
    order: str
    asked: Asked
    after: str
    view: str
    at: str
    problems: tuple[Refusal, ...]

    @property
    def where(self) -> TicketFilter:
        """The whole filter."""
        return self.asked.where

    def address(self, **changes: str) -> str:
        """This list's address, its view and its page kept unless changed."""
        given = (("view", self.view), ("after", self.after))
        return address([*self.asked.pairs, *((n, v) for n, v in given if v)], **changes)


def read(given: QueryDict, *, key: str, base: TicketFilter, order: str, reader: Reader) -> Listed:
    """An address as what it asks for."""
    asked = asked_for(pairs_of(given), base=base, order=order, known=reader.known, at=reader.now)
    after, problems = given.get("after", ""), asked.problems
    if after and not _is_key(after, asked.where.order):
        after, problems = "", (*problems, Refusal("list.bad_page"))
    view = given.get("view", "")
    return Listed(
        key=key,
        base=base,
        order=order,
        asked=asked,
        after=after,
        view=view if view == "all" or (view.isascii() and view.isdigit() and len(view) < 10) else "",
        at=given.get("at", "") if given.get("at", "").isalnum() else "",
        problems=problems,
    )


def _is_key(key: str, order: str) -> bool:
    try:
        Place.read(key, order)
    except NoKeyError:
        return False
    return True


def bare(given: QueryDict) -> bool:
    """True for an address without a filter: it opens with the view it names, or with the reader's own first one."""
    return not any(name not in BESIDE for name, value in given.items() if value)


def onward(listed: Listed, key: str, actor: Actor, *, rows: int) -> str:
    """The list's address with the ticket open that follows a key: at the end of the list the first one again."""
    if not _is_key(key, listed.where.order):
        return listed.address()
    following = tickets(actor=actor, where=listed.where, after=key, limit=1)
    if not following.rows:
        first = tickets(actor=actor, where=listed.where, limit=1).rows
        return listed.address(after="", at=first[0].number if first else "")
    number = following.rows[0].number
    page = tickets(actor=actor, where=listed.where, after=listed.after, limit=rows)
    here = any(row.number == number for row in page.rows)
    return listed.address(at=number, **{} if here else {"after": key})


def lines_of(found: TicketList, reader: Reader) -> list[Line]:
    """Rows in words."""
    return [line(row, reader.known, reader.book, reader.lang, reader.now) for row in found.rows]


def tabs(views: Sequence[View], listed: Listed, reader: Reader) -> tuple[Tab, ...]:
    """Everything, then each view with its number: all numbers in one statement."""
    if not views:
        return ()
    wanted = [
        asked_for(v.pairs, base=listed.base, order=listed.order, known=reader.known, at=reader.now).where for v in views
    ]
    found = counts(wanted, actor=reader.actor)
    everything = Tab(_("全部"), address((), view="all"), on=listed.view in {"", "all"})
    return (
        everything,
        *(
            Tab(v.name, view_address(v), listed.view == str(v.id), f"{MOST}+" if n > MOST else str(n), v.shared)
            for v, n in zip(views, found, strict=True)
        ),
    )


def view_address(view: View) -> str:
    """The address that a saved view stands for."""
    return address(view.pairs, view=str(view.id))


def filters(listed: Listed, reader: Reader) -> tuple[On, ...]:
    """The filters that are on."""
    return filters_on(listed.asked, reader.known, reader.lang)


def quick(listed: Listed, reader: Reader) -> tuple[Switch, ...]:
    """Overdue, due today, critical, urgent: pressing one that is on takes it off."""
    asked = listed.asked
    return tuple(
        Switch(
            LIGHTS[value] if name == "light" else word(Urgency(value), reader.lang),
            address(asked.pairs, **{name: "" if asked.value(name) == value else value}),
            asked.value(name) == value,
        )
        for name, value in QUICK
    )


def orders(listed: Listed) -> tuple[Switch, ...]:
    """The four orders; the desk's own needs no word in the address."""
    pairs, present = listed.asked.pairs, listed.where.order
    return tuple(
        Switch(title, address(pairs, order="" if name == listed.order else name), name == present)
        for name, title in ORDER_NAMES.items()
    )


def form(listed: Listed, reader: Reader) -> FilterForm:
    """The filter bar."""
    return FilterForm(listed.asked, known=reader.known, lang=reader.lang, stages=listed.base.stages, order=listed.order)


def bulk_acts(listed: Listed, actor: Actor) -> tuple[str, ...]:
    """Acts that this person may do on several tickets of this list at once."""
    stages = set(listed.base.stages)
    allowed = ((act.name, sources_of(act, actor)) for act in BULK)
    return tuple(name for name, sources in allowed if (sources & stages if stages else sources))
