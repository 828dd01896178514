"""Bulk writing gives the very rows that commands write, for every way a ticket can go; what is refused is named."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.registry.calendars import queries as calendars
from hotline.registry.reference import current_directory, current_reference
from hotline.rules import acts
from hotline.rules.lifecycle import Rulebook
from hotline.rules.lives import Life, Source, Step
from hotline.rules.vocabulary import Stage, TicketNo, UnitCode
from hotline.tickets import bulk, commands
from hotline.tickets.models import LedgerEntry, Requester, SourceRecord, Ticket, TicketClock, TicketText
from tests.cast import REQUESTER, Cast
from tests.walks import OPENING, WALKABLE, Move, walk

TABLES = (Requester, LedgerEntry, TicketText, TicketClock)
OWN = {"id", "ticket_id", "number", "query_code", "head_hash", "hash", "digests"}
"""What differs between two tickets of the same content: ids, the random code, and all that is keyed by the number."""


def moves_to(stage: Stage, lead: str, master: str) -> list[Move]:
    moves = walk(stage, lead=lead)
    return [
        move._replace(act=replace(move.act, master=TicketNo(master))) if isinstance(move.act, acts.Merge) else move
        for move in moves
    ]


def commanded(steps: Sequence[Step], region: str) -> str:
    first, *rest = steps
    outcome = commands.open_ticket(act=first.act, requester=REQUESTER, actor=first.actor, now=first.at, region=region)
    assert outcome.ticket
    for step in rest:
        done = commands.perform(number=outcome.ticket.number, act=step.act, actor=step.actor, now=step.at)
        assert done.ok, done.refusals
    return outcome.ticket.number


def rows(number: str) -> dict[str, list[dict[str, Any]]]:
    """Everything that is stored of a ticket, table by table in the order of ids."""
    found: dict[str, list[Any]] = {"Ticket": list(Ticket.objects.filter(number=number).values())}
    for model in TABLES:
        found[model.__name__] = list(model.objects.filter(ticket__number=number).order_by("id").values())
    return found


def without_own(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [{k: v for k, v in row.items() if k not in OWN} for row in stored] for table, stored in found.items()
    }


@pytest.mark.parametrize("lead", ["CGJ", "LY"])
@pytest.mark.parametrize("stage", WALKABLE)
def test_the_rows_are_those_of_commands(cast: Cast, stage: Stage, lead: str) -> None:
    master = cast.ticket_at(Stage.REGISTERED).number
    steps = cast.steps(moves_to(stage, lead, master))
    one_by_one = commanded(steps, "340103")
    done = next(bulk.write_batches([Life(region="340103", requester=REQUESTER, steps=steps)]))
    assert done.refused == []
    by_copy = done.written[0].number
    assert by_copy[:16] == one_by_one[:16]
    assert without_own(rows(by_copy)) == without_own(rows(one_by_one))


def life(cast: Cast, stage: Stage = Stage.CLOSED, **more: Any) -> Life:
    return Life(region="340103", requester=REQUESTER, steps=cast.steps(walk(stage)), **more)


def refused_at(cast: Cast, step: int) -> Life:
    """A life whose unit has ended by the table's rules: nobody of that name is a unit."""
    steps = cast.steps(walk(Stage.HANDLING))
    wrong = acts.Dispatch(lead_unit=UnitCode("NOBODY"))
    return Life(region="340103", requester=REQUESTER, steps=[*steps[:step], steps[step]._replace(act=wrong)])


def test_a_refused_life_is_named_and_the_others_are_written(cast: Cast) -> None:
    totals = bulk.write_lives([life(cast), refused_at(cast, 2), life(cast)])
    assert totals.written == 2
    assert [(r.index, r.step, r.refusals[0].code, r.refusals[0].field) for r in totals.refused] == [
        (1, 2, "field.unknown_code", "lead_unit")
    ]
    assert Ticket.objects.count() == 2


def test_who_may_not_see_the_ticket_is_refused_as_by_a_command(cast: Cast) -> None:
    steps = cast.steps(walk(Stage.PENDING_SIGN))
    stranger = Step(acts.SignIn(), cast.actor("sthj_handler"), steps[-1].at)
    totals = bulk.write_lives([Life(region="340103", requester=REQUESTER, steps=[*steps, stranger])])
    assert [refusal.code for r in totals.refused for refusal in r.refusals] == ["ticket.not_found"]


def test_a_source_is_written_once_over_batches_and_runs(cast: Cast) -> None:
    lives = [life(cast, source=Source("old", str(n % 3), "same")) for n in range(6)]
    totals = bulk.write_lives(lives, batch=2)
    assert (totals.written, totals.already, totals.refused) == (3, 3, [])
    again = bulk.write_lives(lives, batch=6)
    assert (again.written, again.already) == (0, 6)
    assert SourceRecord.objects.count() == Ticket.objects.count() == 3


def test_another_content_under_a_known_source_is_told_and_not_dropped(cast: Cast) -> None:
    bulk.write_lives([life(cast, source=Source("old", "7", "one"))])
    totals = bulk.write_lives([life(cast, source=Source("old", "7", "two"))])
    assert (totals.written, totals.already) == (0, 0)
    assert totals.refused[0].refusals[0].code == "source.other_content"


def test_a_dry_run_decides_everything_and_writes_nothing(cast: Cast) -> None:
    lives = [life(cast, source=Source("old", "1")), refused_at(cast, 2)]
    (done,) = bulk.write_batches(lives, dry_run=True)
    assert [w.index for w in done.written] == [0]
    assert [r.index for r in done.refused] == [1]
    assert Ticket.objects.count() == SourceRecord.objects.count() == 0


def test_lives_are_taken_as_batches_are_written(cast: Cast) -> None:
    taken: list[int] = []

    def coming() -> Iterator[Life]:
        one = life(cast, Stage.REGISTERED)
        for number in range(25):
            taken.append(number)
            yield one

    sizes = []
    for done in bulk.write_batches(coming(), batch=10):
        sizes.append(len(done.written))
        assert len(taken) == sum(sizes)
    assert sizes == [10, 10, 5]


def test_a_number_that_is_taken_is_not_given_again(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE tickets_number RESTART WITH 41")
    bulk.write_lives([life(cast, Stage.REGISTERED) for _ in range(3)])
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE tickets_number RESTART WITH 40")
    bulk.write_lives([life(cast, Stage.REGISTERED) for _ in range(3)])
    ends = sorted(int(number[-6:]) for number in Ticket.objects.values_list("number", flat=True))
    assert ends == [40, 41, 42, 43, 44, 45]


def test_an_import_says_when_the_rows_were_really_written(cast: Cast) -> None:
    later = OPENING + timedelta(days=400)
    bulk.write_lives([life(cast)], recorded_at=later)
    assert set(LedgerEntry.objects.values_list("recorded_at", flat=True)) == {later}
    assert LedgerEntry.objects.get(seq=1).at == OPENING


def test_a_requester_without_details_has_the_row_a_command_gives(cast: Cast) -> None:
    bulk.write_lives([replace(life(cast), requester={})])
    blank = Requester.objects.get()
    fresh = Requester()
    assert [getattr(blank, f.attname) for f in Requester._meta.concrete_fields[2:]] == [
        getattr(fresh, f.attname) for f in Requester._meta.concrete_fields[2:]
    ]
    with pytest.raises(TypeError, match="wishes"):
        bulk.write_lives([replace(life(cast), requester={"wishes": "none"})])


@pytest.mark.usefixtures("cast")
def test_days_with_the_same_lists_share_one_rulebook() -> None:
    """Ten years of history are decided under a handful of rulebooks, and without asking the database each time."""
    from hotline.tickets.rulebook import rulebooks

    books = rulebooks()
    books.at(OPENING)
    days = [OPENING + timedelta(days=n) for n in range(60)]
    with CaptureQueriesContext(connection) as asked:
        made = {id(books.at(day, "hefei-2021@1")) for day in days}
    assert len(made) <= 2
    assert len(asked) <= 20
    assert books.at(OPENING) == Rulebook(
        profile=calendars.profile_for(OPENING),
        calendar=calendars.current_calendar(),
        reference=current_reference(OPENING.date()),
        directory=current_directory(OPENING.date()),
    )


def test_nothing_reacts_to_bulk_writing(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        bulk.write_lives([life(cast)])
    assert not [q for q in asked if "pg_notify" in q["sql"] or "procrastinate" in q["sql"]]
