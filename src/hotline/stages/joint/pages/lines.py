"""A dispute as its page prints it: everything in words of the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hotline.rules.cotasks import Standing
from hotline.rules.deadlines import light
from hotline.rules.joint import Deed, Task
from hotline.rules.joint.states import Seat, Text
from hotline.rules.lifecycle import Rulebook
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import Finding
from hotline.rules.words import word
from hotline.stages.joint.queries import FileRow
from hotline.stages.joint.queries.given import Given
from hotline.stages.joint.queries.reading import Line, Whole
from hotline.tickets.acting.names import Names

RETURN_LIST = "return"


@dataclass(frozen=True)
class Said:
    """Labelled words."""

    label: str
    text: str


@dataclass(frozen=True)
class StepLine:
    """One clock with its light."""

    name: str
    light: str
    step: ClockState
    verdict: str


@dataclass(frozen=True)
class Side:
    """One unit's side of the dispute: its seat, whom it names, its words; `at` when it last spoke."""

    unit: str
    seat: str
    closed: bool
    view: str
    said: tuple[Said, ...]
    stated: tuple[Said, ...]
    at: datetime | None


@dataclass(frozen=True)
class Voice:
    """A member's signed opinion, and its answer to the minutes."""

    unit: str
    seat: str
    view: str
    signer: str
    at: datetime | None
    said: tuple[Said, ...]
    answer: str
    dissents: bool
    waits: bool


@dataclass(frozen=True)
class TaskLine:
    """One co-unit's task."""

    unit: str
    order: int
    days: int
    after: str
    words: str
    state: str
    due_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    row: FileRow
    status: str
    parties: str
    lead: str
    step: StepLine | None


@dataclass(frozen=True)
class Past:
    """One line of the history."""

    title: str
    who: str
    unit: str
    at: datetime
    said: tuple[Said, ...]


class Teller:
    """Says things of disputes in one language."""

    def __init__(self, names: Names, lang: str, book: Rulebook, now: datetime) -> None:
        self.names, self.lang, self.book, self.now = names, lang, book, now

    def units(self, codes: Iterable[str]) -> str:
        """Units by name, as a paper lists them."""
        return ("、" if self.lang != "en" else ", ").join(self.names.unit(code, self.lang) for code in codes)

    def row(self, row: FileRow) -> Row:
        """One line of a list."""
        return Row(
            row=row,
            status=word(row.status, self.lang),
            parties=self.units(row.parties),
            lead=self.names.unit(row.lead, self.lang),
            step=self.step(row.step) if row.step else None,
        )

    def step(self, step: ClockState) -> StepLine:
        """One clock."""
        lamp = light(start=step.started_at, due_at=step.due_at, now=self.now, calendar=self.book.calendar).value
        verdict = "" if step.running or step.met is None else _("按时") if step.met else _("超时")
        return StepLine(word(step.kind, self.lang), lamp if step.running else "", step, verdict)

    def sides(self, seen: Whole) -> list[Side]:
        """All positions side by side: what was said in the returns, and what was stated since."""
        there = [one.position.unit for one in seen.returns]
        units = [*dict.fromkeys(there), *sorted(seen.state.parties - set(there))]
        return [self._side(seen, unit) for unit in units]

    def _side(self, seen: Whole, unit: str) -> Side:
        own = [one for one in seen.returns if one.position.unit == unit]
        stated = seen.last(Deed.STATE, unit)
        said: list[Said] = []
        for one in own:
            proposed = self.names.unit(one.position.proposed, self.lang)
            said.append(Said(_("退单理由"), self.names.reason(RETURN_LIST, one.position.reason, self.lang)))
            said += [Said(label, text) for label, text in (
                (_("依据"), one.basis), (_("证据"), one.evidence), (_("建议承办"), proposed), (_("认定"), one.finding),
            ) if text]  # fmt: skip
        last = own[-1].position.proposed if own else None
        return Side(
            unit=self.names.unit(unit, self.lang),
            seat=word(seen.state.seat_of(unit) or Seat.PARTY, self.lang),  # type: ignore[arg-type]  # a code of a unit
            closed=unit not in {option.code for option in self.names.pickable["unit"]},
            view=self.names.unit(last, self.lang),
            said=tuple(said),
            stated=tuple(self.words(stated)) if stated else (),
            at=stated.at if stated else None,
        )

    def voices(self, seen: Whole) -> list[Voice]:
        """Everybody on the panel: opinion, answer to the minutes; the observer with neither."""
        state = seen.state
        seats = [unit for unit in (state.staffing, state.justice) if unit]
        voiced = [*seats, *sorted(state.parties - set(seats))]
        return [self._voice(seen, unit) for unit in [*voiced, *([state.observer] if state.observer else [])]]

    def _voice(self, seen: Whole, unit: str) -> Voice:
        state = seen.state
        opinion = {str(code): one for code, one in state.opinions.items()}.get(unit)
        answer = {str(code): agrees for code, agrees in state.answers.items()}.get(unit)
        words = seen.words_at(opinion.seq) if opinion else {}
        return Voice(
            unit=self.names.unit(unit, self.lang),
            seat=word(state.seat_of(unit) or Seat.PARTY, self.lang),  # type: ignore[arg-type]  # a code of a unit
            view=self.names.unit(opinion.lead, self.lang) if opinion else "",
            signer=opinion.signer if opinion else "",
            at=opinion.at if opinion else None,
            said=tuple(Said(word(Text(n), self.lang), words[n]) for n in ("opinion", "basis") if n in words),
            answer="" if answer is None else _("同意纪要") if answer else _("不同意纪要"),
            dissents=unit in seen.dissenters,
            waits=unit in state.speakers and opinion is None,
        )

    def tasks(self, seen: Whole) -> list[TaskLine]:
        """The co-units' tasks: as ruled and as they stand on the ticket, before that as concluded."""
        return [self._task(seen, task) for task in sorted(seen.state.tasks, key=lambda t: (t.order, t.unit))]

    def _task(self, seen: Whole, task: Task) -> TaskLine:
        there = seen.tasks.get(task.unit)
        return TaskLine(
            unit=self.names.unit(task.unit, self.lang),
            order=task.order,
            days=task.days,
            after=word(task.after, self.lang) if task.after is not Finding.NOTHING else "",
            words=seen.conclusion.get(f"task.{task.unit}", ""),
            state=self._standing(there) if there else "",
            due_at=there.due_at if there else None,
            done_at=there.done_at if there else None,
        )

    def _standing(self, there: Given) -> str:
        if there.task.standing is Standing.WAITING:
            return _("还没有查到，未开始") if there.task.awaits_finding else _("等前一步办完再开始")
        stands = {Standing.OPEN: _("待反馈"), Standing.REPORTED: _("已反馈"), Standing.ENDED: _("已撤销")}
        return stands[there.task.standing]

    def history(self, seen: Whole) -> list[Past]:
        """The newest last."""
        return [
            Past(
                title=word(line.deed, self.lang),
                who=line.who or word(f"role.{line.role}", self.lang),
                unit=self.names.unit(line.unit, self.lang),
                at=line.at,
                said=(*self._facts(line), *self.words(line)),
            )
            for line in seen.lines
        ]

    def _facts(self, line: Line) -> Iterator[Said]:
        said = line.payload
        for name, label in (("lead", _("主办单位")), ("proposed", _("主办单位")), ("view", _("主张主办"))):
            if name in said:
                yield Said(label, self.names.unit(said[name], self.lang))
        if "old" in said:
            yield Said(_("承接单位"), self.units([said["old"], said["new"]]).replace("、", " → "))
        if "agrees" in said:
            yield Said(_("会签"), _("同意纪要") if said["agrees"] else _("不同意纪要"))
        if "signed_on" in said:
            yield Said(_("签发"), f"{said['signer']} {said['signed_on']}")

    def words(self, line: Line) -> Iterator[Said]:
        """What was typed, under its names; a task under its unit's."""
        for name, text in line.words.items():
            kind, _dot, unit = name.partition(".")
            label = word(Text(kind), self.lang)
            yield Said(f"{label}（{self.names.unit(unit, self.lang)}）" if unit else label, text)
