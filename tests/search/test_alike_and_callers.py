"""What a new request resembles, where such went, and what the caller has asked before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.rules.vocabulary import RequestType, Stage
from hotline.search import alike as alike_module
from hotline.search.alike import alike, voted
from hotline.search.callers import caller, digits, repeated
from tests.cast import Cast
from tests.many import many_tickets
from tests.walks import OPENING

pytestmark = pytest.mark.django_db

NOISE = {"title": "夜间施工噪声扰民", "content": "三里街工地夜里十一点后仍在浇筑混凝土，声音很大，老人无法入睡。"}
WATER = {"title": "小区停水两天", "content": "逍遥津街道某小区停水，物业说是挖断了水管。"}
COMMON_WORDS = """
    INSERT INTO tickets_tickettext (ticket_id, seq, field, body, terms)
    SELECT id, 90, 'content', '夜里噪声',
           CASE id % 2 WHEN 0 THEN '''夜里'' ''噪声'' ''施工'''::tsvector ELSE '''停水'''::tsvector END
    FROM tickets_ticket
"""
TEXT = "工地夜里十二点还在施工，噪声太大，混凝土车一直响，睡不着"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    alike_module._kept.at = alike_module._kept.counts = None


def test_it_finds_the_nearest_first(cast: Cast) -> None:
    noise = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ", register=NOISE)
    cast.ticket_at(Stage.REGISTERED, register=WATER)
    found = alike(TEXT, actor=cast.actor("agent"), now=noise.at)
    assert found[0].number == noise.number
    assert found[0].shared > 4
    assert [v.code for v in voted(found[:1], "lead_unit")] == ["CGJ"]


def test_it_leaves_out_the_ticket_itself_and_what_lies_out_of_view(cast: Cast) -> None:
    noise = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ", register=NOISE)
    assert alike(TEXT, actor=cast.actor("agent"), now=noise.at, but=noise.number) == ()
    assert alike(TEXT, actor=cast.actor("sthj_handler"), now=noise.at) == ()
    assert alike(TEXT, actor=cast.actor("agent"), now=noise.at + timedelta(days=400)) == ()
    assert alike("", actor=cast.actor("agent"), now=noise.at) == ()


def test_it_votes_by_weight(cast: Cast) -> None:
    for _ in range(2):
        ticket = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ", register=NOISE)
    cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", register=NOISE)
    votes = voted(alike(TEXT, actor=cast.actor("agent"), now=ticket.at), "lead_unit")
    assert [(v.code, v.tickets, v.of) for v in votes] == [("CGJ", 2, 3), ("STHJ", 1, 3)]
    assert sum(v.share for v in votes) == pytest.approx(1)


def test_words_are_looked_up_in_the_index_however_common(cast: Cast) -> None:
    """Where half of all texts bear the words, reading all of them backwards looks cheap to the server, and is not."""
    many_tickets(cast, 4000, every="1 minute")
    with connection.cursor() as cursor:
        cursor.execute(COMMON_WORDS)
        cursor.execute("SELECT gin_clean_pending_list('text_terms')")  # as the server does by itself before long
        cursor.execute("ANALYZE tickets_tickettext")
        cursor.execute("SELECT gin_clean_pending_list('text_terms')")  # as autovacuum would; a long list looks dear
    with CaptureQueriesContext(connection) as queries:
        assert alike(TEXT, actor=cast.actor("agent"), now=OPENING + timedelta(days=5))
    (statement,) = [query["sql"] for query in queries if "scored" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + statement)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "on text_terms" in plan, plan
    assert "tickets_tickettext_pkey" not in plan, plan


def test_few_texts_are_looked_up_however_many_there_are() -> None:
    counts = {"甲乙": 1, "乙丙": 2, "丙丁": 50, "丁戊": 900, "戊己": 2900}
    rising = list(counts)
    assert alike_module._rare(rising, counts) == ["甲乙", "乙丙", "丙丁"]
    assert alike_module._rare(rising[3:], counts) == ["丁戊"]
    assert alike_module._rare([], counts) == []


def test_a_number_brings_its_history(cast: Cast) -> None:
    requester = {"name": "王女士", "phone": "19900001111"}
    running = cast.ticket_at(Stage.HANDLING, register=NOISE, requester=requester)
    ended = cast.ticket_at(Stage.CLOSED, register=WATER, requester=requester)
    found = caller("199 0000 1111", actor=cast.actor("agent"))
    assert [t.number for t in found.running] == [running.number]
    assert [t.number for t in found.ended] == [ended.number]
    assert not caller("19900002222", actor=cast.actor("agent")).known
    assert not caller("", actor=cast.actor("agent")).known


@pytest.mark.parametrize("who", ["cgj_handler", "director", "auditor", "system_admin"])
def test_nobody_else_asks_by_number(cast: Cast, who: str) -> None:
    cast.ticket_at(Stage.HANDLING, register=NOISE, requester={"phone": "19900001111"})
    assert not caller("19900001111", actor=cast.actor(who)).known


def test_it_counts_repeats_of_one_matter(cast: Cast) -> None:
    requester = {"phone": "19900001111"}
    for _ in range(2):
        ticket = cast.ticket_at(Stage.REGISTERED, register=NOISE | {"category": "040103"}, requester=requester)
    assert repeated("19900001111", "040103", actor=cast.actor("agent"), now=ticket.at) == 2
    assert repeated("19900001111", "010101", actor=cast.actor("agent"), now=ticket.at) == 0
    assert repeated("19900001111", "040103", actor=cast.actor("agent"), now=ticket.at + timedelta(days=31)) == 0


def test_who_does_not_call_in_confidence_does_not_find_reports_by_number(cast: Cast) -> None:
    secret = NOISE | {"category": "040103", "request_type": RequestType.REPORT, "for_unit": "举报夜间施工"}
    ticket = cast.ticket_at(Stage.HANDLING, register=secret, requester={"phone": "19900001111"})
    for who, known in (("agent", 1), ("callback_officer", 1), ("dispatcher", 0), ("reviewer", 0), ("cgj_handler", 0)):
        assert len(caller("19900001111", actor=cast.actor(who)).running) == known
        assert repeated("19900001111", "040103", actor=cast.actor(who), now=ticket.at) == known


@pytest.mark.parametrize(
    ("typed", "stored"), [("199-0000 1111", "19900001111"), ("+86 199", "+86199"), ("无", ""), ("", "")]
)
def test_it_reads_numbers_as_typed(typed: str, stored: str) -> None:
    assert digits(typed) == stored
