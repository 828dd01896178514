"""Trying a draft of a profile out: the result is kept with the draft, so that whoever publishes sees it too."""

from datetime import datetime

from hotline.oversight.rehearsing.queries import MOST_MONTHS, rehearse
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.drafting import Drafted
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.profiles import parse_profile
from hotline.rules.rule_keeping import DraftKind, DraftState, refuse_keeping


def rehearse_draft(*, number: int, months: int, actor: Actor, now: datetime) -> Drafted:
    """A dry run of an open draft over the last months; a change of the draft forgets it."""
    why = refuse_keeping(actor)
    draft = RuleDraft.objects.filter(pk=number, kind=DraftKind.PROFILE.value).first()
    if why or draft is None:
        return Drafted(refusals=(why or Refusal("rule_draft.not_found"),))
    if draft.state != DraftState.OPEN:
        return Drafted(draft, (Refusal("rule_draft.not_open"),))
    if not 1 <= months <= MOST_MONTHS:
        return Drafted(draft, (Refusal("rehearsal.months", field="months"),))
    found = rehearse(parse_profile(draft.body["profile"]), months=months, now=now).kept()
    kept = RuleDraft.objects.filter(pk=number, edit=draft.edit).update(rehearsal=found)
    draft.rehearsal = found
    return Drafted(draft, () if kept else (Refusal("rule_draft.changed_meanwhile"),))
