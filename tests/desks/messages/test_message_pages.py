"""What citizens are told: listed on the ticket without number or words, worded by the office, sent again by who may."""

import pytest
from django.test import Client

from hotline.oversight.messaging.models import CitizenMessage, CitizenWording, QuietSetting
from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.rules.vocabulary import OFFICE_ROLES, Stage
from tests.cast import PEOPLE, REQUESTER, Cast, Ticket
from tests.oversight.messaging.working import react
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
OUTSIDE = sorted(p.username for p in PEOPLE if p.role not in OFFICE_ROLES)
WORDS = {
    "on": "on", "zh": "【{hotline}】您反映的“{title}”收到了，编号{number}。",
    "en": "", "secret_zh": "", "secret_en": "", "starts_on": "2026-03-18",
}  # fmt: skip


def told_ticket(cast: Cast) -> Ticket:
    ticket = cast.ticket_at(Stage.HANDLING)
    react(ticket.at)
    return ticket


def get(client: Client, address: str) -> str:
    with at(OPENING):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_ticket_lists_kind_moment_and_state(cast: Cast):
    ticket = told_ticket(cast)
    for who in ("agent", "cgj_handler"):
        html = get(signed_in(cast, who), f"/tickets/{ticket.number}/told/")
        assert "<b>已受理</b>" in html
        assert "<b>已转交</b>" in html
        assert REQUESTER["phone"] not in html
        assert latin(html) == set()
    assert "告知与值班" in get(signed_in(cast, "agent"), f"/tickets/{ticket.number}/")


def test_nobody_reads_of_a_ticket_out_of_sight(cast: Cast):
    ticket = told_ticket(cast)
    for who in ("sthj_handler", "system_admin"):
        with at(ticket.at):
            assert signed_in(cast, who).get(f"/tickets/{ticket.number}/told/").status_code == 404
            assert signed_in(cast, who).post(f"/tickets/{ticket.number}/told/wish/").status_code == 404


def test_a_failed_message_is_sent_again_from_the_ticket(cast: Cast):
    ticket = told_ticket(cast)
    OutgoingMessage.objects.filter(key__contains="/told/").update(state=State.FAILED, reason="timeout")
    row = CitizenMessage.objects.order_by("pk")[0]
    officer, reviewer = signed_in(cast, "callback_officer"), signed_in(cast, "reviewer")
    html = get(officer, f"/tickets/{ticket.number}/told/")
    assert "对方迟迟没有应答，请检查对方系统后重发" in html
    assert "重发" not in get(reviewer, f"/tickets/{ticket.number}/told/").replace("后重发", "")
    assert "有 2 条没有发出去" in get(officer, "/citizen-messages/")
    with at(ticket.at):
        address = f"/tickets/{ticket.number}/told/{row.pk}/resend/"
        assert reviewer.post(address).status_code == 403
        assert officer.post(address).status_code == 302
        assert officer.post(f"/tickets/{ticket.number}/told/999/resend/", follow=True).status_code == 200
    assert OutgoingMessage.objects.get(pk=row.message_id).state == State.WAITING


def test_a_wish_for_silence_is_noted_and_taken_back(cast: Cast):
    ticket = told_ticket(cast)
    agent, address = signed_in(cast, "agent"), f"/tickets/{ticket.number}/told/"
    with at(ticket.at):
        agent.post(f"{address}wish/", {"wants": "no"})
        assert "诉求人要求不发短信。" in get(agent, address)
        agent.post(f"{address}wish/", {"wants": "yes"})
    assert "诉求人要求不发短信。" not in get(agent, address)


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_words_are_the_offices(cast: Cast, who: str):
    with at(OPENING):
        assert signed_in(cast, who).get("/citizen-messages/").status_code == 403
        assert signed_in(cast, who).post("/citizen-messages/received/", WORDS).status_code == 403


def test_the_office_reads_and_leaders_write(cast: Cast):
    agent, leader = signed_in(cast, "agent"), signed_in(cast, "team_leader")
    html = get(agent, "/citizen-messages/")
    assert "已经受理，编号{number}" in html
    assert latin(html) - {"hotline", "title", "tail", "number", "unit", "due", "day", "answer"} == set()
    assert "由热线办的值班长和督办员修改" in get(agent, "/citizen-messages/received/")
    with at(OPENING):
        assert agent.post("/citizen-messages/received/", WORDS).status_code == 403
        assert agent.post("/citizen-messages/quiet/", {"begins": "22:00", "ends": "07:00"}).status_code == 403
        assert leader.post("/citizen-messages/received/", WORDS).status_code == 302
        assert leader.post("/citizen-messages/quiet/", {"begins": "22:00", "ends": "07:00"}).status_code == 302
        assert leader.post("/citizen-messages/quiet/", {"begins": "晚上", "ends": ""}).status_code == 422
    assert CitizenWording.objects.get().zh == WORDS["zh"]
    assert "22:00 至 07:00 不发短信" in get(agent, "/citizen-messages/")
    assert QuietSetting.objects.count() == 1
    assert "已经受理，编号{number}" in get(agent, "/citizen-messages/")  # the new words begin tomorrow
    assert "收到了，编号" in get(agent, "/citizen-messages/received/")


def test_an_example_is_shown_before_anything_is_kept(cast: Cast):
    with at(OPENING):
        answer = signed_in(cast, "supervisor").post("/citizen-messages/received/", WORDS | {"look": "yes"})
    assert "您反映的“小区门口占道经营”收到了，编号34010320260317DH000007。" in answer.content.decode()
    assert not CitizenWording.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"zh": "您的诉求已派单"}, "“派单”是内部用语"),
        ({"zh": "{phone}"}, "这里不能用{phone}"),
        ({"zh": "{"}, "花括号没有成对"),
        ({"zh": ""}, "请填中文内容，或者改为不发这种短信。"),
        ({"secret_zh": "{title}"}, "这里不能用{title}"),
        ({"starts_on": "2026-03-01"}, "启用日期不能早于今天"),
        ({"starts_on": ""}, "请填写启用日期。"),
    ],
)
def test_words_that_would_not_do_are_refused_beside_their_field(cast: Cast, change: dict[str, str], said: str):
    with at(OPENING):
        answer = signed_in(cast, "supervisor").post("/citizen-messages/received/", WORDS | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not CitizenWording.objects.exists()


def test_there_is_no_other_kind(cast: Cast):
    with at(OPENING):
        assert signed_in(cast, "supervisor").get("/citizen-messages/advertising/").status_code == 404


def test_the_api_says_the_same(cast: Cast):
    ticket = told_ticket(cast)
    OutgoingMessage.objects.filter(key__contains="/told/").update(state=State.FAILED, reason="timeout")
    officer, handler = signed_in(cast, "callback_officer"), signed_in(cast, "cgj_handler")
    address = f"/api/v1/tickets/{ticket.number}/messages"
    with at(ticket.at):
        body = handler.get(address).json()
        assert [(m["kind"], m["state"]) for m in body["messages"]] == [("handed", "failed"), ("received", "failed")]
        assert REQUESTER["phone"] not in handler.get(address).content.decode()
        again = f"{address}/{body['messages'][0]['id']}/resend"
        assert handler.post(again, {}, "application/json").status_code == 403
        assert officer.post(again, {}, "application/json").status_code == 200
        assert officer.post(again, {}, "application/json").status_code == 409
        assert signed_in(cast, "sthj_handler").get(address).status_code == 404
        assert officer.post(f"{address}/999999/resend", {}, "application/json").status_code == 404
