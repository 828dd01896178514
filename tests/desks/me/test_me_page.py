"""个人设置: what is chosen holds from the next page on, and signing out elsewhere ends what it says."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from hotline.oversight.notices.commands import tell_people
from hotline.oversight.notices.models import Notice
from hotline.plumbing.clock import now as present
from hotline.registry.people.commands import issue_token
from hotline.registry.people.models import RoleGrant
from hotline.registry.people.own import open_sessions
from hotline.registry.people.preferences import Preferences, preferences_of, save_preferences
from hotline.rules import acts
from hotline.rules.notifying import MAY_BE_QUIET, NOTIFYING
from hotline.rules.vocabulary import Stage
from hotline.tickets.happening import events_of
from tests.cast import PASSWORD, PEOPLE, Cast
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
CHOSEN = {"start": "", "language": "", "rows": "50", "density": "cosy"}


def sign_in(who: str, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/120") -> Client:
    """By the sign-in page itself."""
    client = Client(headers={"X-Hotline-Client": "10.1.2.3", "User-Agent": agent})
    answer = client.post(reverse("account_login"), {"login": who, "password": PASSWORD})
    assert answer.status_code == 302
    return client


@pytest.mark.parametrize("who", sorted({person.username for person in PEOPLE}))
def test_everybody_has_one_and_it_is_chinese(cast: Cast, who: str):
    person = signed_in(cast, who)
    page = person.get("/me/")
    assert page.status_code == 200
    text = page.content.decode()
    assert cast.user(who).full_name in text
    assert latin(text) - {"Ctrl", "Enter"} <= {who, *who.split("_")}


def test_roles_are_told_with_span_and_giver(cast: Cast):
    grant = RoleGrant.objects.get(user=cast.user("cgj_handler"))
    grant.valid_from, grant.valid_to = date(2025, 1, 6), date(2026, 7, 1)
    grant.granted_by = cast.user("security_admin")
    grant.save()
    with at(OPENING):
        text = said(signed_in(cast, "cgj_handler").get("/me/").content.decode())
    assert "自 2025年1月6日" in text
    assert "至 2026年6月30日" in text
    assert "高翔 授予" in text


def test_rows_of_a_page_are_as_many_as_chosen(cast: Cast):
    for minute in range(30):
        cast.ticket_at(Stage.REGISTERED, at=OPENING + timedelta(minutes=minute))
    dispatcher = signed_in(cast, "dispatcher")
    with at(OPENING + timedelta(hours=2)):
        assert dispatcher.get("/desk/open/").content.decode().count('<td class="c-number"') == 30
        assert dispatcher.post("/me/", CHOSEN | {"rows": "25"}).status_code == 302
        assert dispatcher.get("/desk/open/").content.decode().count('<td class="c-number"') == 25
        assert dispatcher.get("/tickets/").content.decode().count('<td class="c-number"') == 25


@pytest.mark.parametrize(
    ("who", "start", "leads_to"),
    [
        ("supervisor", "joint", "/desk/joint/"),
        ("dispatcher", "notices", "/notices/"),
        ("agent", "new", "/intake/new/"),
        ("agent", "open", "/desk/open/"),
    ],
)
def test_the_first_page_is_the_chosen_one(cast: Cast, who: str, start: str, leads_to: str):
    person = signed_in(cast, who)
    person.post("/me/", CHOSEN | {"start": start})
    assert person.get("/").headers["Location"] == leads_to


def test_a_desk_that_is_no_longer_ones_own_is_not_opened(cast: Cast):
    save_preferences(person=cast.user("cgj_handler").pk, chosen=Preferences(start="dispatch"))
    assert signed_in(cast, "cgj_handler").get("/").headers["Location"] != "/desk/dispatch/"
    save_preferences(person=cast.user("cgj_handler").pk, chosen=Preferences(start="new"))
    assert signed_in(cast, "cgj_handler").get("/").headers["Location"] != "/intake/new/"


def test_rows_come_close_where_chosen(cast: Cast):
    person = signed_in(cast, "dispatcher")
    assert 'class="shell"' in person.get("/me/").content.decode()
    person.post("/me/", CHOSEN | {"density": "tight"})
    assert 'class="shell tight"' in person.get("/desk/open/").content.decode()


@pytest.mark.usefixtures("cast")
def test_the_language_holds_here_and_wherever_one_signs_in():
    person = sign_in("dispatcher")
    person.post("/me/", CHOSEN | {"language": "en"})
    assert person.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    elsewhere = sign_in("dispatcher")
    assert elsewhere.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert settings.LANGUAGE_COOKIE_NAME not in sign_in("agent").cookies


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": "7"},
        {"rows": "many"},
        {"density": "none"},
        {"start": "sign-off"},
        {"language": "fr"},
        {"quiet": "overdue"},
    ],
)
def test_what_is_no_choice_is_refused_and_kept_out(cast: Cast, wrong: dict[str, str]):
    answer = signed_in(cast, "agent").post("/me/", CHOSEN | wrong)
    assert answer.status_code == 422
    assert cast.user("agent").preferences == {}


@pytest.mark.parametrize(
    "kept",
    [{}, {"rows": 10**9}, {"rows": "x"}, {"density": []}, {"quiet": "all"}, {"start": None}, {"of": "another release"}],
)
def test_what_cannot_be_understood_any_more_counts_as_not_chosen(cast: Cast, kept: dict[str, object]):
    user = cast.user("agent")
    user.preferences = kept
    user.save(update_fields=["preferences"])
    read = preferences_of(user)
    assert (read.rows, read.density, read.quiet) == (50, "cosy", ())
    assert signed_in(cast, "agent").get("/me/").status_code == 200


def test_a_quiet_kind_is_listed_and_does_not_ring(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    save_preferences(person=cast.user("cgj_handler").pk, chosen=Preferences(quiet=("facts_added",)))
    ticket = cast.do(ticket, "agent", acts.AddFacts(facts="又来电补充"))
    for event in events_of(ticket.number, 1, 99):
        tell_people(event, ticket.at)
    rows = {row.kind: row.read_at for row in Notice.objects.filter(recipient=cast.user("cgj_handler"))}
    assert rows == {"work_arrived": None, "facts_added": ticket.at}


def test_only_what_can_wait_may_be_quiet():
    kinds = {kind for lines in NOTIFYING.values() for kind, _ in lines}
    assert set(MAY_BE_QUIET) <= kinds
    assert not set(MAY_BE_QUIET) & {
        "work_arrived",
        "work_phoned",
        "urged",
        "overdue",
        "signature_awaited",
        "void_asked",
    }


@pytest.mark.usefixtures("cast")
def test_one_sees_where_one_is_signed_in():
    here = sign_in("agent")
    sign_in("agent", "Mozilla/5.0 (iPhone) Safari/605")
    sign_in("dispatcher")
    text = said(here.get("/me/").content.decode())
    assert "Chrome · Windows" in text
    assert "Safari · iOS" in text
    assert text.count("退出该处") == 1
    assert "10.1.2.3" in text
    assert "登录成功" in text


@pytest.mark.usefixtures("cast")
def test_signing_out_elsewhere_leaves_this_browser_and_other_people():
    here, there, colleague = sign_in("agent"), sign_in("agent"), sign_in("dispatcher")
    answer = here.post("/me/sign-out/", follow=True)
    assert "已在其他 1 处退出登录。" in answer.content.decode()
    assert there.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200
    assert colleague.get("/me/").status_code == 200
    assert "没有其他需要退出的登录。" in here.post("/me/sign-out/", follow=True).content.decode()


def test_one_browser_can_be_signed_out_alone(cast: Cast):
    here, second, third = sign_in("agent"), sign_in("agent"), sign_in("agent")
    key = second.session.session_key
    person = cast.user("agent").pk
    shown = open_sessions(person, session_key=here.session.session_key or "", now=present())
    assert [one.current for one in shown] == [True, False, False]
    assert all(one.id not in {s.session_key for s in Session.objects.all()} for one in shown)
    wanted = open_sessions(person, session_key=key or "", now=present())[0].id
    here.post("/me/sign-out/", {"only": wanted})
    assert [client.get("/me/").status_code for client in (here, second, third)] == [200, 302, 200]


def test_nobody_ends_anothers_session(cast: Cast):
    theirs, mine = sign_in("dispatcher"), sign_in("agent")
    key = theirs.session.session_key or ""
    name = open_sessions(cast.user("dispatcher").pk, session_key=key, now=present())[0].id
    mine.post("/me/sign-out/", {"only": name})
    assert theirs.get("/me/").status_code == 200


def test_tokens_are_named_and_not_shown(cast: Cast):
    issued = issue_token(username="agent", name="气象平台", days=30, by=None, now=present())
    text = signed_in(cast, "agent").get("/me/").content.decode()
    assert "气象平台" in text
    assert "从未使用" in text
    assert issued.secret not in text


def test_statements_are_few(cast: Cast, django_assert_max_num_queries: Limit):
    person = signed_in(cast, "agent")
    person.get("/me/")
    with django_assert_max_num_queries(9):
        person.get("/me/")


@pytest.mark.parametrize("address", ["/me/", "/me/sign-out/"])
def test_strangers_are_sent_to_sign_in(client: Client, db: None, address: str):  # noqa: ARG001  # opens the database
    assert client.post(address, headers={"X-Hotline-Client": "127.0.0.1"}).status_code == 302
