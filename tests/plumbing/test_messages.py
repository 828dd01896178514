"""Reactions follow the act: in its transaction, one job, each reaction once, and one fault holds up no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.plumbing import jobs, messages
from hotline.plumbing.models import ReactionRun

SUBJECT = "T1"


@dataclass(frozen=True)
class Happened:
    seq: int
    name: str


LEDGER = [Happened(1, "intake.registered"), Happened(2, "dispatch.sent"), Happened(3, "unit.signed_in")]


def opened(subject: str, first: int, last: int) -> list[Happened]:
    assert subject == SUBJECT
    return [event for event in LEDGER if first <= event.seq <= last]


class Recorder:
    """A reaction that writes down whom it was called for, and fails as long as it is told to."""

    def __init__(self) -> None:
        self.called: list[tuple[int, datetime]] = []
        self.faults = 0

    def __call__(self, event: Happened, now: datetime) -> None:
        self.called.append((event.seq, now))
        if self.faults:
            self.faults -= 1
            raise ValueError("电话 13812345678 打不通")


class Message(Recorder):
    pass


class Counter(Recorder):
    pass


@pytest.fixture
def message() -> Message:
    return Message()


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture(autouse=True)
def wired(message: Message, counter: Counter) -> Iterator[None]:
    before, loader = dict(messages.REACTIONS), messages._loader[:]
    messages.register({"dispatch.sent": (message, counter), "unit.signed_in": (counter,), "x": ()}, loader=opened)
    yield
    messages.register(before, loader=loader[0] if loader else None)


@pytest.mark.django_db
def test_an_act_defers_one_job_for_all_its_events():
    number = messages.announce(subject=SUBJECT, events=LEDGER)
    job = ProcrastinateJob.objects.get()
    assert (job.pk, job.task_name, job.lock) == (number, "react", "subject:T1")
    assert job.args == {"subject": "T1", "first": 2, "last": 3}


@pytest.mark.django_db
@pytest.mark.parametrize("events", [[], [LEDGER[0]], [Happened(9, "x")]])
def test_nothing_is_deferred_when_nobody_reacts(events: list[Happened]):
    assert messages.announce(subject=SUBJECT, events=events) is None
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_rolled_back_leaves_no_job():
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        messages.announce(subject=SUBJECT, events=LEDGER)
        raise RuntimeError("undone")
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_events_are_announced_in_a_transaction_only():
    with pytest.raises(RuntimeError, match="transaction"):
        messages.announce(subject=SUBJECT, events=LEDGER)


@pytest.mark.django_db
def test_reactions_need_somebody_to_open_their_events(message: Message):
    messages.register({"dispatch.sent": (message,)})
    with pytest.raises(RuntimeError, match="loader"):
        messages.announce(subject=SUBJECT, events=LEDGER)


@pytest.mark.django_db
def test_each_reaction_is_called_once_however_often_the_job_runs(message: Message, counter: Counter, now: datetime):
    for _ in range(3):
        messages.run_reactions(subject=SUBJECT, first=1, last=3, now=now)
    assert message.called == [(2, now)]
    assert counter.called == [(2, now), (3, now)]
    assert ReactionRun.objects.filter(done_at=now).count() == 3


@pytest.mark.django_db
def test_a_fault_holds_up_no_other_reaction_and_is_tried_again(message: Message, counter: Counter, now: datetime):
    message.faults = 1
    with pytest.raises(messages.ReactionsFailed, match="Message"):
        messages.run_reactions(subject=SUBJECT, first=1, last=3, now=now)
    assert [seq for seq, _ in counter.called] == [2, 3]
    failed = ReactionRun.objects.get(done_at=None)
    assert (failed.attempts, failed.error) == (1, "ValueError: 电话 138****5678 打不通")
    messages.run_reactions(subject=SUBJECT, first=1, last=3, now=now)
    assert len(message.called) == 2
    assert [seq for seq, _ in counter.called] == [2, 3]
    assert not ReactionRun.objects.filter(done_at=None).exists()


@pytest.mark.django_db
def test_what_a_failing_reaction_wrote_is_undone(now: datetime):
    def writes_then_fails(event: Happened, now: datetime) -> None:
        del event
        ReactionRun.objects.create(subject="side", seq=1, reaction="effect", done_at=now)
        raise ValueError("no")

    messages.register({"dispatch.sent": (writes_then_fails,)}, loader=opened)
    with pytest.raises(messages.ReactionsFailed):
        messages.run_reactions(subject=SUBJECT, first=2, last=2, now=now)
    assert not ReactionRun.objects.filter(subject="side").exists()


@pytest.mark.django_db
def test_old_marks_are_forgotten_and_open_ones_kept(now: datetime):
    old = now - jobs.KEPT_FOR * 5
    ReactionRun.objects.create(subject="a", seq=1, reaction="r", done_at=old)
    ReactionRun.objects.create(subject="b", seq=1, reaction="r", done_at=None)
    jobs.forget_old_marks(0)
    assert list(ReactionRun.objects.values_list("subject", flat=True)) == ["b"]


def test_a_reaction_is_named_by_where_its_code_stands():
    assert messages.name_of(jobs.run_reactions) == "plumbing.messages.run_reactions"
