"""The dispatch form offers units with reasons: what the directory names is filled in, one button accepts another."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.registry.units.models import Unit
from hotline.registry.units.rule_models import DirectoryRule
from hotline.rules import acts
from hotline.rules.suggesting import Source
from hotline.rules.vocabulary import CategoryCode, Stage, UnitCode
from hotline.stages.dispatch.commands import give_tasks
from hotline.stages.dispatch.queries import suggestions
from hotline.tickets.access import look_at
from hotline.tickets.dispatched_before import dispatched_before
from hotline.tickets.happening import events_of
from hotline.tickets.models import LedgerEntry
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.many import many_tickets
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
MOST = 10
Limit = Callable[[int], AbstractContextManager[object]]
CGJ, STHJ = UnitCode("CGJ"), UnitCode("STHJ")
DAY = timedelta(days=1)


def form(cast: Cast, ticket: Ticket, *, who: str = "dispatcher", lang: str = "zh-hans") -> str:
    with at(ticket.at + timedelta(minutes=5)):
        answer = signed_in(cast, who, lang=lang).get(f"/dispatch/dispatch/{ticket.number}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def sent(ticket: Ticket) -> LedgerEntry:
    return LedgerEntry.objects.get(ticket__number=ticket.number, name="dispatch.sent")


def offered(cast: Cast, ticket: Ticket) -> dict[str, tuple[Source, ...]]:
    moment = ticket.at + timedelta(minutes=5)
    actor = cast.actor("dispatcher")
    opened = look_at(ticket.number, actor=actor)
    book = rulebook(now=moment, profile=opened.state.profile)
    found = suggestions(opened, book=book, actor=actor, now=moment)
    return {one.unit: one.sources for one in found}


def test_whom_the_directory_names_is_filled_in_and_its_line_is_noted(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    found = offered(cast, ticket)
    lead = next(unit for unit, sources in found.items() if sources[0] is Source.DIRECTORY)
    page = form(cast, ticket)
    assert "建议的主办单位" in page
    assert "依目录第" in page
    assert "退单风险低" in page
    with at(ticket.at + timedelta(minutes=6)):
        answer = signed_in(cast, "dispatcher").post(
            f"/dispatch/dispatch/{ticket.number}/", {"lead_unit": lead, "version": cast.seen(ticket).state.version}
        )
    assert answer.status_code == 302
    payload = sent(ticket).payload
    assert payload["lead_unit"] == lead
    (line,) = payload["followed"]
    rule, _, version = line.partition("@")
    assert DirectoryRule.objects.filter(number=rule, version=int(version)).exists()


def test_one_button_accepts_a_suggestion_in_place_of_the_field(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    with at(ticket.at + timedelta(minutes=6)):
        answer = signed_in(cast, "dispatcher").post(
            f"/dispatch/dispatch/{ticket.number}/", {"lead_unit": "CGJ", "accept": "STHJ"}
        )
    assert answer.status_code == 302
    assert cast.seen(ticket).state.lead_unit == STHJ


def test_a_unit_that_the_directory_does_not_name_leaves_no_line(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    other = next(unit for unit in ("SFB", "JTJ", "GAJ") if unit not in offered(cast, ticket))
    with at(ticket.at + timedelta(minutes=6)):
        signed_in(cast, "dispatcher").post(f"/dispatch/dispatch/{ticket.number}/", {"lead_unit": other})
    assert sent(ticket).payload["followed"] == []


NIGHT = {
    "category": CategoryCode("040103"),
    "title": "工地夜间施工噪声扰民",
    "content": "小区旁边的工地夜里还在浇筑混凝土，噪声很大，没法睡觉。",
}


def at_night(cast: Cast, stage: Stage = Stage.PENDING_DISPATCH) -> Ticket:
    """What the directory sends to ecology, with a task for the urban managers once a violation is found."""
    return cast.ticket_at(stage, at=OPENING.replace(hour=23), register=NIGHT)


def posted(cast: Cast, ticket: Ticket, act: str = "dispatch", **given: Any) -> Any:
    with at(ticket.at + timedelta(minutes=6)):
        return signed_in(cast, "dispatcher").post(f"/dispatch/{act}/{ticket.number}/", given)


def chosen(page: str, field: str) -> set[str]:
    """What is filled in beforehand in one of the pickers."""
    select = re.search(rf'<select[^>]*name="{field}"[^>]*>(.*?)</select>', page, re.DOTALL)
    assert select is not None, field
    return set(re.findall(r'value="(\w+)" selected', select[1]))


def test_whom_the_line_names_beside_the_lead_is_filled_in_too(cast: Cast) -> None:
    ticket = at_night(cast)
    page = form(cast, ticket)
    assert chosen(page, "lead_unit") == {"STHJ"}
    assert chosen(page, "copied_units") == {"LY"}, "属地"
    assert 'name="spared_units" value="CGJ"' in page.replace('type="checkbox" ', "")
    assert "处罚" in page
    assert "这一次不下达的，请勾选" in page
    first = posted(cast, ticket, accept="STHJ", lead_unit="STHJ", copied_units=["LY"], filled=["STHJ", "LY"])
    assert first.status_code == 302
    state = cast.seen(ticket).state
    assert (state.lead_unit, state.copied) == ("STHJ", ("LY",))


def test_who_accepts_another_does_not_take_along_what_was_filled_in_with_the_first(cast: Cast) -> None:
    ticket = at_night(cast)
    named: dict[str, Any] = {"lead_unit": "STHJ", "copied_units": ["LY", "SJJ"], "guidance_units": ["CJJ", "CGJ"]}
    answer = posted(cast, ticket, accept="CGJ", filled=["STHJ", "LY", "CJJ"], **named)
    assert answer.status_code == 302
    state = cast.seen(ticket).state
    assert (state.lead_unit, state.copied, state.guidance) == ("CGJ", ("SJJ",), ())


def test_who_names_as_lead_a_unit_that_was_filled_in_beside_another_is_not_refused(cast: Cast) -> None:
    ticket = at_night(cast)
    answer = posted(cast, ticket, lead_unit="LY", copied_units=["LY", "SJJ"], filled=["STHJ", "LY"])
    assert answer.status_code == 302
    assert (cast.seen(ticket).state.lead_unit, cast.seen(ticket).state.copied) == ("LY", ("SJJ",))
    other = at_night(cast)
    typed = posted(cast, other, lead_unit="LY", copied_units=["LY"])
    assert typed.status_code == 422, "what somebody has typed twice is his own to mend"


def test_a_task_that_is_ticked_is_not_given(cast: Cast) -> None:
    for spared, given in (([], {"CGJ", "CJJ"}), (["CGJ"], {"CJJ"})):
        ticket = at_night(cast)
        assert posted(cast, ticket, lead_unit="STHJ", spared_units=spared).status_code == 302
        (happened,) = (one for one in events_of(ticket.number, 1, 99) if one.name == "dispatch.sent")
        give_tasks(happened, ticket.at + timedelta(minutes=7))
        assert {task.unit for task in cast.seen(ticket).state.tasks} == given


def test_a_matter_without_tasks_asks_nothing_about_them(cast: Cast) -> None:
    assert "spared_units" not in form(cast, cast.ticket_at(Stage.PENDING_DISPATCH))


def test_reassignment_offers_others_than_the_unit_that_has_it(cast: Cast) -> None:
    ticket = at_night(cast, Stage.HANDLING)
    assert ticket.state.lead_unit == CGJ
    with at(ticket.at + timedelta(minutes=5)):
        page = signed_in(cast, "dispatcher").get(f"/dispatch/reassign/{ticket.number}/").content.decode()
    assert 'name="accept" value="STHJ"' in page
    assert 'name="accept" value="CGJ"' not in page
    assert "派单未果" not in page
    assert posted(cast, ticket, "reassign", accept="STHJ", reason="属环保职责").status_code == 302
    moved = LedgerEntry.objects.get(ticket__number=ticket.number, name="dispatch.reassigned")
    assert moved.payload["followed"]
    assert cast.seen(ticket).state.lead_unit == STHJ


def test_the_last_try_says_before_that_it_opens_a_dispute(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for lead in ("STHJ", "SFB"):
        ticket = cast.do(ticket, "dispatcher", acts.Reassign(lead_unit=UnitCode(lead), reason="错派"))
    with at(ticket.at + timedelta(minutes=5)):
        page = signed_in(cast, "dispatcher").get(f"/dispatch/reassign/{ticket.number}/").content.decode()
    assert "第 3 次派单未果" in page
    assert posted(cast, ticket, "reassign", lead_unit="GAJ", reason="错派").status_code == 302
    assert cast.seen(ticket).state.stage is Stage.JURISDICTION_DISPUTE


def test_alike_tickets_that_stayed_are_a_reason_and_returns_a_risk(cast: Cast) -> None:
    for day in range(4):
        cast.ticket_at(Stage.HANDLING, lead="CGJ", at=OPENING + day * DAY)
    cast.ticket_at(Stage.RETURN_REQUESTED, lead="CGJ", at=OPENING + 4 * DAY)
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + 5 * DAY)
    assert Source.ALIKE in offered(cast, ticket)["CGJ"]
    page = form(cast, ticket)
    assert "近12个月相似工单派给它5件，4件留住" in page
    assert "近12个月同类工单派给它 5 次，退过 1 次" in page
    before = {
        one.unit: one
        for one in dispatched_before(
            ticket.state.category, alike=(), but=ticket.number, actor=cast.actor("dispatcher"), since=OPENING - DAY
        )
    }
    assert (before[CGJ].given, before[CGJ].returned, before[CGJ].alike_given) == (5, 1, 0)


def test_whose_return_was_founded_is_not_offered(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.RETURN_REQUESTED, lead="CGJ")
    ticket = cast.do(ticket, "dispatcher", acts.AcceptReturn(finding="理由成立"))
    assert "CGJ" not in offered(cast, ticket)


def test_people_who_see_only_their_own_learn_nothing_of_others(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="CGJ")
    asked = {"alike": (ticket.number,), "but": "", "since": OPENING - DAY}
    assert dispatched_before(ticket.state.category, actor=cast.actor("cgj_handler"), **asked) == ()  # type: ignore[arg-type]  # values of three kinds


def test_a_form_posted_anyhow_is_refused_with_its_suggestions(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    client = signed_in(cast, "dispatcher")
    with at(ticket.at + timedelta(minutes=6)):
        answer = client.post(f"/dispatch/dispatch/{ticket.number}/", {"accept": "没有这个单位"})
    assert answer.status_code == 422
    assert "建议的主办单位" in answer.content.decode()


def test_it_reads_in_chinese_and_takes_few_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    assert not latin(form(cast, ticket)) - {"Ctrl", "Enter", "Esc", "Alt"}
    dispatcher = signed_in(cast, "dispatcher")
    with at(ticket.at + timedelta(minutes=5)):
        dispatcher.get(f"/dispatch/dispatch/{ticket.number}/")
        with django_assert_max_num_queries(MOST):
            dispatcher.get(f"/dispatch/dispatch/{ticket.number}/")


def test_other_systems_ask_for_suggestions_and_quote_the_line(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    client = signed_in(cast, "dispatcher")
    path = f"/api/v1/dispatch/{ticket.number}"
    with at(ticket.at + timedelta(minutes=5)):
        body = client.get(f"{path}/suggestions").json()
        first = body["suggestions"][0]
        assert {"co_units", "guidance_units", "copied_units", "tasks"} <= set(first)
        wrong = client.post(
            f"{path}/dispatch",
            {"lead_unit": "SFB", "followed": [first["rule"]], "version": body["version"]},
            content_type="application/json",
        )
        done = client.post(
            f"{path}/dispatch",
            {"lead_unit": first["unit"], "followed": [first["rule"]], "version": body["version"]},
            content_type="application/json",
        )
    assert [one["code"] for one in wrong.json()["refusals"]] == ["dispatch.rule_not_followed"]
    assert done.status_code == 200
    assert sent(ticket).payload["followed"] == [first["rule"]]


@pytest.mark.parametrize("who", ["cgj_handler", "reviewer", "director"])
def test_only_those_who_may_dispatch_are_told(cast: Cast, who: str) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    with at(ticket.at + timedelta(minutes=5)):
        answer = signed_in(cast, who).get(f"/api/v1/dispatch/{ticket.number}/suggestions")
    assert answer.status_code == 403


def test_in_a_large_city_the_history_is_read_over_indexes(cast: Cast) -> None:
    many_tickets(cast, 20_000, every="5 minutes")
    asked: dict[str, Any] = {"alike": (), "but": "", "since": OPENING - DAY}
    with CaptureQueriesContext(connection) as caught:
        dispatched_before("010103", actor=cast.actor("dispatcher"), **asked)
    (only,) = caught.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ledgerentry")
        cursor.execute("EXPLAIN " + only["sql"].replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "ticket_category_newest" in plan or "ticket_newest" in plan, plan
    assert "Seq Scan on tickets_ticket" not in plan, plan


def test_what_a_unit_did_that_is_no_more_counts_for_its_successor(cast: Cast) -> None:
    for day in range(4):
        cast.ticket_at(Stage.HANDLING, lead="CGJ", at=OPENING + day * DAY)
    cast.ticket_at(Stage.RETURN_REQUESTED, lead="CGJ", at=OPENING + 4 * DAY)
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + 5 * DAY)
    asked: dict[str, Any] = {"alike": (), "but": ticket.number, "since": OPENING - DAY}
    counted = dispatched_before("010103", actor=cast.actor("dispatcher"), heirs={CGJ: STHJ}, **asked)
    assert [(one.unit, one.given, one.returned) for one in counted] == [(STHJ, 5, 1)]
    Unit.objects.filter(code="CGJ").update(valid_to=(ticket.at - DAY).date(), successor="SFB")
    found = offered(cast, ticket)
    assert "CGJ" not in found
    assert Source.ALIKE in found["SFB"]


def test_who_moves_a_ticket_from_the_unit_that_the_line_names_is_told_so(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="STHJ", at=OPENING.replace(hour=23), register=NIGHT)
    with at(ticket.at + timedelta(minutes=5)):
        page = signed_in(cast, "dispatcher").get(f"/dispatch/reassign/{ticket.number}/").content.decode()
    assert "写明由现在的主办单位办理" in page
    assert 'name="accept" value="STHJ"' not in page
    assert 'name="filled"' not in page
