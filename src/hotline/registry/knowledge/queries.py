"""What agents, units and the office read of the knowledge base. Plain values out; the day is always given.

Search finds two-character words through the index of pairs and compares the text itself afterwards; suggestions are
scored by `matching`, so that an agent can see why an item is offered.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from hotline.registry.dated import DatedQuerySet
from hotline.registry.knowledge.held import wording_of
from hotline.registry.knowledge.matching import LEAST, MOST_ASKED, match, telling
from hotline.registry.knowledge.models import IN_HAND, Citation, Correction, KnowledgeVersion, State
from hotline.registry.knowledge.records import Asked, ItemFile, Suggestion, Usage, Version
from hotline.registry.knowledge.standing import may_publish, may_read, may_write, open_acts
from hotline.registry.knowledge.wording import is_code, quoted
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ
from hotline.text.bigrams import as_query, asked, normalised, runs, terms

PAGE: Final = 20
SUGGESTED: Final = 5
WEIGHED: Final = 80
"""How many candidates of the index are compared with the text in full."""

USED_WITHIN: Final = timedelta(days=365)
MONTH: Final = timedelta(days=30)
Versions = DatedQuerySet[KnowledgeVersion]


def search(
    text: str,
    day: date,
    category: str | None = None,
    limit: int = PAGE,
    *,
    offset: int = 0,
    unit: str = "",
    public_only: bool = False,
) -> tuple[Version, ...]:
    """Items in force that contain every word typed: title hits first, then the most cited. No words: all items."""
    found = narrowed(in_force_on(day), category or "", unit)
    if public_only:
        found = found.filter(public=True)
    words = [run for run, _ in runs(normalised(text))]
    if wanted := asked(text):
        found = found.filter(_has(as_query(wanted)))
    for word in words:
        found = found.filter(plain__contains=word)
    titled = Q(*(Q(first_line__contains=word) for word in words))
    first_line = Func(F("plain"), Value("\n"), Value(1), function="split_part", output_field=TextField())
    ranked = found.annotate(
        first_line=first_line,
        cited=_citations_since(day - USED_WITHIN),
        rank=Case(When(titled, then=0), default=1) if words else Value(0),
    )
    rows = ranked.select_related("item").order_by("rank", "-cited", "item_id")[offset : offset + limit]
    return tuple(_version(row, public_only=public_only) for row in rows)


def suggest(text: str, category: str, day: date, limit: int = SUGGESTED) -> tuple[Suggestion, ...]:
    """The items that fit a ticket's draft best: how much of their title and question was said, and the category."""
    said = frozenset(terms(text)[:MOST_ASKED])
    query = " | ".join(f"{quoted(term)}:AB" for term in sorted(telling(said)))
    if not query:
        return ()
    near = in_force_on(day).filter(_has(query)).annotate(near=_nearness(query)).order_by("-near", "id")[:WEIGHED]
    weighed = [
        (match(said, category, title=title, question=question, its_category=its or ""), key)
        for key, title, question, its in near.values_list("pk", "title", "question", "category_id")
    ]
    fitting = sorted((pair for pair in weighed if pair[0].score >= LEAST), key=lambda pair: (-pair[0].score, pair[1]))
    best = {key: how for how, key in fitting[:limit]}
    rows = KnowledgeVersion.objects.filter(pk__in=best).select_related("item")
    return tuple(Suggestion(_version(row), best[row.pk]) for row in sorted(rows, key=lambda r: list(best).index(r.pk)))


def item_file(code: str, *, actor: Actor, day: date) -> ItemFile | None:
    """An item as this reader may see it, in two statements; None when nothing of it is theirs to see."""
    rows = _rows_of(code, day) if is_code(code) and may_read(actor) else []
    if not rows:
        return None
    unit = rows[0].item.unit_id
    versions = [_version(row) for row in rows]
    published = tuple(v for v in versions if v.number is not None)
    in_hand = next((v for v in versions if v.number is None), None)
    acts = open_acts(
        actor,
        unit,
        in_hand=in_hand.state if in_hand else "",
        hands=in_hand.hands if in_hand else (),
        published=any(v.state == State.PUBLISHED for v in published),
    )
    if not may_write(actor, unit):
        in_hand = None
    if not published and in_hand is None:
        return None
    return ItemFile(
        code=code,
        unit=unit,
        now=next((v for v in published if v.holds(day)), None),
        coming=next((v for v in published if v.is_coming(day)), None),
        in_hand=in_hand,
        published=published,
        use=Usage(*(sum(getattr(row, name) for row in rows) for name in ("month", "year", "cited"))),
        corrections=corrections(actor=actor, code=code),
        acts=acts,
    )


def _rows_of(code: str, day: date) -> list[Any]:
    """All versions of an item but those given up, with how often each was told; the latest first."""
    rows = KnowledgeVersion.objects.filter(item_id=code).exclude(state=State.DROPPED).select_related("item")
    counted = rows.annotate(
        cited=Count("citations"),
        year=Count("citations", filter=Q(citations__at__gte=_begins(day - USED_WITHIN))),
        month=Count("citations", filter=Q(citations__at__gte=_begins(day - MONTH))),
    )
    return list(counted.order_by(F("number").desc(nulls_first=True), "-id"))


def corrections(*, actor: Actor, code: str = "", only_open: bool = False, limit: int = 100) -> tuple[Asked, ...]:
    """What was found wrong or missing, the most urgent first; for one item, or all that this person answers for."""
    rows = Correction.objects.annotate(title=_title_of_item())
    if code:
        rows = rows.filter(item_id=code)
    elif (units := units_of(actor)) is not None:
        rows = rows.filter(Q(unit_id__in=units) | Q(asked_by=actor.id))
    if only_open:
        rows = rows.filter(settled=Correction.Settled.OPEN)
    open_first = Case(When(settled=Correction.Settled.OPEN, then=0), default=1)
    return tuple(_asked(row, actor) for row in rows.order_by(open_first, "due_at", "-id")[:limit])


def correction(number: int, *, actor: Actor) -> Asked | None:
    """One correction, for who asked, who answers, and every reader of the item."""
    titled = Correction.objects.annotate(title=_title_of_item())
    row = titled.filter(pk=number).first() if may_read(actor) else None
    if row is None or not (row.item_id or row.asked_by == actor.id or may_write(actor, row.unit_id or "")):
        return None
    return _asked(row, actor)


def being_written(*, actor: Actor, state: str = "", limit: int = 200) -> tuple[Version, ...]:
    """Drafts and submitted versions that this person may write or publish, the longest waiting first."""
    rows = KnowledgeVersion.objects.filter(_of(units_of(actor)), state__in=[state] if state else IN_HAND)
    return _versions(rows.order_by("updated_at", "id"), limit)


def expiring(day: date, within: timedelta, units: list[str] | None = None, limit: int = 200) -> tuple[Version, ...]:
    """Items in force whose validity ends within that span, the next first."""
    rows = in_force_on(day).filter(_of(units), valid_to__gt=day, valid_to__lte=day + within)
    return _versions(rows.order_by("valid_to", "item_id"), limit)


def needing_review(day: date, units: list[str] | None = None, limit: int = 200) -> tuple[Version, ...]:
    """Items in force whose review day has come, the oldest first."""
    rows = in_force_on(day).filter(_of(units), review_on__lte=day)
    return _versions(rows.order_by("review_on", "item_id"), limit)


def ended(day: date, units: list[str] | None = None, limit: int = 200) -> tuple[Version, ...]:
    """Items that may no longer be told: run out or withdrawn, and nothing in their place; the latest first."""
    over = Q(state=State.PUBLISHED, valid_to__lte=day) | Q(state=State.WITHDRAWN)
    later = KnowledgeVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    rows = KnowledgeVersion.objects.filter(over, _of(units)).exclude(Exists(later))
    return _versions(rows.order_by("-updated_at", "item_id"), limit)


def counts(*, actor: Actor, day: date, within: timedelta) -> dict[str, int]:
    """The numbers on the tabs of the list, of the units this person writes for, in two statements."""
    units = units_of(actor)
    stands = Q(pk__in=in_force_on(day).values("pk"))
    found = KnowledgeVersion.objects.filter(_of(units)).aggregate(
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        waiting=Count("pk", filter=Q(state=State.IN_REVIEW)),
        expiring=Count("pk", filter=stands & Q(valid_to__lte=day + within)),
        review=Count("pk", filter=stands & Q(review_on__lte=day)),
    )
    to_settle = Q() if units is None else Q(unit_id__in=units)
    return {**found, "corrections": Correction.objects.filter(to_settle, settled=Correction.Settled.OPEN).count()}


def cited_on(ticket: str) -> tuple[Version, ...]:
    """What was told on a ticket, in the wording of that day."""
    rows = KnowledgeVersion.objects.filter(citations__ticket=ticket).order_by("citations__at", "item_id")
    return _versions(rows, limit=100)


def in_force_on(day: date) -> Versions:
    """Published versions that may be told on that day."""
    return KnowledgeVersion.objects.on(day).filter(state=State.PUBLISHED)


def narrowed(found: Versions, category: str, unit: str) -> Versions:
    """Those of a category (or below it) and of a unit."""
    if category:
        found = found.filter(category__code__startswith=category)
    return found.filter(item__unit_id=unit) if unit else found


def _title_of_item() -> Subquery:
    versions = KnowledgeVersion.objects.filter(item=OuterRef("item"), number__isnull=False)
    return Subquery(versions.order_by("-number").values("title")[:1])


def units_of(actor: Actor) -> list[str] | None:
    """Units this person writes for; None stands for all of them."""
    return None if may_publish(actor) else sorted(unit for unit in actor.covers if may_write(actor, unit))


def _of(units: list[str] | None) -> Q:
    return Q() if units is None else Q(item__unit_id__in=units)


def _has(query: str) -> Func:
    return Func(
        F("words"), Value(query), arg_joiner=" @@ ", template="%(expressions)s::tsquery", output_field=BooleanField()
    )


def _nearness(query: str) -> Func:
    template = "ts_rank('{0,0,0.6,1}', %(expressions)s::tsquery)"
    return Func(F("words"), Value(query), template=template, output_field=FloatField())


def _citations_since(day: date) -> Coalesce:
    told = Citation.objects.filter(item=OuterRef("item"), at__gte=_begins(day)).order_by().values("item")
    return Coalesce(Subquery(told.annotate(number=Count("pk")).values("number")), 0)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY_TZ)


def _versions(rows: Versions, limit: int) -> tuple[Version, ...]:
    return tuple(_version(row) for row in rows.select_related("item")[:limit])


def _version(row: KnowledgeVersion, *, public_only: bool = False) -> Version:
    text = wording_of(row)
    return Version(
        code=row.item_id,
        unit=row.item.unit_id,
        number=row.number,
        state=row.state,
        label=row.state_label,
        text=replace(text, hint="") if public_only else text,
        edit=row.edit,
        hands=tuple(row.hands),
        updated_at=row.updated_at,
        published_by=row.published_by,
        published_at=row.published_at,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        remark=row.remark,
        cited=getattr(row, "cited", 0),
    )


def _asked(row: Any, actor: Actor) -> Asked:
    return Asked(
        number=row.pk,
        code=row.item_id or "",
        title=row.title or "",
        unit=row.unit_id or "",
        text=row.text,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        due_at=row.due_at,
        settled=row.settled,
        label=row.settled_label,
        answer=row.answer,
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        may_settle=row.settled == Correction.Settled.OPEN and may_write(actor, row.unit_id or ""),
    )
