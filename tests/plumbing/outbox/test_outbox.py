"""A message leaves with the act that causes it, once, and what stays behind tells nobody whom it went to."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from hotline.plumbing.outbox.commands import cancel, cancel_key, queue, resend
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.plumbing.outbox.queries import message_lines, open_counts, state_of
from hotline.plumbing.outbox.sending import FAILED_KEPT, PATIENCE, attempt, clear_old, remove_old, take_up
from tests.plumbing.outbox.gateway import Gateway, MailServer

pytestmark = pytest.mark.django_db
PHONE = "13855501234"


def put(now: datetime, *, key: str = "T1/received", channel: str = "sms", to: str = PHONE, wait: int = 0) -> int:
    with transaction.atomic():
        return queue(
            channel=channel,
            to=to,
            subject="您的诉求\n已受理",
            body="您反映的事项已受理。",
            about="T1",
            key=key,
            not_before=now + timedelta(minutes=wait) if wait else None,
            now=now,
        )


def row(number: int) -> OutgoingMessage:
    return OutgoingMessage.objects.get(pk=number)


@pytest.mark.django_db(transaction=True)
def test_a_message_is_queued_inside_a_transaction_only(now: datetime):
    with pytest.raises(RuntimeError, match="transaction"):
        queue(channel="sms", to=PHONE, subject="", body="x", about="T1", key="k", not_before=None, now=now)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(now)
        _ = 1 / 0
    assert (OutgoingMessage.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_a_second_message_of_the_same_key_is_never_made(now: datetime):
    assert put(now) == put(now + timedelta(hours=1))
    assert put(now, key="T1/answered") != put(now)
    assert ProcrastinateJob.objects.filter(task_name="send_message").count() == 2


@pytest.mark.parametrize("given", [{"channel": "fax"}, {"to": " "}, {"key": ""}])
def test_what_could_never_be_sent_is_not_queued(now: datetime, given: dict[str, str]):
    with pytest.raises(ValueError, match="known channel"):
        put(now, **given)  # type: ignore[arg-type]  # one of three texts


def test_it_waits_for_its_time(now: datetime, folder: Path):
    number = put(now, wait=30)
    (job,) = ProcrastinateJob.objects.all()
    assert job.scheduled_at == now + timedelta(minutes=30)
    attempt(number, now=now)
    assert row(number).state == "waiting"
    assert not folder.exists()
    attempt(number, now=now + timedelta(minutes=30))
    assert row(number).state == "sent"


def test_without_a_gateway_messages_go_into_a_file(now: datetime, folder: Path):
    attempt(put(now), now=now)
    (written,) = folder.iterdir()
    assert written.stat().st_mode & 0o777 == 0o600
    said = json.loads(written.read_text())
    assert (said["to"], said["about"], said["body"]) == (PHONE, "T1", "您反映的事项已受理。")


def test_a_gateway_can_verify_that_the_message_is_ours(now: datetime, gateway: Gateway):
    number = put(now)
    attempt(number, now=now)
    (taken,) = gateway.taken.values()
    assert taken == {"to": PHONE, "text": "您反映的事项已受理。", "about": "T1"}
    (call,) = gateway.calls
    assert (call["path"], call["stamp"]) == ("/sms?city=hefei", int(now.timestamp()))
    assert row(number).state == "sent"


def test_a_gateway_that_sees_another_key_refuses_and_the_message_fails(
    now: datetime, gateway: Gateway, settings: Settings
):
    settings.MESSAGE_WAYS["sms"]["key"] = "not the key of the gateway, but long"
    number = put(now)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason, row(number).error) == ("failed", "refused", "401")
    assert not gateway.taken


def test_a_gateway_in_trouble_is_asked_again_with_growing_patience_and_one_key(now: datetime, gateway: Gateway):
    gateway.answers = [500, 503, 429]
    number, at = put(now), now
    for waited in PATIENCE[:3]:
        attempt(number, now=at)
        assert (row(number).state, row(number).reason) == ("waiting", "refused")
        assert row(number).not_before == at + waited
        attempt(number, now=at)  # too early: nothing is sent
        at += waited
    attempt(number, now=at)
    assert row(number).state == "sent"
    assert len(gateway.calls) == 4
    assert len({call["key"] for call in gateway.calls}) == 1


def test_after_the_last_attempt_it_fails_and_can_be_sent_again(now: datetime, gateway: Gateway):
    gateway.answers = [500] * (len(PATIENCE) + 1)
    number, at = put(now), now
    for _ in gateway.answers.copy():
        attempt(number, now=at)
        at += PATIENCE[-1]
    assert (row(number).state, open_counts()) == ("failed", {"waiting": 0, "sending": 0, "failed": 1})
    assert resend(message_id=number, now=at) is None
    attempt(number, now=at)
    assert (row(number).state, next(iter(gateway.taken.values()))["to"]) == ("sent", PHONE)


def test_a_gateway_that_is_away_is_unreachable(now: datetime, settings: Settings):
    settings.MESSAGE_WAYS = {"sms": {"by": "gateway", "url": "http://127.0.0.1:1/", "key": "k" * 40}}
    number = put(now)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason) == ("waiting", "unreachable")


def test_a_gateway_that_never_answers_times_out(now: datetime, gateway: Gateway, monkeypatch: pytest.MonkeyPatch):
    import threading

    monkeypatch.setattr("hotline.plumbing.outbox.gateways.SECONDS", 0.2)
    gateway.hold = threading.Event()
    number = put(now)
    attempt(number, now=now)
    gateway.hold.set()
    assert (row(number).state, row(number).reason) == ("waiting", "timeout")


def test_redirects_are_not_followed(now: datetime, gateway: Gateway):
    gateway.answers = [307]
    number = put(now)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason, row(number).error) == ("failed", "redirected", "307")


def test_a_webhook_is_signed_alike(now: datetime, webhook: Gateway):
    number = put(now, channel="webhook", to=f"http://127.0.0.1:{webhook.port}/in")
    attempt(number, now=now)
    assert row(number).state == "sent"
    assert next(iter(webhook.taken.values()))["about"] == "T1"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/in", "http://localhost:{port}/in", "http://[::ffff:127.0.0.1]:{port}/in"]
)
def test_a_webhook_reaches_inside_only_where_the_operator_allows_it(
    now: datetime, webhook: Gateway, settings: Settings, address: str
):
    settings.MESSAGE_WAYS["webhook"]["networks"] = ("10.2.0.0/16",)
    number = put(now, channel="webhook", to=address.format(port=webhook.port))
    attempt(number, now=now)
    assert (row(number).state, row(number).reason) == ("failed", "inside_network")
    assert not webhook.calls


@pytest.mark.parametrize("address", ["ftp://example.org/x", "file:///etc/passwd", "no address", "http://"])
def test_a_webhook_that_is_no_web_address_fails(now: datetime, webhook: Gateway, address: str):
    number = put(now, channel="webhook", to=address)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason) == ("failed", "bad_address")
    assert not webhook.calls


def test_mail_goes_by_smtp_with_an_identity_that_stays(now: datetime, mail_server: MailServer):
    number = put(now, channel="email", to="zhang@example.cn")
    attempt(number, now=now)
    (mail,) = mail_server.mails
    assert (mail["To"], mail["From"], mail["Auto-Submitted"]) == (
        "zhang@example.cn",
        "12345@example.gov.cn",
        "auto-generated",
    )
    assert mail["Message-ID"].endswith("@example.gov.cn>")
    assert mail.get_payload(decode=True).decode().strip() == "您反映的事项已受理。"  # type: ignore[union-attr]  # one part
    assert row(number).state == "sent"


@pytest.mark.parametrize(("said", "state"), [("550 nobody here", "failed"), ("450 later", "waiting")])
def test_a_mail_server_that_refuses_the_address(now: datetime, mail_server: MailServer, said: str, state: str):
    mail_server.refuse = said
    number = put(now, channel="email", to="zhang@example.cn")
    attempt(number, now=now)
    assert (row(number).state, row(number).reason, row(number).error) == (state, "address_refused", said[:3])


@pytest.mark.usefixtures("folder")
def test_a_fault_of_our_own_is_kept_without_personal_data(now: datetime, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise KeyError(PHONE)

    monkeypatch.setattr("hotline.plumbing.outbox.senders.BY", {"file": broken})
    number = put(now)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason, row(number).error) == ("waiting", "fault", "KeyError")


@pytest.mark.usefixtures("folder")
def test_address_and_words_are_cleared_once_it_is_sent(now: datetime):
    number = put(now)
    attempt(number, now=now)
    assert (row(number).to, row(number).subject, row(number).body) == ("", "", "")
    assert put(now) == number  # and yet a second is not made


@pytest.mark.usefixtures("folder")
def test_they_are_kept_for_as_long_as_the_operator_says(now: datetime, settings: Settings):
    settings.MESSAGE_KEEP_DAYS = 3
    number = put(now)
    attempt(number, now=now)
    assert (clear_old(now=now + timedelta(days=2)), row(number).to) == (0, PHONE)
    assert (clear_old(now=now + timedelta(days=3)), row(number).to) == (1, "")


@pytest.mark.usefixtures("folder")
def test_its_row_is_removed_long_after_unless_it_is_still_under_way(now: datetime, settings: Settings):
    settings.MESSAGE_ROW_DAYS = 90
    sent, cancelled, waiting = put(now), put(now, key="T1/2"), put(now, key="T1/3", wait=60)
    attempt(sent, now=now)
    cancel(message_id=cancelled, now=now)
    assert remove_old(now=now + timedelta(days=89)) == 0
    assert remove_old(now=now + timedelta(days=90)) == 2
    assert [line.id for line in message_lines()] == [waiting]
    assert remove_old(now=now + timedelta(days=900)) == 0


def test_a_failed_one_keeps_its_address_for_a_month_and_is_then_past_resending(now: datetime, gateway: Gateway):
    gateway.answers = [400]
    number = put(now)
    attempt(number, now=now)
    assert row(number).to == PHONE
    clear_old(now=now + FAILED_KEPT)
    refusal = resend(message_id=number, now=now)
    assert (row(number).to, refusal and refusal.code) == ("", "outbox.address_cleared")


def test_a_message_may_be_cancelled_until_it_has_left(now: datetime, folder: Path):
    first, second = put(now, wait=10), put(now, key="T1/2")
    assert cancel(message_id=first, now=now) is None
    attempt(first, now=now + timedelta(minutes=10))
    assert (row(first).state, row(first).to, folder.exists()) == ("cancelled", "", False)
    attempt(second, now=now)
    refused = cancel(message_id=second, now=now)
    assert refused is not None
    assert refused.code == "outbox.not_cancellable"
    unknown = cancel(message_id=10**9, now=now)
    assert unknown is not None
    assert unknown.code == "outbox.no_such_message"


def test_whoever_queued_it_may_take_it_back_by_its_key(now: datetime):
    put(now, wait=10)
    assert (cancel_key(key="T1/received", now=now), state_of("T1/received")) == (True, "cancelled")
    assert (cancel_key(key="T1/received", now=now), state_of("other")) == (False, "")


def test_only_a_failed_one_is_sent_again(now: datetime):
    refused = resend(message_id=put(now), now=now)
    assert refused is not None
    assert refused.code == "outbox.not_resendable"


def test_one_whose_job_was_lost_is_looked_at_again_once(now: datetime):
    number = put(now)
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert take_up(now=now + timedelta(minutes=14)) == 0
    assert take_up(now=now + timedelta(minutes=20)) == 1
    assert take_up(now=now + timedelta(minutes=30)) == 1
    (job,) = ProcrastinateJob.objects.all()
    assert job.args == {"message_id": number}


def test_a_message_that_kills_its_workers_is_given_up(now: datetime, folder: Path):
    number = put(now)
    OutgoingMessage.objects.filter(pk=number).update(state="sending", attempts=len(PATIENCE) + 1, started_at=now)
    attempt(number, now=now)
    assert (row(number).state, row(number).reason, folder.exists()) == ("failed", "interrupted", False)


def test_an_administrator_sees_neither_address_nor_words(now: datetime):
    put(now)
    (line,) = message_lines()
    assert line.kept
    assert PHONE not in repr(line)
    assert "受理" not in repr(line)
    assert [m.id for m in message_lines(state="waiting", before=line.id)] == []
