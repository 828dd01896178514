"""A dry run over the last months: every clock of the ledger judged under a draft, counted by clock, type and unit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.oversight.rehearsing.replaying import Judged, Recorded, Replay
from hotline.registry.calendars.queries import current_calendar, profiles
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import CITY_TZ, Channel, ClockKind, Flag, RequestType, Urgency
from hotline.tickets.facts import clock_of
from hotline.tickets.models import LedgerEntry, TicketClock

MOST_MONTHS: Final = 24
MOST_UNITS: Final = 60
CHUNK: Final = 5000


@dataclass
class Tally:
    """Clocks counted: how many, how many were late, how many would have been."""

    clocks: int = 0
    was: int = 0
    would: int = 0

    def add(self, judged: Judged) -> None:
        """One clock more."""
        self.clocks += 1
        self.was += judged.was_late
        self.would += judged.would_be_late


@dataclass
class Rehearsal:
    """What came of a dry run. `reply` is the promise to the citizen; units are judged by their own clock."""

    months: int
    since: datetime
    at: datetime
    reply: Tally = field(default_factory=Tally)
    moved: int = 0
    newly_late: int = 0
    spared: int = 0
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    units: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def add(self, clock: Recorded, judged: Judged) -> None:
        """One clock more, wherever it counts."""
        self.moved += judged.moved
        self.kinds[clock.kind.value].add(judged)
        if clock.kind is ClockKind.REPLY:
            self.reply.add(judged)
            self.types[clock.request_type.value].add(judged)
            self.newly_late += judged.would_be_late and not judged.was_late
            self.spared += judged.was_late and not judged.would_be_late
        elif clock.kind is ClockKind.UNIT_REPLY and clock.unit:
            self.units[clock.unit].add(judged)

    def kept(self) -> dict[str, Any]:
        """As it is stored and told: units with the greatest difference first."""
        units = sorted(self.units.items(), key=lambda one: (-abs(one[1].would - one[1].was), -one[1].clocks, one[0]))
        return {
            "months": self.months,
            "since": self.since.isoformat(),
            "at": self.at.isoformat(),
            "moved": self.moved,
            "newly_late": self.newly_late,
            "spared": self.spared,
            "reply": asdict(self.reply),
            "kinds": _rows(self.kinds.items()),
            "types": _rows(self.types.items()),
            "units": _rows(units[:MOST_UNITS]),
        }


def _rows(tallies: Any) -> list[dict[str, Any]]:
    return [{"code": code, **asdict(tally)} for code, tally in tallies]


def rehearse(draft: Profile, *, months: int, now: datetime) -> Rehearsal:
    """Every clock that began in the last months, under the draft instead of the profile of its ticket."""
    since = months_before(now, months)
    replay = Replay(draft, {p.version_key: p for p in profiles()}, current_calendar(), now)
    found = Rehearsal(months, since, now)
    for clock in _clocks(since, now):
        judged = replay.judged(clock)
        if judged is not None:
            found.add(clock, judged)
    return found


def months_before(now: datetime, months: int) -> datetime:
    """Midnight of the same day so many months ago; of the month's last day where it has no such day."""
    local = now.astimezone(CITY_TZ)
    place = local.year * 12 + local.month - 1 - months
    day = min(local.day, 28)
    return local.replace(year=place // 12, month=place % 12 + 1, day=day, hour=0, minute=0, second=0, microsecond=0)


def _clocks(since: datetime, now: datetime) -> Iterator[Recorded]:
    """The clocks with what their tickets are, in chunks; set dates and parked tickets have no limit of a profile."""
    first_stops = _first_stops(since)
    rows = TicketClock.objects.filter(started_at__gte=since, started_at__lt=now).select_related("ticket")
    for row in rows.iterator(chunk_size=CHUNK):
        yield _recorded(row, first_stops)


def _recorded(row: TicketClock, first_stops: Mapping[tuple[int, str, int], datetime]) -> Recorded:
    ticket, clock = row.ticket, clock_of(row)
    first = first_stops.get((row.ticket_id, row.kind, row.round))
    return Recorded(
        kind=clock.kind,
        limit=clock.limit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        paused=clock.running and clock.paused,
        ended_at=first or clock.stopped_at,
        verdict=clock.met,
        extension=clock.extension,
        pauses=tuple((begin, end) for begin, end, _ in clock.pauses),
        request_type=RequestType(ticket.request_type),
        urgency=Urgency(ticket.urgency),
        complex=Flag.COMPLEX.value in ticket.flags,
        channel=Channel(ticket.channel) if ticket.channel else None,
        unit=ticket.lead_unit,
        profile=ticket.profile,
        superior_due_at=ticket.superior_due_at,
    )


def _first_stops(since: datetime) -> dict[tuple[int, str, int], datetime]:
    """When clocks of tickets that were sent back first stopped: a send-back sets them running again."""
    entries = LedgerEntry.objects.filter(ticket__send_backs__gt=0, ticket__last_at__gte=since).exclude(clocks=[])
    rounds: dict[tuple[int, str], int] = defaultdict(int)
    found: dict[tuple[int, str, int], datetime] = {}
    ordered = entries.order_by("ticket_id", "seq").values_list("ticket_id", "at", "clocks")
    for ticket, at, changes in ordered.iterator(chunk_size=CHUNK):
        for change in changes:
            kind = change["kind"]
            if change["op"] == "start":
                rounds[ticket, kind] += 1
            elif change["op"] == "stop":
                found.setdefault((ticket, kind, rounds[ticket, kind]), at)
    return found
