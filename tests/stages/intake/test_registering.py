"""Registering by the page: straight to the one unit, an emergency in seconds, a confidential report with its brief."""

from datetime import timedelta

import pytest
from django.test import Client

from hotline.rules import acts
from hotline.rules.vocabulary import Flag, RequestType, Stage, UnitCode
from hotline.stages.intake.models import SameCall
from hotline.tickets.models import Disclosure, Ticket
from hotline.tickets.query_codes import fits
from tests.cast import REQUESTER, Cast
from tests.visits import at, signed_in
from tests.walks import OPENING, STEP

pytestmark = pytest.mark.django_db

METRO, WATER, NUISANCE_STALLS = "010209", "010215", "010202"
FILLED = {
    "channel": "DH",
    "request_type": "complaint",
    "urgency": "ordinary",
    "title": "地铁站口电梯停运",
    "content": "三孝口站二号口的扶梯停了两天，老人上下不便。",
    "region": "340103",
    "category": METRO,
    "group_size": "1",
    "contactable": "on",
    "phone": REQUESTER["phone"],
    "name": REQUESTER["name"],
    "then": "send",
}


def posted(client: Client, *, to: str = "/intake/new/", when: timedelta = timedelta(0), **changes: str):
    with at(OPENING + when):
        return client.post(to, {**FILLED, "token": f"t{when.seconds}", **changes})


def latest() -> Ticket:
    return Ticket.objects.latest("id")


def test_what_the_directory_names_alone_goes_straight_to_the_unit(cast: Cast) -> None:
    assert posted(signed_in(cast, "agent"), then="dispatch").status_code == 302
    assert (latest().stage, latest().lead_unit) == (Stage.PENDING_SIGN, "GDJT")
    (line,) = latest().entries.get(name="dispatch.sent").payload["followed"]
    assert line.startswith(METRO[:4]), "the line of the directory that was followed"


@pytest.mark.parametrize(("region", "status"), [("340103", 302), ("340124", 422)])
def test_water_is_the_citys_company_in_the_city_only(cast: Cast, region: str, status: int) -> None:
    answer = posted(signed_in(cast, "agent"), then="dispatch", category=WATER, region=region, lead_unit="GSJT")
    assert answer.status_code == status
    assert Ticket.objects.count() == (1 if status == 302 else 0)


@pytest.mark.parametrize("lead", ["CGJ", ""])
def test_what_it_does_not_name_is_for_the_dispatcher(cast: Cast, lead: str) -> None:
    answer = posted(signed_in(cast, "agent"), then="dispatch", category=NUISANCE_STALLS, lead_unit=lead)
    assert answer.status_code == 422
    assert ("转派调度" if lead else "主办单位") in answer.content.decode()
    assert FILLED["content"] in answer.content.decode()
    assert not Ticket.objects.exists()
    assert (
        posted(signed_in(cast, "dispatcher"), then="dispatch", category=NUISANCE_STALLS, lead_unit="CGJ").status_code
        == 302
    )


def test_beside_the_form_stands_the_unit_that_will_be_accepted(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    with at(OPENING):
        said = agent.post("/intake/suggest/", {"category": METRO, "region": "340103", "title": "电梯"}).content.decode()
        silent = agent.post(
            "/intake/suggest/", {"category": NUISANCE_STALLS, "region": "340103", "title": "摊贩"}
        ).content.decode()
        local = agent.post("/intake/suggest/", {"category": "060403", "title": "选举"}).content.decode()
    assert 'data-value="GDJT"' in said
    assert "派单目录确定的主办单位" in said
    assert "依目录第" in said
    assert "退单风险低" in said
    assert "派单目录" not in silent
    assert "选好所在区划" in local


def test_an_emergency_needs_no_title(cast: Cast) -> None:
    answer = posted(
        signed_in(cast, "agent"),
        then="emergency",
        line="119",
        title="",
        content="",
        request_type="",
        category="",
        note="有明火",
    )
    assert answer.status_code == 302
    assert (latest().stage, latest().title) == (Stage.TRANSFERRED, "紧急转接 119")


def test_a_decline_is_proposed_with_its_channel_named(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    missing = posted(agent, then="decline", reason="litigation")
    assert missing.status_code == 422
    told = {"reason": "litigation", "legal_channel": "向人民法院起诉", "explanation": "已经起诉，由法院审理。"}
    assert posted(agent, then="decline", **told).status_code == 302
    assert list(latest().proposals) == ["decline"]


def test_the_query_code_is_told_once_and_kept_as_a_digest(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    answer = posted(agent)
    with at(OPENING):
        first = agent.get(answer.headers["Location"]).content.decode()
        again = agent.get(answer.headers["Location"]).content.decode()
    code = first.split("查询码 ")[1][:6]
    assert code.isdecimal()
    assert "查询码" not in again
    ticket = latest()
    assert code not in ticket.query_code
    assert fits(ticket.number, ticket.query_code, code)
    assert not fits(ticket.number, ticket.query_code, f"{(int(code) + 1) % 1_000_000:06d}")


def test_a_report_is_registered_without_a_brief_and_not_sent_out(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    held = posted(agent, then="dispatch", request_type="report")
    assert held.status_code == 422
    assert "交办内容" in held.content.decode()
    assert posted(agent, then="send", request_type="report").status_code == 302
    ticket = latest()
    assert (ticket.stage, ticket.flags, ticket.briefed) == (Stage.PENDING_DISPATCH, [Flag.CONFIDENTIAL], False)


@pytest.mark.parametrize("field", ["title", "place", "for_unit", "involved_party"])
@pytest.mark.parametrize("named", ["张建军", "张 建 军", "１３８ ００００ ００００", "138-0000-0000"])
def test_who_reports_is_not_named_where_units_read(cast: Cast, field: str, named: str) -> None:
    answer = posted(signed_in(cast, "agent"), **{"request_type": "report", field: f"某处{named}附近"})
    assert answer.status_code == 422
    assert "诉求人的姓名或者电话" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_the_reporters_own_words_and_ordinary_tickets_may_name_them(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    assert posted(agent, request_type="report", content="我是张建军，电话13800000000，举报占道。").status_code == 302
    assert posted(agent, title="张建军反映电梯停运", when=STEP).status_code == 302


def test_later_words_for_units_are_looked_at_too(cast: Cast) -> None:
    ticket = cast.ticket_at(
        Stage.PENDING_DISPATCH, register={"request_type": RequestType.REPORT, "for_unit": "请核查占道经营"}
    )
    named = {"act": "write_brief", "field": "for_unit"}
    brief = cast.tried(ticket, "agent", acts.WriteBrief(for_unit="诉求人张建军反映占道"))
    assert [(r.code, r.field, dict(r.params)) for r in brief.refusals] == [
        ("confidential.names_requester", "for_unit", named)
    ]
    note = acts.Dispatch(lead_unit=UnitCode("CGJ"), note="请联系 138 0000 0000")
    assert [r.field for r in cast.tried(ticket, "dispatcher", note).refusals] == ["note"]
    assert cast.tried(ticket, "agent", acts.AddFacts(facts="张建军补充：晚上更多")).ok


def test_a_unit_that_guesses_learns_nothing(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"request_type": RequestType.REPORT, "for_unit": "请核查占道经营"})
    guess = acts.RecordProgress(note="举报人应该是张建军")
    assert cast.tried(ticket, "cgj_handler", guess).ok


def test_another_matter_of_the_same_call_keeps_who_calls(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    posted(agent)
    first = latest().number
    with at(OPENING + STEP):
        page = agent.get(f"/tickets/{first}/").content.decode()
        form = agent.get(f"/intake/next/{first}/").content.decode()
    assert f'href="/intake/next/{first}/"' in page
    assert f'value="{REQUESTER["phone"]}"' in form
    assert f'value="{REQUESTER["name"]}"' in form
    assert FILLED["title"] not in form
    assert posted(agent, to=f"/intake/next/{first}/", title="公交站牌倒了", when=2 * STEP).status_code == 302
    second = latest().number
    posted(agent, to=f"/intake/next/{second}/", title="路面塌陷", when=3 * STEP)
    third = latest().number
    assert set(SameCall.objects.values_list("first", flat=True)) == {first}
    for number in (first, second, third):
        with at(OPENING + 4 * STEP):
            shown = agent.get(f"/tickets/{number}/").content.decode()
        strip = shown.split('class="call-strip"')[1].split("</aside>")[0]
        assert [other for other in (first, second, third) if f">{other}</a>" in strip] == [
            other for other in (first, second, third) if other != number
        ]
    assert Disclosure.objects.filter(reason="next matter of the call").count() == 1


def test_a_unit_is_not_told_of_the_callers_other_matters(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    posted(agent, then="dispatch")
    first = latest().number
    posted(agent, to=f"/intake/next/{first}/", title="公交站牌倒了", when=STEP)
    other = latest().number
    dispatcher = cast.actor("dispatcher")
    reassign = acts.Reassign(lead_unit=UnitCode("CGJ"), reason="错派")
    from hotline.tickets.commands import perform

    assert perform(number=first, act=reassign, actor=dispatcher, now=OPENING + 3 * STEP).ok
    with at(OPENING + 4 * STEP):
        page = signed_in(cast, "cgj_handler").get(f"/tickets/{first}/")
    assert page.status_code == 200
    assert other not in page.content.decode()


@pytest.mark.parametrize(("who", "after"), [("team_leader", STEP), ("agent", timedelta(hours=3))])
def test_a_call_goes_on_only_for_its_agent_and_for_two_hours(cast: Cast, who: str, after: timedelta) -> None:
    posted(signed_in(cast, "agent"))
    number = latest().number
    person = signed_in(cast, who)
    with at(OPENING + after):
        answer = person.get(f"/intake/next/{number}/", follow=True)
    assert answer.redirect_chain == [("/intake/new/", 302)]
    assert REQUESTER["phone"] not in answer.content.decode()
    assert "两小时内" in answer.content.decode()


def test_a_superiors_number_and_date_are_kept(cast: Cast) -> None:
    from hotline.tickets.models import TicketText

    due = {"channel": "SJ", "superior_no": "皖热线〔2026〕12号", "superior_due_at": "2026-03-19T17:00"}
    assert posted(signed_in(cast, "agent"), **due).status_code == 302
    assert latest().superior_due_at is not None
    assert TicketText.objects.get(field="superior_no").body == "皖热线〔2026〕12号"


@pytest.mark.parametrize("kind", ["help", "complaint", "report", "consultation", "suggestion"])
def test_what_must_be_filled_follows_the_type(cast: Cast, kind: str) -> None:
    agent = signed_in(cast, "agent")
    nowhere = posted(agent, request_type=kind, region="", place="")
    assert nowhere.status_code == (302 if kind in {"consultation", "suggestion"} else 422)
    assert posted(agent, request_type=kind, region="", place="站前路口", when=STEP).status_code == 302
