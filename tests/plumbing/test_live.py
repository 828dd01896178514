"""Live updates travel with the transaction and never carry what could be a citizen's."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from psycopg import sql

from hotline.plumbing import live


@pytest.fixture
def heard(transactional_db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """A second connection that listens."""
    del transactional_db  # only asked for, so that a commit is a commit
    params = connection.get_connection_params()
    wanted = {key: params[key] for key in ("host", "port", "user", "password", "dbname") if params.get(key)}
    with psycopg.connect(**wanted, autocommit=True) as listener:
        listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(settings.LIVE_CHANNEL)))
        yield listener


def messages(listener: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    return [note.payload for note in listener.notifies(timeout=0.3)]


def test_it_is_told_when_the_act_is_committed(heard: "psycopg.Connection[tuple[object, ...]]"):
    with transaction.atomic():
        live.notify("unit:340104", {"waiting": 3})
        assert messages(heard) == []
    assert messages(heard) == ['{"data":{"waiting":3},"topic":"unit:340104"}']


def test_nothing_is_told_of_an_act_rolled_back(heard: "psycopg.Connection[tuple[object, ...]]"):
    with pytest.raises(RuntimeError), transaction.atomic():
        live.notify("unit:340104", {"waiting": 3})
        raise RuntimeError
    assert messages(heard) == []


def test_the_same_news_goes_to_several_topics(heard: "psycopg.Connection[tuple[object, ...]]"):
    live.notify_all(["unit:1", "office:all"], {"stage": "handling"})
    live.notify_all([], {"stage": "handling"})
    assert len(messages(heard)) == 2


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("unit 340104", {}),
        ("张三:1", {}),
        ("unit:1", {"who": "张三"}),
        ("unit:1", {"phone": "13812345678"}),
        ("unit:1", {"phone": 13812345678}),
        ("unit:1", {"text": "a sentence of somebody"}),
        ("unit:1", {"bad name": 1}),
        ("unit:1", {"nested": {"a": 1}}),
        ("unit:1", {f"n{i}": "x" * 40 for i in range(40)}),
    ],
)
def test_it_refuses_whatever_could_be_personal(topic: str, payload: dict[str, live.Value]):
    with pytest.raises(ValueError, match=r"topic|carry|too long"):
        live.packed(topic, payload)


def test_a_pass_opens_what_it_was_signed_for_and_nothing_else(monkeypatch: pytest.MonkeyPatch):
    signed = live.signed_pass(12, ["user:12", "unit:340104"])
    assert live.open_pass(signed) == live.Pass(12, frozenset({"user:12", "unit:340104"}))
    assert live.open_pass(signed[:-2] + "xx") is None
    assert live.open_pass("") is None
    monkeypatch.setattr(live, "VALID_SECONDS", -1)
    assert live.open_pass(signed) is None


@pytest.mark.django_db
def test_the_pass_is_given_to_signed_in_people_in_a_cookie_no_script_can_read():
    from hotline.registry.people.models import User

    client = Client()
    assert client.post("/live-cookie/").status_code == 302
    client.force_login(User.objects.create_user("agent", full_name="话务员"))
    assert client.get("/live-cookie/").status_code == 405
    answer = client.post("/live-cookie/")
    cookie = answer.cookies[live.COOKIE]
    assert answer.status_code == 204
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/live/", True, "Strict")
    opened = live.open_pass(cookie.value)
    assert opened is not None
    assert any(topic.startswith("user:") for topic in opened.topics)


@pytest.mark.django_db
def test_sources_say_what_more_a_person_may_hear(monkeypatch: pytest.MonkeyPatch):
    from hotline.registry.people.models import User

    monkeypatch.setattr(live, "TOPIC_SOURCES", [lambda _, wishes: [f"ticket:{wishes['ticket']}", "not a topic"]])
    person = User.objects.create_user("agent", full_name="话务员")
    assert live.topics_for(person, {"ticket": "T1"}) == {f"user:{person.pk}", "ticket:T1"}
