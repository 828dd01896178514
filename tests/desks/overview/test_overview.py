"""Director and auditor read everything and change nothing: the figures are right, every number has its list, and no
post of theirs is ever taken."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from hotline.rules import acts
from hotline.rules.lifecycle import TABLE
from hotline.rules.vocabulary import Rating, Resolution, Role, Stage
from hotline.tickets.auditing import Seal, audit
from hotline.tickets.disclosing import disclose
from hotline.tickets.examination import examine_and_keep
from hotline.tickets.figures import (
    WEEK,
    backlog,
    intake_by_half_hour,
    last_examination,
    late_numbers,
    on_time,
    overdue_by_unit,
    ratings,
)
from hotline.tickets.models import Disclosure, LedgerEntry, TicketText
from tests.cast import Cast, Ticket
from tests.many import many_tickets
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING, WALKABLE, content

pytestmark = pytest.mark.django_db
READERS = ("director", "auditor")
LATER = OPENING + timedelta(hours=6)
Limit = Callable[[int], AbstractContextManager[object]]


def board(cast: Cast, moment: datetime, who: str = "director", *, lang: str = "zh-hans") -> str:
    with at(moment):
        answer = signed_in(cast, who, lang=lang).get("/overview/")
    assert answer.status_code == 200
    return answer.content.decode()


def figure(html: str, key: str) -> tuple[str, str]:
    """A large number, and the address of its list."""
    found = re.search(rf'data-figure="{key}"><a href="([^"]*)">.*?<b>([^<]*)</b>', html, re.DOTALL)
    assert found, key
    return found[2], unescape(found[1])


def test_an_empty_city_has_a_page_without_figures(cast: Cast) -> None:
    html = board(cast, OPENING)
    assert figure(html, "open")[0] == "0"
    assert figure(html, "on-time")[0] == "—"
    assert "没有在办的工单" in html
    assert latin(html) == set()


def test_figures_count_what_stands_in_the_city(cast: Cast) -> None:
    for stage in WALKABLE:
        cast.ticket_at(stage)
    actor = cast.actor("director")
    standing = backlog(actor=actor, now=LATER)
    found = {s.stage: s.count for s in standing}
    assert found["handling"] == 1
    assert "closed" not in found
    html = board(cast, LATER)
    assert figure(html, "open")[0] == str(sum(found.values()))
    assert figure(html, "returns")[0] == "1"
    assert figure(html, "disputes")[0] == "2"
    assert latin(html) == set()


@pytest.mark.parametrize("key", ["today", "open", "overdue", "returns", "disputes"])
def test_a_number_opens_a_list_of_as_many(cast: Cast, key: str) -> None:
    for stage in (Stage.HANDLING, Stage.PENDING_SIGN, Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.CLOSED):
        cast.ticket_at(stage)
    moment = OPENING + timedelta(hours=9)
    number, address = figure(board(cast, moment), key)
    with at(moment):
        page = signed_in(cast, "director").get(address).content.decode()
    assert page.count('class="c-number"') == int(number) > 0


def test_the_numbers_of_stage_and_age_open_their_lists(cast: Cast) -> None:
    cast.ticket_at(Stage.HANDLING)
    cast.ticket_at(Stage.HANDLING, at=OPENING + timedelta(days=2))
    moment = OPENING + timedelta(days=4)
    html = board(cast, moment)
    table = html[html.index('id="backlog"') : html.index('id="red"')]
    cells = re.findall(r'<td><a[^>]*? ?href="(/overview/tickets/[^"]*)">(?:<b>)?(\d+)', table)
    assert sorted(int(count) for address, count in cells if "overdue" not in address) == [1, 1, 2]
    client = signed_in(cast, "auditor")
    with at(moment):
        for address, count in cells:
            assert client.get(unescape(address)).content.decode().count('class="c-number"') == int(count), address


def test_today_stands_beside_the_same_weekday_before(cast: Cast) -> None:
    for week in (1, 2):
        cast.opened(at=OPENING - week * WEEK)
    cast.opened(at=OPENING - timedelta(days=1))
    cast.opened(at=OPENING)
    slots = intake_by_half_hour(actor=cast.actor("director"), now=LATER)
    found = {slot.begins: (slot.today, slot.usual) for slot in slots if slot.today or slot.usual}
    assert found == {OPENING: (1, 0.5)}


def test_on_time_and_late_replies(cast: Cast) -> None:
    actor, now = cast.actor("director"), OPENING + timedelta(days=40)
    cast.ticket_at(Stage.PENDING_CALLBACK, at=OPENING + timedelta(days=15))
    late = cast.ticket_at(Stage.HANDLING, at=OPENING + timedelta(days=1))
    assert (on_time(actor=actor, since=OPENING, now=now).part, on_time(actor=actor, since=OPENING, now=now).whole) == (
        1,
        1,
    )
    _reply_late(cast, late)
    share = on_time(actor=actor, since=OPENING, now=now)
    assert (share.part, share.whole, share.percent) == (1, 2, 50.0)
    assert late_numbers(actor=actor, since=OPENING, now=now) == (late.number,)
    with at(now):
        page = signed_in(cast, "director").get("/overview/late/").content.decode()
    assert late.number in page


def _reply_late(cast: Cast, ticket: Ticket) -> None:
    from tests.walks import replied

    ticket = cast.do(ticket, "cgj_handler", replied(), at=OPENING + timedelta(days=30))
    ticket = cast.do(ticket, "cgj_section", acts.SignOff(opinion="同意"))
    cast.do(ticket, "cgj_deputy", acts.SignOff(opinion="同意"))


def test_what_citizens_said(cast: Cast) -> None:
    cast.ticket_at(Stage.CLOSED)
    other = cast.ticket_at(Stage.PENDING_CALLBACK)
    very = acts.RecordCallback(responded=True, resolution=Resolution.RESOLVED, rating=Rating.VERY_SATISFIED)
    cast.do(other, "callback_officer", very)
    assert content().rating is Rating.SATISFIED
    now = OPENING + timedelta(days=2)
    assert ratings(actor=cast.actor("auditor"), since=OPENING, now=now) == {4: 1, 5: 1}
    html = board(cast, now)
    assert figure(html, "content")[0] == "100.0%"
    with at(now):
        assert other.number in signed_in(cast, "director").get("/overview/rated/5/").content.decode()
        assert signed_in(cast, "director").get("/overview/rated/9/").status_code == 404


def test_units_with_red_lights_come_worst_first(cast: Cast) -> None:
    for lead in ("CGJ", "CGJ", "STHJ"):
        cast.ticket_at(Stage.PENDING_SIGN, lead=lead)
    late = OPENING + timedelta(days=20)
    assert overdue_by_unit(actor=cast.actor("director"), now=late) == (("CGJ", 2), ("STHJ", 1))
    assert overdue_by_unit(actor=cast.actor("cgj_head"), now=late) == ()


def test_nothing_of_who_asked_is_on_the_pages(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    with at(LATER):
        client = signed_in(cast, "auditor")
        pages = [client.get(a).content.decode() for a in ("/overview/", f"/overview/ledger/?number={ticket.number}")]
    for html in pages:
        assert "张建军" not in html
        assert "13800000000" not in html


def test_the_board_stays_within_its_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    cast.ticket_at(Stage.CLOSED)
    director = signed_in(cast, "director")
    with at(LATER):
        director.get("/overview/")
        with django_assert_max_num_queries(11):
            director.get("/overview/")


@pytest.mark.parametrize("who", ["agent", "team_leader", "reviewer", "cgj_head", "audit_admin", "system_admin"])
def test_others_have_no_overview(cast: Cast, who: str) -> None:
    client = signed_in(cast, who)
    for address in ("/overview/", "/overview/late/", "/overview/rated/1/", "/overview/ledger/"):
        assert client.get(address).status_code == 403


def test_the_ledger_is_the_auditors_alone(cast: Cast) -> None:
    assert signed_in(cast, "director").get("/overview/ledger/").status_code == 403
    assert signed_in(cast, "auditor").get("/overview/ledger/").status_code == 200


@pytest.mark.parametrize("who", READERS)
def test_their_first_page_is_the_overview(cast: Cast, who: str) -> None:
    assert signed_in(cast, who).get("/").headers["Location"] == "/overview/"


@pytest.mark.parametrize("who", READERS)
def test_no_act_is_theirs_by_the_table(who: str) -> None:
    assert not [row.act.name for row in TABLE if Role(who) in row.roles]


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("stage", [Stage.HANDLING, Stage.PENDING_REVIEW, Stage.CLOSED])
def test_no_act_is_offered_on_a_ticket(cast: Cast, who: str, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    with at(ticket.at + timedelta(minutes=5)):
        html = signed_in(cast, who).get(f"/tickets/{ticket.number}/").content.decode()
    assert 'data-key="' not in html
    assert "显示联系方式" not in html


OWN = {"set_language", "account_", "mfa_", "search", "admin_", "jsi18n"}
"""Posts that change nothing of the hotline's: one's own language and password, a search that keeps words out of the
address."""


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        else:
            found.append((route, pattern.name or ""))
    return found


@pytest.mark.parametrize("who", READERS)
def test_every_post_is_refused(cast: Cast, who: str) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW)
    before = _rows()
    taken: list[str] = []
    with at(ticket.at + timedelta(minutes=5)):
        client = signed_in(cast, who)
        for route, name in addresses(get_resolver().url_patterns):
            if route.startswith(("accounts/", "i18n/", "search/")) or "^" in route:
                continue
            address = "/" + re.sub(r"<int:\w+>", "1", re.sub(r"<(?:str:|path:|slug:|uuid:)?\w+>", ticket.number, route))
            answer = client.post(address, {"number": ticket.number})
            if answer.status_code < 400:
                taken.append(f"{name} {address} {answer.status_code}")
    allowed = [one for one in taken if any(word in one for word in HARMLESS)]
    assert [one for one in taken if one not in allowed] == [], taken
    assert _rows() == before


HARMLESS = (
    "healthz", "live-cookie", "openapi-json", "intake-caller", "intake-suggest", "knowledge-suggest", "notices-",
    "notice-read", "intake-quick-undo", "sign-out", "draft-",
)  # fmt: skip
"""Posts that only look something up, mark one's own notices as read, find nothing to take back, or concern drafts."""


def _rows() -> dict[str, int]:
    """How many rows every table of the hotline has; sessions and the like are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            " AND relname !~ '^(django_|axes_|procrastinate_|account_|mfa_|callback_doorcount)' ORDER BY relname"
        )
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM \"{name}\"" for name in tables))  # noqa: S608  # names of the database's own tables
        return dict(cursor.fetchall())


def test_the_ledger_of_a_ticket_with_its_seals(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    disclose(number=ticket.number, reason="ticket page", actor=cast.actor("callback_officer"), now=ticket.at)
    assert Disclosure.objects.count() == 1
    with at(LATER):
        html = signed_in(cast, "auditor").get("/overview/ledger/", {"number": ticket.number}).content.decode()
    assert 'data-sound="yes"' in html
    assert html.count("<code title=") == ticket.state.version
    assert "马春燕" in said(html)
    assert "在工单页查看" in html
    assert latin(re.sub(r"<code.*?</code>", "", html).replace(ticket.number, "")) == set()


def test_a_number_that_is_not_there_says_so(cast: Cast) -> None:
    answer = signed_in(cast, "auditor").get("/overview/ledger/", {"number": "34010020260317DH999999"})
    assert answer.status_code == 404
    assert "34010020260317DH999999" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_changed_entry_and_changed_words_are_seen(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    TicketText.objects.filter(ticket__number=ticket.number, field="content").update(body="别的话")
    found = audit(ticket.number, actor=cast.actor("auditor"))
    assert (found.lines[0].words, found.sound) == (Seal.CHANGED, False)
    assert all(line.seal is Seal.SOUND for line in found.lines)
    _forge(ticket)
    forged = audit(ticket.number, actor=cast.actor("auditor"))
    assert [line.seal for line in forged.lines][1] is Seal.CHANGED
    with at(LATER):
        html = signed_in(cast, "auditor").get("/overview/ledger/", {"number": ticket.number}).content.decode()
    assert 'data-sound="no"' in html


def _forge(ticket: Ticket) -> None:
    """As somebody with all rights on the database might."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tickets_ledgerentry DISABLE TRIGGER USER")
        LedgerEntry.objects.filter(ticket__number=ticket.number, seq=2).update(role="supervisor")
        cursor.execute("ALTER TABLE tickets_ledgerentry ENABLE TRIGGER USER")


def test_the_last_examination_is_on_the_page(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    assert last_examination() is None
    assert "还没有核对过" in board(cast, LATER, "auditor")
    examine_and_keep(tmp_path, since=None, now=LATER)
    html = board(cast, LATER, "auditor")
    assert "没有发现问题" in html
    TicketText.objects.filter(ticket__number=ticket.number, field="content").update(body="别的话")
    examine_and_keep(tmp_path, since=None, now=LATER + timedelta(hours=1))
    html = board(cast, LATER + timedelta(hours=2), "auditor")
    assert "发现 1 处问题" in html
    assert "台账核对" not in board(cast, LATER + timedelta(hours=2), "director")


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (lambda actor: intake_by_half_hour(actor=actor, now=LATER), "Index Cond: ((created_at >= day.begins)"),
        (lambda actor: on_time(actor=actor, since=OPENING, now=LATER), "clock_reply_judged"),
        (lambda actor: late_numbers(actor=actor, since=OPENING, now=LATER), "clock_reply_judged"),
        (lambda actor: ratings(actor=actor, since=OPENING, now=LATER), "ticket_rated"),
    ],
)
def test_a_figure_is_counted_over_an_index(cast: Cast, asked: Callable[[object], object], index: str) -> None:
    """By its own index, or by any that begins with the days: which one is the smallest is the planner's to say."""
    many_tickets(cast, 5_000, every="20 minutes")
    with CaptureQueriesContext(connection) as queries:
        asked(cast.actor("director"))
    (statement,) = [query["sql"] for query in queries if "tickets_" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute("EXPLAIN " + statement.replace("%", "%%"))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
