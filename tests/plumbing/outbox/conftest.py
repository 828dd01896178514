"""Where messages of these tests go: a gateway, a mail server or a folder of this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.plumbing.outbox.gateway import KEY, Gateway, MailServer, gateway_running, mail_server_running


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    with gateway_running() as running:
        settings.MESSAGE_WAYS = {**settings.MESSAGE_WAYS, "sms": {"by": "gateway", "url": running.url, "key": KEY}}
        yield running


@pytest.fixture
def webhook(settings: Settings) -> Iterator[Gateway]:
    with gateway_running() as running:
        way = {"by": "webhook", "key": KEY, "networks": ("127.0.0.0/8",)}
        settings.MESSAGE_WAYS = {**settings.MESSAGE_WAYS, "webhook": way}
        yield running


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    with mail_server_running() as running:
        way = {
            "by": "smtp",
            "host": "127.0.0.1",
            "port": running.port,
            "user": "",
            "password": "",
            "starttls": False,
            "ssl": False,
            "sender": "12345@example.gov.cn",
        }
        settings.MESSAGE_WAYS = {**settings.MESSAGE_WAYS, "email": way}
        yield running


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    place = tmp_path / "messages"
    way = {"by": "file", "folder": place}
    settings.MESSAGE_WAYS = {"email": way, "sms": way, "webhook": way}
    return place
