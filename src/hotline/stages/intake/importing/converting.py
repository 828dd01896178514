"""One record of another system as the life of a ticket: registered at its own date, closed with its old reply.

Nothing is lost on the way: what is too long for its field stays whole in the content, a place we do not know stays in
words, and a value the mapping has no code for is a reason for not importing the record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.rules.acts import Act, ImportClosed, Register, SendToDispatch
from hotline.rules.acts.base import LONG, SHORT
from hotline.rules.acts.intake import WHOLE_LETTER
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.lives import Life, Source, Step
from hotline.rules.phones import one_number
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, Channel, RegionCode, RequestType
from hotline.stages.intake.importing.mapping import REQUESTER, ColumnMap, Lookup, When
from hotline.stages.intake.importing.problems import Problem

ID_LIMIT: Final = 128
MOST_DISPATCHES: Final = 1000
MOST_DAYS: Final = 20_000
EARLIEST: Final = datetime(1980, 1, 1, tzinfo=CITY_TZ)
CUT: Final = "…"
NUMBERS: Final = frozenset({"phone", "alt_phone"})
INVISIBLE: Final = dict.fromkeys([*range(32), 127], None) | {9: "\t", 10: "\n"}
Cells = Mapping[str, str]


class RowRefused(Exception):
    """This record cannot be imported as it is."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.problem = Problem(code, params)


@dataclass(frozen=True)
class Conversion:
    """Everything needed to convert records: the mapping, the city's regions by name, its own code, the moment."""

    mapping: ColumnMap
    regions: Mapping[str, str]
    city: str
    now: datetime
    digest: Callable[[str, str], str]
    open_all: bool = False

    def life(self, cells: Cells) -> Life:
        """The life of the ticket this record becomes; RowRefused says why there is none."""
        source_id = self._source_id(cells)
        accepted = self._moment(cells, self.mapping.accepted)
        words = self._words(cells)
        region, words.place = self._place(cells, words.place)
        common: dict[str, Any] = {
            "channel": Channel(_looked_up(cells, self.mapping.channel)),
            "request_type": RequestType(_looked_up(cells, self.mapping.type)),
            "category": CategoryCode(_looked_up(cells, self.mapping.category)),
            "region": RegionCode(region),
        }
        requester = self._requester(cells)
        if self._is_closed(cells):
            steps = self._closed(cells, common, words, accepted, source_id)
        else:
            steps = self._opened(cells, common, words, contactable=bool(requester.get("phone")))
        given = (words.given_title, words.given_content, cells[self.mapping.accepted.column].strip())
        digest = self.digest(source_id, "\x1f".join(given))
        return Life(
            region=region or self.city,
            requester=requester,
            steps=[Step(act, SYSTEM, accepted) for act in steps],
            source=Source(self.mapping.system, source_id, digest),
        )

    def _source_id(self, cells: Cells) -> str:
        found = cells[self.mapping.id].strip()
        if not found:
            raise RowRefused("row.no_id", column=self.mapping.id)
        if len(found) > ID_LIMIT:
            raise RowRefused("row.id_too_long", limit=ID_LIMIT)
        return found

    def _is_closed(self, cells: Cells) -> bool:
        column = self.mapping.closed_when
        if self.open_all or not column:
            return False
        value = cells[column].strip()
        return value in self.mapping.closed_values if self.mapping.closed_values else bool(value)

    # What was said

    def _words(self, cells: Cells) -> "_Words":
        mapping = self.mapping
        title, content = _text(cells, mapping.title, " "), _text(cells, mapping.content, "\n")
        if not title and not content:
            raise RowRefused("row.no_words")
        more = [f"{name}：{value}" for name in mapping.append if (value := _clean(cells[name]))]
        words = _Words(title, content, _text(cells, mapping.place, " "))
        words.title = title.replace("\n", " ") or content.partition("\n")[0]
        words.content = "\n".join([content or title, *more])
        return words

    def _place(self, cells: Cells, place: str) -> tuple[str, str]:
        """The region's code; a region we do not know is kept as words of the place."""
        lookup = self.mapping.region
        named = _clean(cells[lookup.column]) if lookup.column else ""
        code = lookup.table.get(named) or self.regions.get(named) or lookup.default or ""
        known = not named or named in lookup.table or named in self.regions
        return code, place if known or named in place else f"{named} {place}".strip()

    def _requester(self, cells: Cells) -> dict[str, str]:
        found = {}
        for name, column in self.mapping.requester.items():
            value, limit = _clean(cells[column]), REQUESTER[name]
            if len(value) > limit:
                raise RowRefused("row.requester_too_long", column=column, limit=limit, length=len(value))
            found[name] = one_number(value) if name in NUMBERS else value
        return found

    # What became of it

    def _closed(
        self, cells: Cells, common: dict[str, Any], words: "_Words", accepted: datetime, source_id: str
    ) -> list[Act]:
        reply = _text(cells, self.mapping.reply, "\n")
        if len(reply) > WHOLE_LETTER:
            raise RowRefused("row.reply_too_long", length=len(reply), limit=WHOLE_LETTER)
        act = ImportClosed(
            **common,
            **words.fitted(),
            source_system=self.mapping.system,
            source_id=source_id,
            closed_at=self._closed_at(cells, accepted),
            dispatches=_number(cells, self.mapping.dispatches, MOST_DISPATCHES),
            reply=reply,
        )
        return [act]

    def _closed_at(self, cells: Cells, accepted: datetime) -> datetime:
        closed = accepted
        if self.mapping.closed and cells[self.mapping.closed.column].strip():
            closed = self._moment(cells, self.mapping.closed)
        elif self.mapping.closed_days_after:
            closed = accepted + timedelta(days=_number(cells, self.mapping.closed_days_after, MOST_DAYS))
        if closed < accepted:
            raise RowRefused("row.closed_before_accepted")
        if closed > self.now:
            column = self.mapping.closed.column if self.mapping.closed else self.mapping.closed_days_after
            raise RowRefused("row.date_out_of_range", column=column, value=cells[column])
        return closed

    def _opened(self, cells: Cells, common: dict[str, Any], words: "_Words", *, contactable: bool) -> list[Act]:
        """An old reply goes along to whoever works on the matter now: with the dispatch, or in the content."""
        told = list(self._told_before(cells))
        note = "\n".join(told)
        sent = self.mapping.send_to_dispatch
        if not sent or len(note) > LONG:
            words.content = "\n".join([words.content, *told])
            note = ""
        registered = Register(**common, **words.fitted(), contactable=contactable)
        return [registered, SendToDispatch(note=note)] if sent else [registered]

    def _told_before(self, cells: Cells) -> Iterator[str]:
        times = _number(cells, self.mapping.dispatches, MOST_DISPATCHES)
        if times:
            yield f"原系统转派{times}次"
        reply = _text(cells, self.mapping.reply, "\n")
        if reply:
            yield f"原系统答复：{reply}"

    def _moment(self, cells: Cells, when: When) -> datetime:
        written = cells[when.column].strip()
        if not written:
            raise RowRefused("row.no_date", column=when.column)
        at = _read_moment(written, when)
        if at is None:
            formats = "、".join(when.formats)
            raise RowRefused("row.bad_date", column=when.column, value=written[:40], formats=formats)
        if not EARLIEST <= at <= self.now:
            raise RowRefused("row.date_out_of_range", column=when.column, value=written)
        return at


@dataclass
class _Words:
    """What a record says, as it was given and as it will stand."""

    given_title: str
    given_content: str
    place: str
    title: str = ""
    content: str = ""

    def fitted(self) -> dict[str, Any]:
        """Title and place cut to their length; whatever is cut stands whole at the beginning of the content."""
        whole = []
        if len(self.title) > SHORT:
            whole.append(f"〔标题全文〕{self.given_title or self.title}" if self.given_title else "")
        if len(self.place) > SHORT:
            whole.append(f"〔地点全文〕{self.place}")
        content = "\n".join([*filter(None, whole), self.content])
        if len(content) > WHOLE_LETTER:
            raise RowRefused("row.content_too_long", length=len(content), limit=WHOLE_LETTER)
        return {"title": _cut(self.title), "place": _cut(self.place), "content": content}


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - len(CUT)] + CUT


def _clean(cell: str) -> str:
    """Without blanks around it and without signs nobody can see."""
    return cell.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE).strip()


def _text(cells: Cells, columns: Sequence[str], between: str) -> str:
    return between.join(filter(None, (_clean(cells[name]) for name in columns)))


def _looked_up(cells: Cells, lookup: Lookup) -> str:
    value = _clean(cells[lookup.column]) if lookup.column else ""
    found = lookup.table.get(value, lookup.default)
    if found is None:
        raise RowRefused("row.not_in_table", column=lookup.column, value=value[:40])
    return found


def _number(cells: Cells, column: str, most: int) -> int:
    """A whole number, also as spreadsheets write it (3.0); blank is none."""
    value = cells[column].strip() if column else ""
    if not value:
        return 0
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not number.is_integer() or not 0 <= number <= most:
        raise RowRefused("row.not_a_number", column=column, value=value[:40], most=most)
    return int(number)


def _read_moment(written: str, when: When) -> datetime | None:
    for form in when.formats:
        try:
            at = datetime.strptime(written, form)  # noqa: DTZ007  # the zone is the city's, added below
        except ValueError:
            continue
        if not any(mark in form for mark in ("%H", "%I", "%T", "%X", "%c")):
            at = datetime.combine(at.date(), when.time)
        return at if at.tzinfo else at.replace(tzinfo=CITY_TZ)
    return None
