"""Conditions that choose between the rows of one act: what came of it depends on the ticket or on what was said."""

from hotline.rules.acts import RecordCallback, RuleJointly
from hotline.rules.lifecycle.case import Case
from hotline.rules.lifecycle.signing import chain_of, needs_signatures, signing_step
from hotline.rules.satisfaction import Outcome, judge
from hotline.rules.vocabulary import ClockKind, Flag, Paper, Stage


def settled(case: Case) -> bool:
    """The citizen lets the matter rest."""
    act = case.act
    if not isinstance(act, RecordCallback):
        raise TypeError("only a callback has an outcome")
    return judge(responded=act.responded, resolution=act.resolution, rating=act.rating) is Outcome.SETTLED


def dissatisfied(case: Case) -> bool:
    """Somebody must decide what follows."""
    return not settled(case)


def last_signature(case: Case) -> bool:
    """After this signature none is missing."""
    step = signing_step(case)
    return step is not None and step >= len(chain_of(case.state))


def more_signatures(case: Case) -> bool:
    """Somebody else signs after this one."""
    return not last_signature(case)


def signatures_needed(case: Case) -> bool:
    """The profile names somebody who signs what this person writes."""
    return needs_signatures(case)


def no_signature_needed(case: Case) -> bool:
    """A city may let papers leave unsigned; a request leaves with whom nobody above has to sign for."""
    return not needs_signatures(case)


def return_lies(case: Case) -> bool:
    """It is a return that waits for signatures; before signing in nothing else can."""
    return case.state.stage is Stage.PENDING_SIGN or _paper(case) is Paper.RETURN


def extension_lies(case: Case) -> bool:
    """It is a request for more time that waits for signatures, if anything does."""
    return not return_lies(case) and not park_lies(case)


def park_lies(case: Case) -> bool:
    """It is a plan for parking that waits for the head's signature."""
    return _paper(case) is Paper.PARK


def _paper(case: Case) -> Paper | None:
    return case.state.signing.paper if case.state.signing else None


def opens_dispute(case: Case) -> bool:
    """The second founded return or the third failed dispatch opens a dispute (Tianjin; Hefei P)."""
    dispute, state = case.book.profile.dispute, case.state
    return (
        state.founded_returns + 1 >= dispute.founded_returns or state.failed_dispatches + 1 >= dispute.failed_dispatches
    )


def no_dispute_yet(case: Case) -> bool:
    """The dispatcher tries another unit."""
    return not opens_dispute(case)


def fails_too_often(case: Case) -> bool:
    """This dispatch is the one too many that fails, though nobody returned it: units are not tried any further."""
    return case.state.failed_dispatches + 1 >= case.book.profile.dispute.failed_dispatches


def may_fail_again(case: Case) -> bool:
    """Another unit may be tried."""
    return not fails_too_often(case)


def signed_in(case: Case) -> bool:
    """The unit had signed in before it asked for the return."""
    return case.state.signed_at is not None


def not_signed_in(case: Case) -> bool:
    """The unit asked for the return instead of signing in."""
    return case.state.signed_at is None


def in_rework(case: Case) -> bool:
    """The present unit is handling the matter again."""
    return case.has(Flag.IN_REWORK)


def first_round(case: Case) -> bool:
    """The present unit is handling the matter for the first time."""
    return not in_rework(case)


def answered(case: Case) -> bool:
    """The citizen has had an answer, so the promise of the first round is over."""
    return case.state.running(ClockKind.REPLY) is None


def unanswered_first(case: Case) -> bool:
    """Parked while the unit was handling the matter for the first time."""
    return not answered(case) and first_round(case)


def unanswered_rework(case: Case) -> bool:
    """Parked while the unit was handling the matter again."""
    return not answered(case) and in_rework(case)


def lead_confirmed(case: Case) -> bool:
    """The ruling names the unit that is at work already."""
    return isinstance(case.act, RuleJointly) and case.act.lead_unit == case.state.lead_unit


def lead_changes(case: Case) -> bool:
    """The ruling names another unit than the one at work."""
    return not lead_confirmed(case)


def unreached_closes(case: Case) -> bool:
    """The profile lets a ticket close when nobody could be reached."""
    return case.book.profile.callback.unreachable_closes


def unreached_is_decided(case: Case) -> bool:
    """The profile has somebody decide when nobody could be reached."""
    return not unreached_closes(case)
