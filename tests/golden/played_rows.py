"""Plays a signed row through the lifecycle: every clock of the table is reached by the acts that start it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, Actor, Rulebook
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import ClockKind, Flag, RegionCode
from hotline.rules.workdays import Calendar
from tests.golden.signed_rows import Row
from tests.rules import cast as c
from tests.rules.cast import (
    AGENT,
    CALLER,
    CITIZEN,
    DEPUTY,
    DIRECTORY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    LUYANG,
    LUYANG_DESK,
    REFERENCE,
    REVIEWER,
    SECTION,
    STREET,
    SUPERVISOR,
    URBAN,
    Story,
)

K = ClockKind
AT_ONCE = timedelta()
Step = Callable[[Story], object]


def played(row: Row, profile: Profile, calendar: Calendar) -> Story:
    """The ticket as it stands after all that the row tells."""
    book = Rulebook(
        profile=profile,
        calendar=calendar,
        reference=REFERENCE,
        directory=DIRECTORY,
        emergencies=tuple(span.under(profile) for span in row.course.emergencies),
    )
    story = Story(book, row.start)
    if row.clock is K.INTAKE:
        return story.do(CITIZEN, c.submit(channel=row.channel, request_type=row.request_type), after=AT_ONCE)
    _register(story, row)
    if row.clock is not K.DISPATCH:
        BEGUN_BY.get(row.clock, _sign_in)(story)
    for moment, step in sorted(_course(row), key=lambda found: found[0]):
        step(story.until(moment))
    return story


def _now(story: Story, who: Actor, *acts: a.Act) -> Story:
    for act in acts:
        story.do(who, act, after=AT_ONCE)
    return story


def _register(story: Story, row: Row) -> None:
    act = c.register(
        request_type=row.request_type,
        urgency=row.urgency,
        channel=row.channel,
        region=RegionCode(row.course.district) if row.course.district else LUYANG,
        superior_due_at=row.course.superior,
    )
    _now(story, AGENT, act)
    if row.course.complex:
        _now(story, DISPATCHER, a.MarkTicket(flag=Flag.COMPLEX))


def _dispatch(story: Story) -> Story:
    _now(story, AGENT, a.SendToDispatch())
    return _now(story, DISPATCHER, a.Dispatch(lead_unit=ECOLOGY, co_units=(URBAN,)))


def _sign_in(story: Story) -> Story:
    return _now(_dispatch(story), HANDLER, a.SignIn())


def _ask_return(story: Story) -> Story:
    return _now(_sign_in(story), DEPUTY, c.asks_return())


def _ask_extension(story: Story) -> Story:
    """Consultations are never extended, so the rows of this clock are complaints."""
    return _now(_sign_in(story), DEPUTY, c.asks_extension())


def _to_review(story: Story) -> Story:
    return _signed(_now(_sign_in(story), HANDLER, c.replies()))


def _signed(story: Story) -> Story:
    return _now(_now(story, SECTION, a.SignOff()), DEPUTY, a.SignOff())


def _to_callback(story: Story) -> Story:
    return _now(_to_review(story), REVIEWER, a.PassReview(grade="good"))


def _to_close(story: Story) -> Story:
    return _now(_to_callback(story), CALLER, c.discontent())


def _phone(story: Story) -> Story:
    return _now(story, AGENT, a.HandOverByPhone(lead_unit=ECOLOGY, note="停水"))


def _dispute(story: Story) -> Story:
    return _now(_now(story, AGENT, a.SendToDispatch()), DISPATCHER, a.MarkNoOwner(note="目录中没有"))


def _mediated(story: Story) -> Story:
    return _now(_dispute(story), DISPATCHER, a.Mediate(lead_unit=ECOLOGY, finding="同意"))


def _delegated(story: Story) -> Story:
    _now(_now(story, AGENT, a.SendToDispatch()), DISPATCHER, a.Dispatch(lead_unit=DISTRICT))
    return _now(story, LUYANG_DESK, a.SignIn(), a.Delegate(to_unit=STREET))


BEGUN_BY: dict[ClockKind, Step] = {
    K.SIGN_IN: _dispatch,
    K.RETURN_WINDOW: _dispatch,
    K.CO_TASK: _dispatch,
    K.RETURN_RULING: _ask_return,
    K.EXTENSION_RULING: _ask_extension,
    K.INNER_REPLY: _delegated,
    K.REVIEW: _to_review,
    K.CALLBACK: _to_callback,
    K.CLOSE: _to_close,
    K.PHONE_FEEDBACK: _phone,
    K.MEDIATION: _dispute,
    K.QUICK_RULING: _dispute,
    K.PANEL: _dispute,
    K.OBJECTION: _mediated,
}
"""Other clocks run once the unit has signed in."""


def _course(row: Row) -> Iterator[tuple[datetime, Step]]:
    """What happened, with its moments."""
    course = row.course
    for pause in course.pauses:
        yield pause.start, lambda s: _now(s, SUPERVISOR, c.stops_clock(reason="awaiting_requester"))
        if pause.end:
            yield pause.end, lambda s: _now(s, SUPERVISOR, a.Resume())
    if course.extended_at:
        yield course.extended_at, lambda s: _extend(s, course.extension)
    if course.reassigned:
        yield course.reassigned, lambda s: _now(s, DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    if course.rework:
        yield course.rework, _rework
    if course.seen:
        yield course.seen, _look


def _extend(story: Story, days: int) -> None:
    _now(_now(story, DEPUTY, c.asks_extension(days)), DISPATCHER, a.GrantExtension(days=days))


def _rework(story: Story) -> None:
    """Answered, called, dissatisfied and ordered anew, all at that moment."""
    _signed(_now(story, HANDLER, c.replies()))
    _now(story, REVIEWER, a.PassReview(grade="good"))
    _now(story, CALLER, c.discontent())
    _now(story, REVIEWER, a.OrderRework(reason="问题没有解决"))


def _look(story: Story) -> None:
    """Emergencies that began or ended meanwhile are counted in, as the job does it."""
    act = a.RecomputeClocks(cause="emergency")
    if not story.codes(SYSTEM, act):
        _now(story, SYSTEM, act)
