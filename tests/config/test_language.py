"""Chinese comes first; English only for who asked for it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("browser", "cookie", "language"),
    [
        ("en-US,en;q=0.9", None, "zh-hans"),
        ("", None, "zh-hans"),
        ("zh-CN", "en", "en"),
        ("en", "zh-hans", "zh-hans"),
        ("en", "xx", "zh-hans"),
    ],
)
def test_pages_follow_the_readers_choice_only(client: Client, browser: str, cookie: str | None, language: str) -> None:
    if cookie:
        client.cookies["django_language"] = cookie
    answer = client.get("/accounts/login/", headers={"accept-language": browser})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(("accepted", "language"), [("en", "en"), ("zh-CN,zh;q=0.9", "zh-hans"), ("fr", "zh-hans")])
def test_programs_name_their_language(client: Client, accepted: str, language: str) -> None:
    answer = client.get("/api/v1/tickets", headers={"accept-language": accepted})
    assert answer.headers["Content-Language"] == language
