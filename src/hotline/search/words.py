"""Tickets by words: what staff type into the one search box, inside what they may see, newest first.

A two-character word is found by its pair (bigrams in a GIN index), rechecked with LIKE so that 施工噪音 does not find
施工…工噪…噪音. A single character is no question; it only narrows another filter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.text.bigrams import as_query, asked, normalised, runs
from hotline.tickets.found import Found, find_texts

MOST = 50


@dataclass(frozen=True)
class Question:
    """What was typed, made ready: terms for the index, pieces that must really stand in the text."""

    text: str
    query: str
    pieces: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """True when nothing in it can be looked up."""
        return not self.query


def question(text: str) -> Question:
    """The question of a search box."""
    clean = normalised(text)
    pieces = tuple(dict.fromkeys(run for run, chinese in runs(clean) if len(run) > 1 or not chinese))
    return Question(text=clean, query=as_query(asked(text)), pieces=pieces)


def search(text: str, *, actor: Actor, limit: int = MOST) -> tuple[Found, ...]:
    """Tickets in the person's view in whose words all pieces of the question stand, newest first.

    A text that this person may not read does not count, so that a search cannot tell what a page would not show.
    """
    asked_for = question(text)
    view = view_of(actor)
    if asked_for.empty or view.nothing:
        return ()
    return find_texts(view=view, actor=actor, query=asked_for.query, pieces=asked_for.pieces, limit=limit)


def snippet(body: str, pieces: Iterable[str], width: int = 60) -> str:
    """The part of a text around the first piece found, for a line of results."""
    flat = " ".join(body.split())
    low = normalised(flat)
    places = [low.find(piece) for piece in pieces]
    first = min((place for place in places if place >= 0), default=0)
    start = max(0, first - width // 3)
    cut = flat[start : start + width]
    return ("…" if start else "") + cut + ("…" if start + width < len(flat) else "")
