"""Two supervisors publish, draft or change in the same moment: one is done, the other is told, nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.publishing import publish_calendar
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.drafting import Drafted, draft_city_days, draft_notice
from hotline.registry.calendars.models import PublishedYear, StoredProfile
from hotline.registry.calendars.profile_drafting import Wanted, draft_profile, publish_profile
from hotline.registry.calendars.queries import profile
from hotline.rules.lifecycle import Actor
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import Role, Stage
from hotline.tickets.models import LedgerEntry
from tests.cast import Cast
from tests.registry.test_calendar_drafts import NOTICE, SOURCE
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)
NOW = OPENING
LATER = OPENING.replace(month=12, day=30)
SUPERVISORS = [Actor(id=str(9000 + n), roles=frozenset({Role.SUPERVISOR})) for n in range(4)]


def together(*calls: Callable[[], Drafted]) -> list[Drafted]:
    """What came of calls that begin in the same moment."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Drafted]) -> Drafted:
        start.wait(timeout=30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def codes(done: list[Drafted]) -> list[str]:
    return sorted(refusal.code for one in done for refusal in one.refusals)


def noticed(cast: Cast) -> RuleDraft:
    done = draft_notice(year=2027, text=NOTICE, source=SOURCE, actor=cast.actor("supervisor"), now=NOW)
    assert done.draft
    return done.draft


def test_a_calendar_is_published_once(cast: Cast) -> None:
    draft = noticed(cast)

    def publish(actor: Actor) -> Callable[[], Drafted]:
        return lambda: publish_calendar(number=draft.pk, seen=1, actor=actor, now=NOW)

    done = together(*map(publish, SUPERVISORS))
    assert codes(done) == ["rule_draft.not_open"] * 3
    assert PublishedYear.objects.filter(year=2027).count() == 1
    assert Recomputation.objects.count() == 1
    assert RuleRecord.objects.filter(act="published").count() == 1


def test_one_draft_of_a_year_comes_of_several(cast: Cast) -> None:
    assert cast.actor("supervisor").roles <= SUPERVISORS[0].roles

    def draft(actor: Actor) -> Callable[[], Drafted]:
        return lambda: draft_notice(year=2027, text=NOTICE, source=SOURCE, actor=actor, now=NOW)

    done = together(*map(draft, SUPERVISORS))
    assert codes(done) == ["rule_draft.already_there"] * 3
    assert RuleDraft.objects.count() == 1


def change(number: int) -> Drafted:
    text = "2026-12-30,停办,大雪"
    return draft_city_days(text=text, source="二", actor=SUPERVISORS[1], now=NOW, number=number, seen=1)


def publish(number: int) -> Drafted:
    return publish_calendar(number=number, seen=1, actor=SUPERVISORS[2], now=NOW)


def test_a_change_and_a_publication_do_not_pass_each_other(cast: Cast) -> None:
    for _ in range(3):
        done = draft_city_days(text="2026-12-31,停办,大雪", source="一", actor=cast.actor("supervisor"), now=NOW)
        assert done.draft
        number = done.draft.pk
        changing, publishing = together(partial(change, number), partial(publish, number))
        assert changing.ok is not publishing.ok
        assert codes([changing, publishing])[0] in {"rule_draft.not_open", "rule_draft.changed_meanwhile"}
        restored = draft_city_days(text="2026-12-31,恢复,雪停", source="三", actor=SUPERVISORS[0], now=NOW)
        if restored.draft:
            assert publish_calendar(number=restored.draft.pk, seen=1, actor=SUPERVISORS[3], now=NOW).ok


def test_two_versions_never_share_a_number(cast: Cast) -> None:
    body = to_dict(profile("hefei-2021", 1))
    body["limits"] = {**body["limits"], "reply": {"default": "5wd"}}
    wanted = Wanted(base=("hefei-2021", 1), settings=body, name="合肥", effective_from="2026-05-01", source="一")
    done = draft_profile(wanted=wanted, actor=cast.actor("supervisor"), now=NOW)
    assert done.draft
    number = done.draft.pk

    def publish(actor: Actor) -> Callable[[], Drafted]:
        return lambda: publish_profile(number=number, seen=1, actor=actor, now=NOW)

    assert codes(together(*map(publish, SUPERVISORS))) == ["rule_draft.not_open"] * 3
    assert list(StoredProfile.objects.filter(key="hefei-2021").values_list("version", flat=True)) == [1, 2]


def test_two_workers_on_one_round_move_each_ticket_once(cast: Cast) -> None:
    for minute in range(6):
        cast.ticket_at(Stage.HANDLING, at=LATER + timedelta(minutes=minute))
    draft = noticed(cast)
    assert publish_calendar(number=draft.pk, seen=1, actor=SUPERVISORS[1], now=LATER).ok
    number = Recomputation.objects.get().pk

    def round_() -> Drafted:
        carry_out(number, now=LATER + timedelta(hours=3), batch=2)
        return Drafted()

    together(round_, round_)
    moved = LedgerEntry.objects.filter(name="clock.recomputed").values_list("ticket_id", flat=True)
    assert len(moved) == len(set(moved)) == 6
