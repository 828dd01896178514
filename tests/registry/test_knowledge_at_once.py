"""Two people press at the same moment: one item waits for the other, and only one of them is told that it is done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.commands import Outcome
from hotline.registry.knowledge.models import KnowledgeVersion, State
from hotline.registry.knowledge.wording import Wording
from hotline.rules.vocabulary import CITY_TZ
from tests.cast import Cast

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
TEXT = Wording(title="停车收费", question="怎么收费", answer="前30分钟免费。", legal_basis="《标准》")
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Outcome]) -> list[Outcome]:
    """All of them, begun together on connections of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Outcome]) -> Outcome:
        try:
            start.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_of_two_publishers_publishes(cast: Cast):
    writer = cast.actor("cgj_handler")
    code = commands.draft_item(text=TEXT, unit="CGJ", actor=writer, now=NOW).code
    commands.submit_item(code=code, actor=writer, now=NOW)
    office = [cast.actor("supervisor"), cast.actor("team_leader")]
    outcomes = at_once(*(lambda who=who: commands.publish_item(code=code, actor=who, now=NOW) for who in office))
    assert sorted(outcome.ok for outcome in outcomes) == [False, True]
    assert [r.code for outcome in outcomes for r in outcome.refusals] == ["knowledge.not_in_review"]
    assert KnowledgeVersion.objects.get(item_id=code, state=State.PUBLISHED).number == 1


def test_one_of_two_editors_who_began_from_the_same_text_is_told(cast: Cast):
    code = commands.draft_item(text=TEXT, unit="CGJ", actor=cast.actor("cgj_handler"), now=NOW).code
    writers = [cast.actor("cgj_handler"), cast.actor("cgj_section")]
    outcomes = at_once(
        *(lambda who=who: commands.draft_item(text=TEXT, code=code, actor=who, now=NOW, seen=1) for who in writers)
    )
    assert [r.code for outcome in outcomes for r in outcome.refusals] == ["knowledge.changed_meanwhile"]
    assert KnowledgeVersion.objects.get(item_id=code).edit == 2


def test_the_same_citation_at_once_is_kept_once(cast: Cast):
    writer = cast.actor("cgj_handler")
    code = commands.draft_item(text=TEXT, unit="CGJ", actor=writer, now=NOW).code
    commands.submit_item(code=code, actor=writer, now=NOW)
    commands.publish_item(code=code, actor=cast.actor("supervisor"), now=NOW)
    agent = cast.actor("agent")
    outcomes = at_once(*[lambda: commands.cite(codes=[code], ticket="T1", actor=agent, now=NOW)] * 4)
    assert all(outcome.ok for outcome in outcomes)
    assert KnowledgeVersion.objects.get(item_id=code).citations.count() == 1
