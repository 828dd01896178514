"""Error pages say in Chinese what happened and what to do; other forms of the same answer carry its stable code."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from psycopg import errors as driver

from hotline.config.errors import PROBLEMS
from hotline.config.urls import handler403, handler404, handler500, urlpatterns

HANDLERS = (handler403, handler404, handler500)  # Django finds them in this module while it is the URL conf


def away(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view is given it
    raise OperationalError("connection refused") from driver.OperationalError("connection refused")


def busy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view is given it
    raise OperationalError("deadlock") from driver.DeadlockDetected()


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view is given it
    raise ValueError("电话 13812345678")


urlpatterns = [path("away/", away), path("api/away/", away), path("busy/", busy), path("broken/", broken), *urlpatterns]


@pytest.fixture
def client() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/away/", 503, "数据库暂时连不上"),
        ("/busy/", 503, "请立即重试一次"),
        ("/broken/", 500, "刚才的操作没有保存"),
        ("/no/such/page", 404, "没有找到这个页面"),
    ],
)
def test_a_page_in_chinese_says_what_to_do(client: Client, address: str, status: int, words: str):
    answer = client.get(address)
    page = answer.content.decode()
    assert (answer.status_code, words in page, '<html lang="zh-hans">' in page) == (status, True, True)
    assert "13812345678" not in page
    assert "<style" not in page
    assert "<script" not in page


def test_only_what_may_pass_is_to_be_tried_again(client: Client):
    assert client.get("/away/").headers["Retry-After"] == "30"
    assert "Retry-After" not in client.get("/broken/").headers


def test_a_part_of_a_page_gets_a_part(client: Client):
    answer = client.get("/away/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert 'data-code="database.away"' in answer


def test_the_api_gets_the_code(client: Client):
    answer = client.get("/api/away/")
    assert answer.status_code == 503
    (refusal,) = answer.json()["refusals"]
    assert (refusal["code"], refusal["field"]) == ("database.away", "")
    assert "一分钟后重试" in refusal["sentence"]


def test_a_form_without_its_token_is_told_to_reload():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/live-cookie/")
    assert answer.status_code == 403
    assert "页面停留过久" in answer.content.decode()


@pytest.mark.django_db
def test_the_api_asks_to_sign_in(client: Client):
    answer = client.get("/api/v1/tickets")
    assert (answer.status_code, answer.json()["refusals"][0]["code"]) == (401, "access.not_signed_in")


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_has_english_words_too(code: str):
    from django.utils import translation

    found = PROBLEMS[code]
    with translation.override("en"):
        words = [translation.gettext(found.title), translation.gettext(found.advice)]
    assert all(word.isascii() for word in words), "run `make messages`"
