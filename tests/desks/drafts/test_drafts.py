"""Half-filled forms are their writer's alone, come back for three days, and never more than a few dozen of them."""

import json
from datetime import timedelta

import pytest

from hotline.desks.drafts.commands import KEPT_FOR, MOST, forget, keep, offered, read
from hotline.desks.drafts.models import Draft
from tests.cast import Cast
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
SAID = [["phone", "13805510001"], ["content", "北门外的路灯不亮，已经一个星期。"]]


def left(client: object, key: str = "k1", **more: str) -> int:
    said = {"form": "register", "key": key, "typed": json.dumps(SAID)} | more
    return int(client.post("/drafts/", said).status_code)  # type: ignore[attr-defined]  # the test client


def test_it_is_offered_to_its_writer_and_to_nobody_else(cast: Cast) -> None:
    agent, other = signed_in(cast, "agent"), signed_in(cast, "team_leader")
    with at(OPENING):
        assert left(agent) == 204
        mine = agent.post("/drafts/offers/", {"form": "register"})
        assert "北门外的路灯不亮" in mine.content.decode()
        assert "今天 09:30" in mine.content.decode()
        assert agent.post("/drafts/offers/", {"form": "register", "but": "k1"}).status_code == 204
        assert agent.post("/drafts/offers/", {"form": "quick"}).status_code == 204
        assert other.post("/drafts/offers/", {"form": "register"}).status_code == 204
        other.post("/drafts/done/", {"key": "k1"})
        left(other, "k9")
        assert Draft.objects.exclude(typed=[]).count() == 2
        agent.post("/drafts/done/", {"key": ["k1", "", "k" * 41, "\x00"]})
    assert [draft.person_id for draft in Draft.objects.exclude(typed=[])] == [cast.user("team_leader").pk]


def test_what_was_posted_stays_done_whatever_arrives_later(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    agent.post("/drafts/done/", {"key": "k1"})
    assert left(agent, "k1") == 204
    left(agent, "k2")
    agent.post("/drafts/done/", {"key": "k2"})
    left(agent, "k2")
    assert agent.post("/drafts/offers/", {"form": "register"}).status_code == 204
    assert not Draft.objects.exclude(typed=[]).exists()


def test_the_last_words_count(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    left(agent)
    left(agent, typed='[["content","改过的"]]')
    assert [draft.typed for draft in Draft.objects.all()] == [[["content", "改过的"]]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"typed": ""},
        {"typed": "{}"},
        {"typed": '[["a"]]'},
        {"typed": '[["a", 1]]'},
        {"typed": "[" * 5000},
        {"typed": '[["a","' + "长" * 100_000 + '"]]'},
        {"typed": '[["a","\\u0000"]]'},
        {"typed": '[["a","\\ud800"]]'},
        {"form": ""},
        {"form": "f" * 81},
        {"key": ""},
        {"key": "k" * 41},
        {"key": "k\x00"},
    ],
)
def test_what_no_page_of_ours_sends_is_not_kept(cast: Cast, wrong: dict[str, str]) -> None:
    assert left(signed_in(cast, "agent"), **wrong) == 422
    assert not Draft.objects.exists()


def test_a_stranger_leaves_nothing(cast: Cast) -> None:
    assert cast.user("agent")
    from django.test import Client

    assert left(Client()) == 302
    assert not Draft.objects.exists()


def test_after_three_days_it_is_gone(cast: Cast) -> None:
    person = cast.user("agent").pk
    keep(person=person, form="register", key="k1", typed=[("content", "写到一半")], now=OPENING)
    assert forget(now=OPENING + KEPT_FOR - timedelta(seconds=1)) == 0
    assert not offered(person=person, form="register", but="", now=OPENING + KEPT_FOR)
    assert forget(now=OPENING + KEPT_FOR) == 1


def test_the_oldest_makes_room(cast: Cast) -> None:
    person = cast.user("agent").pk
    for count in range(MOST + 3):
        moment = OPENING + timedelta(minutes=count)
        keep(person=person, form="register", key=str(count), typed=[], now=moment)
    assert Draft.objects.count() == MOST
    assert not Draft.objects.filter(key__in=["0", "1", "2"]).exists()


def test_markup_that_was_typed_is_shown_as_words(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    left(agent, typed=json.dumps([["content", "<script>alert(1)</script>\"'>"]]))
    page = agent.post("/drafts/offers/", {"form": "register"}).content.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_only_pairs_of_words_are_read() -> None:
    assert read('[["a","b"],["a","c"]]') == [("a", "b"), ("a", "c")]
    assert read("null") is None
