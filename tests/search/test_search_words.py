"""Staff find tickets by two-character words, inside what they may see, and nothing by what they may not read."""

import pytest
from django.db import connection

from hotline.rules import acts
from hotline.rules.vocabulary import Flag, Stage
from hotline.search.words import question, search, snippet
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NOISE = {"title": "夜间施工噪声扰民", "content": "三里街工地夜里十一点后仍在浇筑，声音很大，无法入睡。"}
WATER = {"title": "小区停水两天", "content": "逍遥津街道某小区停水，物业说是施工挖断了水管。"}


def numbers(text: str, who: str, cast: Cast) -> set[str]:
    return {found.number for found in search(text, actor=cast.actor(who))}


def test_it_finds_words_wherever_they_stand(cast: Cast) -> None:
    noise = cast.ticket_at(Stage.REGISTERED, register=NOISE)
    water = cast.ticket_at(Stage.REGISTERED, register=WATER)
    assert numbers("噪声", "agent", cast) == {noise.number}
    assert numbers("停水", "agent", cast) == {water.number}
    assert numbers("施工", "agent", cast) == {noise.number, water.number}
    assert numbers("施工 停水", "agent", cast) == {water.number}
    assert numbers("施工噪", "agent", cast) == {noise.number}
    assert numbers("十一点", "agent", cast) == {noise.number}


def test_it_rechecks_pairs_that_only_look_like_a_phrase(cast: Cast) -> None:
    """夜间 and 间施 and 施工 all occur, the phrase does not."""
    cast.ticket_at(Stage.REGISTERED, register={"title": "夜间停电", "content": "空间施压，施工队未到。"})
    assert numbers("夜间施工", "agent", cast) == set()


@pytest.mark.parametrize("text", ["", "  ", "水", "，。", "%", "'", "\\", "a' | 'b", "_"])
def test_it_takes_any_question(cast: Cast, text: str) -> None:
    cast.ticket_at(Stage.REGISTERED, register=WATER)
    assert numbers(text, "agent", cast) == set()


def test_it_stays_inside_the_view(cast: Cast) -> None:
    theirs = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ", register=NOISE)
    cast.ticket_at(Stage.REGISTERED, register=WATER)
    assert numbers("施工", "cgj_handler", cast) == {theirs.number}
    assert numbers("施工", "sthj_handler", cast) == set()
    for nobody in ("system_admin", "security_admin", "audit_admin"):
        assert numbers("施工", nobody, cast) == set()


def test_a_confidential_ticket_is_not_found_by_units(cast: Cast) -> None:
    ticket = cast.ticket_at(
        Stage.PENDING_SIGN, lead="CGJ", register=NOISE | {"confidential": True, "for_unit": "请核查某处"}
    )
    assert Flag.CONFIDENTIAL in ticket.state.flags
    assert numbers("噪声", "cgj_handler", cast) == set()
    assert numbers("噪声", "reviewer", cast) == {ticket.number}


def test_it_finds_what_was_added_later_and_the_newest_first(cast: Cast) -> None:
    first = cast.ticket_at(Stage.REGISTERED, register=NOISE)
    second = cast.ticket_at(Stage.REGISTERED, register=NOISE | {"title": "噪声又来了"})
    cast.do(first, "agent", acts.AddFacts(facts="补充：塔吊也在作业"))
    assert numbers("塔吊", "agent", cast) == {first.number}
    assert [f.number for f in search("噪声", actor=cast.actor("agent"))] == [second.number, first.number]


def test_it_uses_the_index(cast: Cast) -> None:
    """The plan is tested, not only the result: a search that scans works in tests and fails in a city."""
    cast.ticket_at(Stage.REGISTERED, register=NOISE)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM tickets_tickettext WHERE terms @@ %s::tsquery", [question("噪声").query])
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "text_terms" in plan


def test_a_snippet_shows_the_place() -> None:
    body = "一" * 80 + "停水" + "二" * 80
    assert "停水" in snippet(body, ("停水",))
    assert snippet("短文", ("没有",)) == "短文"
