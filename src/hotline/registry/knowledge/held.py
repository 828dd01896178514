"""An item under lock, and the few ways in which its versions change; the commands decide, this writes.

All writers of one item wait for its row, so two publishers or two editors can't cross.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Final

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import Func, Value

from hotline.registry.dated import Dated
from hotline.registry.knowledge.models import IN_HAND, KnowledgeItem, KnowledgeVersion, State
from hotline.registry.knowledge.wording import Wording, index, is_code, plain
from hotline.rules.lifecycle import Actor

REVIEW_AFTER: Final = timedelta(days=365)
"""When a published item is looked at again if nobody named a day (ours, P)."""


@dataclass(frozen=True)
class Held:
    """An item with its versions, locked until the end of the transaction."""

    item: KnowledgeItem
    versions: Sequence[KnowledgeVersion]

    @property
    def in_hand(self) -> KnowledgeVersion | None:
        """The version that somebody works on."""
        return next((v for v in self.versions if v.state in IN_HAND), None)

    @property
    def published(self) -> list[KnowledgeVersion]:
        """Versions in force now, over, or from a day to come; not replaced, not withdrawn."""
        return [v for v in self.versions if v.state == State.PUBLISHED]

    @property
    def next_number(self) -> int:
        """The number of the version that is published next."""
        return 1 + max((v.number or 0 for v in self.versions), default=0)


def hold(code: str) -> Held | None:
    """Lock an item; None when there is none of that number."""
    item = KnowledgeItem.objects.select_for_update().filter(code=code).first() if is_code(code) else None
    return Held(item, list(item.versions.order_by("id"))) if item else None


def new_item(unit: str, now: datetime, code: str = "") -> KnowledgeItem:
    """The next free number of the city, or the number that a file names."""
    if not code:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('knowledge_number')")
            code = f"ZS{cursor.fetchone()[0]:06}"
    return KnowledgeItem.objects.create(code=code, unit_id=unit, created_at=now)


def write(
    item: KnowledgeItem, version: KnowledgeVersion | None, text: Wording, actor: Actor, now: datetime
) -> KnowledgeVersion:
    """Put a wording into the version in hand, or into a new one."""
    if version is None:
        version = KnowledgeVersion(item=item, edit=0)
    for name, value in text.columns().items():
        setattr(version, name, value)
    version.edit += 1
    touch(version, actor, now)
    version.save()
    return version


def touch(version: KnowledgeVersion, actor: Actor, now: datetime) -> None:
    """Note whose hands a version went through."""
    if actor.id not in version.hands:
        version.hands = [*version.hands, actor.id]
    version.updated_by, version.updated_at = actor.id, now


def make_way(published: Iterable[KnowledgeVersion], start: date, day: date, actor: Actor, now: datetime) -> None:
    """End what was published before: at once, or on the day from which the new version holds."""
    for before in published:
        if start <= day or (before.valid_from is not None and before.valid_from >= start):
            end(before, State.REPLACED, actor, now)
        elif before.valid_to is None or before.valid_to > start:
            before.valid_to = start
            before.save(update_fields=["valid_to"])


def put_in_force(version: KnowledgeVersion, number: int, actor: Actor, now: datetime, day: date) -> None:
    """Give a version its number and make it findable."""
    text = wording_of(version)
    version.state, version.number = State.PUBLISHED, number
    version.review_on = version.review_on or day + REVIEW_AFTER
    version.published_by, version.published_at = actor.id, now
    version.remark, version.ended_by, version.ended_at = "", "", None
    version.plain = plain(text)
    version.save()
    vector = Func(Value(index(text)), template="%(expressions)s::tsvector", output_field=SearchVectorField())
    KnowledgeVersion.objects.filter(pk=version.pk).update(words=vector)


def end(version: KnowledgeVersion, state: State, actor: Actor, now: datetime, remark: str = "") -> None:
    """A version is replaced, withdrawn or dropped, or its review ends and it is a draft again."""
    version.state, version.remark = state, remark
    version.ended_by, version.ended_at = actor.id, now
    version.save(update_fields=["state", "remark", "ended_by", "ended_at"])


def wording_of(version: KnowledgeVersion) -> Wording:
    """What a stored version says."""
    values = {f.name: getattr(version, f.name) for f in fields(Wording) if f.name != "category"}
    return Wording(**values, category=version.category_id or "")


def in_force(model: str, code: str, day: date) -> bool:
    """Whether a code of another registry holds on that day; registries meet in foreign keys only."""
    found = apps.get_model(model).objects.filter(pk=code).first() if is_code(code) else None
    return isinstance(found, Dated) and found.in_force(day)
