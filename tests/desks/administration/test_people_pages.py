"""Pages of administration: who is let in where, what a refusal keeps, and a password that is shown once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hotline.desks.administration.sheets import harmless
from hotline.registry.people import accounts, roles
from hotline.registry.people.accounts import AccountData
from hotline.registry.people.models import AdminEntry, SignInEntry, User
from hotline.registry.units.models import Unit
from hotline.rules.vocabulary import Role, Stage
from hotline.tickets.disclosing import disclose
from tests.cast import PASSWORD, REQUESTER, Cast
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
NOON = OPENING.replace(hour=12)
THREE = ("system_admin", "security_admin", "audit_admin")
NEW = {"username": "zhangsan", "full_name": "张三", "unit": "CGJ", "staff_no": "1001", "phone": "", "wanted_role": ""}


def got(client: Client, address: str, **asked: str) -> tuple[int, str]:
    with at(NOON):
        response = client.get(address, asked)
    return response.status_code, response.content.decode()


def posted(client: Client, address: str, **typed: object) -> tuple[int, str]:
    """Status and words of the page that a post ends on."""
    with at(NOON):
        response = client.post(address, typed, follow=True)
    return response.status_code, said(response.content.decode())


# who is let in: the whole matrix of pages and people, not listed means refused

OPEN_TO = {
    "/people/": {*THREE, "cgj_head"},
    "/people/{pk}/": {*THREE, "cgj_head"},
    "/people/new/": {"system_admin"},
    "/people/import/": {"system_admin"},
    "/people/import/sample.csv": {"system_admin"},
    "/people/{pk}/change/": {"system_admin"},
    "/people/{pk}/switch-off/": {"system_admin"},
    "/people/system/": {"system_admin"},
    "/people/{pk}/grant/": {"security_admin"},
    "/people/{pk}/roles/{grant}/withdraw/": {"security_admin"},
    "/people/sign-ins/": {"security_admin", "audit_admin"},
    "/people/log/": {"audit_admin"},
    "/people/looks/": {"audit_admin"},
}
EVERYBODY = ("/people/roles/", "/units/", "/units/?q=scgj", "/units/CGJ/")
WHO = (*THREE, "cgj_head", "cgj_deputy", "director", "auditor", "agent", "street_handler")


@pytest.mark.parametrize("who", WHO)
def test_each_page_opens_to_those_whose_it_is(cast: Cast, who: str):
    person = cast.user("cgj_handler")
    client = signed_in(cast, who)
    known = {"pk": person.pk, "grant": person.grants.get().pk}
    opened = {page for page in OPEN_TO if got(client, page.format(**known))[0] == 200}
    assert opened == {page for page, whom in OPEN_TO.items() if who in whom}
    assert [got(client, page)[0] for page in EVERYBODY] == [200] * len(EVERYBODY)


POSTS = {
    "/people/{pk}/reset-password/": "system_admin",
    "/people/{pk}/switch-on/": "system_admin",
    "/people/{pk}/confirm/": "security_admin",
    "/people/{pk}/unlock/": "security_admin",
    "/people/{pk}/end-sessions/": "security_admin",
    "/people/{pk}/reset-second-factor/": "security_admin",
    "/people/confirm/": "security_admin",
    "/people/log/export/": "audit_admin",
    "/people/sign-ins/export/": "audit_admin",
    "/people/looks/export/": "audit_admin",
}


@pytest.mark.parametrize("who", WHO)
def test_each_act_is_refused_to_all_but_one(cast: Cast, who: str):
    client, person = signed_in(cast, who), cast.user("cgj_handler")
    for page, whose in POSTS.items():
        status, _ = posted(client, page.format(pk=person.pk))
        assert (status == 403) == (who != whose), (page, status)


@pytest.mark.parametrize("who", THREE)
def test_no_administrator_reads_a_ticket_or_a_requester(cast: Cast, who: str):
    number = cast.ticket_at(Stage.HANDLING).number
    client = signed_in(cast, who)
    for page in (f"/tickets/{number}/", "/tickets/", "/desk/open/", "/knowledge/", f"/papers/handover/{number}/"):
        assert got(client, page)[0] in {403, 404}, page
    assert posted(client, f"/tickets/{number}/contact/")[0] in {403, 404}
    assert posted(client, "/search/", q=REQUESTER["phone"])[0] == 403
    for page in OPEN_TO:
        text = got(client, page.format(pk=1, grant=1))[1]
        assert REQUESTER["phone"] not in text
        assert REQUESTER["name"] not in text


def test_strangers_are_sent_to_sign_in(cast: Cast):
    assert cast.today
    for page in ("/people/", "/people/log/", "/units/"):
        assert Client().get(page).status_code == 302


@pytest.mark.parametrize(("who", "first"), [("system_admin", "/people/"), ("audit_admin", "/people/")])
def test_home_leads_administrators_to_their_work(cast: Cast, who: str, first: str):
    assert signed_in(cast, who).get("/").headers["Location"] == first


@pytest.mark.parametrize("who", THREE)
def test_nothing_english_stands_on_the_chinese_pages(cast: Cast, who: str):
    client, known = signed_in(cast, who), set(User.objects.values_list("username", flat=True))
    allowed = known | {"CSV", "UTF", "PostgreSQL", "hefei", "CGJ"}
    pk = cast.user("agent").pk
    for page in [*OPEN_TO, *EVERYBODY]:
        status, html = got(client, page.format(pk=pk, grant=cast.user("agent").grants.get().pk))
        if status == 200 and not page.endswith(".csv"):
            assert latin(html) - allowed == set(), page


# doing


def test_from_making_an_account_to_its_first_day(cast: Cast):
    status, words = posted(signed_in(cast, "system_admin"), "/people/new/", **{**NEW, "wanted_role": "unit_handler"})
    assert (status, "一次性密码只显示这一次" in words) == (200, True)
    person = User.objects.get(username="zhangsan")
    password = next(word for word in words.split() if word.count("-") == 2 and len(word) == 17)
    stranger = Client(headers={"X-Hotline-Client": "127.0.0.1"})
    form = {"login": "zhangsan", "password": password}
    assert "账号不能登录" in said(stranger.post("/accounts/login/", form, follow=True).content.decode())
    assert posted(signed_in(cast, "security_admin"), f"/people/{person.pk}/confirm/", with_role="1")[0] == 200
    answer = stranger.post("/accounts/login/", form, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/password/change/"
    assert "请先设置自己的密码" in said(answer.content.decode())
    for page in ("/", "/units/", "/desk/inbox/"):
        assert stranger.get(page).headers["Location"] == "/accounts/password/change/"
    assert stranger.get("/api/v1/tickets").status_code == 403
    assert stranger.post("/live-cookie/").status_code == 403
    same = {"oldpassword": password, "password1": password, "password2": password}
    assert "不能继续使用一次性密码" in said(stranger.post("/accounts/password/change/", same).content.decode())
    own = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    assert stranger.post("/accounts/password/change/", own).headers["Location"] == "/"
    assert stranger.get("/desk/inbox/").status_code == 200
    assert list(AdminEntry.objects.order_by("seq").values_list("act", flat=True)) == [
        "create_account",
        "confirm_account",
        "grant_role",
        "change_own_password",
    ]
    assert list(SignInEntry.objects.order_by("pk").values_list("outcome", flat=True)) == ["off", "in"]


def test_a_refusal_keeps_what_was_typed(cast: Cast):
    client = signed_in(cast, "system_admin")
    with at(NOON):
        answer = client.post("/people/new/", {**NEW, "username": "agent"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "已有账号“agent”" in html
    assert 'value="张三"' in html


def test_a_password_is_in_no_later_page(cast: Cast):
    client, agent = signed_in(cast, "system_admin"), cast.user("agent")
    _, words = posted(client, f"/people/{agent.pk}/reset-password/")
    password = next(word for word in words.split() if word.count("-") == 2 and len(word) == 17)
    for page in ("/people/", f"/people/{agent.pk}/"):
        assert password not in got(client, page)[1]
    assert password not in str(list(client.session.items()))


def test_a_session_ends_with_the_account(cast: Cast):
    agent, admin = signed_in(cast, "agent"), signed_in(cast, "system_admin")
    assert got(agent, "/intake/new/")[0] == 200
    address = f"/people/{cast.user('agent').pk}/switch-off/"
    assert posted(admin, address, reason="")[0] == 422
    assert posted(admin, address, reason="调离")[0] == 200
    assert got(agent, "/intake/new/")[0] == 302
    with at(NOON):
        assert accounts.switch_on(person=cast.user("agent").pk, actor=cast.actor("system_admin"), now=NOON).ok
        assert roles.confirm_account(person=cast.user("agent").pk, actor=cast.actor("security_admin"), now=NOON).ok
    assert got(agent, "/intake/new/")[0] == 302, "the old session stays dead"


def test_ended_sessions_must_sign_in_again(cast: Cast):
    agent = signed_in(cast, "agent")
    assert posted(signed_in(cast, "security_admin"), f"/people/{cast.user('agent').pk}/end-sessions/")[0] == 200
    assert got(agent, "/intake/new/")[0] == 302


def test_a_locked_account_is_unlocked(cast: Cast):
    stranger = Client(headers={"X-Hotline-Client": "10.0.0.9"})
    for _ in range(9):
        answer = stranger.post("/accounts/login/", {"login": "agent", "password": "wrong"})
    assert answer.status_code == 403
    security, pk = signed_in(cast, "security_admin"), cast.user("agent").pk
    assert "王晓梅" in security.get("/people/", {"state": "locked"}).content.decode()
    assert "账号暂时锁定" in security.get(f"/people/{pk}/").content.decode()
    assert "锁定已解除" in said(security.post(f"/people/{pk}/unlock/", follow=True).content.decode())
    assert stranger.post("/accounts/login/", {"login": "agent", "password": PASSWORD}).status_code == 302
    outcomes = list(SignInEntry.objects.order_by("pk").values_list("outcome", flat=True))
    assert set(outcomes[:9]) == {"wrong", "locked"}
    assert len(outcomes) == 10


def test_many_are_confirmed_at_once_and_what_cannot_be_is_said(cast: Cast):
    system = cast.actor("system_admin")
    made = {}
    for name, wanted in (("a1", "unit_handler"), ("a2", "")):
        data = AccountData(name, "CGJ")
        done = accounts.create_account(username=name, data=data, wanted_role=wanted, actor=system, now=NOON)
        assert done.person is not None
        made[name] = done.person.pk
    page = got(signed_in(cast, "security_admin"), "/people/", state="awaiting")[1]
    assert page.count('name="person"') == 2
    chosen = [*made.values(), cast.user("agent").pk]
    _, words = posted(signed_in(cast, "security_admin"), "/people/confirm/", person=chosen)
    assert "已确认 2 个账号" in words
    assert "账号不在等待确认" in words
    assert User.objects.get(username="a1").roles_on(NOON.date()) == {Role.UNIT_HANDLER}


def test_a_file_is_looked_at_and_then_imported(cast: Cast):
    client = signed_in(cast, "system_admin")
    lines = "账号,姓名,岗位,单位\nli,李四,承办人,CGJ\n"

    def file(text: str) -> SimpleUploadedFile:
        return SimpleUploadedFile("people.csv", text.encode("utf-8-sig"), content_type="text/csv")

    with at(NOON):
        bad = client.post("/people/import/", {"file": file(lines + "agent,甲,,NOWHERE\n")})
        assert bad.status_code == 422
        assert "已有账号“agent”" in bad.content.decode()
        assert "没有导入任何人" in bad.content.decode()
        assert client.post("/people/import/", {}).status_code == 422
        looked = client.post("/people/import/", {"file": file(lines)})
        assert not User.objects.filter(username="li").exists()
        content = looked.context["content"]
        assert client.post("/people/import/", {"content": content + "x"}).status_code == 422
        done = client.post("/people/import/", {"content": content})
        assert "一次性密码只显示这一次" in done.content.decode()
        assert User.objects.get(username="li").state == "awaiting"
        again = client.post("/people/import/", {"content": content})
        assert again.status_code == 422


# records


def test_looks_name_the_ticket_and_never_the_requester(cast: Cast):
    number = cast.ticket_at(Stage.HANDLING).number
    reason = f"给{REQUESTER['name']}打电话"
    assert disclose(number=number, reason=reason, actor=cast.actor("agent"), now=NOON).contact
    assert disclose(number=number, reason="ticket page", actor=cast.actor("agent"), now=NOON).contact
    html = got(signed_in(cast, "audit_admin"), "/people/looks/")[1]
    assert html.count(number) == 2
    assert "王晓梅" in html
    assert "工单页" in html
    assert REQUESTER["name"] not in html
    assert got(signed_in(cast, "audit_admin"), "/people/looks/", number="340100")[1].count(number) == 0
    with at(NOON):
        sheet = signed_in(cast, "audit_admin").post("/people/looks/export/").content.decode()
    assert number in sheet
    assert REQUESTER["name"] not in sheet


def test_an_export_is_on_record_and_no_formula(cast: Cast):
    system = cast.actor("system_admin")
    data = AccountData("=HYPERLINK(1)", "CGJ")
    assert accounts.create_account(username="evil", data=data, actor=system, now=NOON).ok
    client = signed_in(cast, "audit_admin")
    with at(NOON):
        answer = client.post("/people/log/export/")
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "'=HYPERLINK(1)" in text
    assert ",=HYPERLINK" not in text
    assert AdminEntry.objects.order_by("-seq")[0].act == "export_log"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r\n=1"])
def test_what_begins_a_formula_is_made_harmless(cell: str):
    assert harmless(cell) == f"'{cell}"
    assert harmless("张三-1") == "张三-1"


def test_the_record_says_what_changed_in_words(cast: Cast):
    system, pk = cast.actor("system_admin"), cast.user("cgj_handler").pk
    moved = AccountData("赵海涛", "STHJ")
    assert accounts.change_account(person=pk, data=moved, actor=system, now=NOON).ok
    words = " ".join(said(got(signed_in(cast, "audit_admin"), "/people/log/")[1]).split())
    assert "修改账号资料" in words
    assert "→" in words
    assert "因调动停止的岗位 承办人" in words


# the rest


def test_the_matrix_is_the_lifecycle_table(cast: Cast):
    words = said(got(signed_in(cast, "director"), "/people/roles/")[1])
    for part in ("受理登记", "退单", "授予岗位", "三个人分别担任", "不能兼任"):
        assert part in words


def test_units_are_found_by_name_letters_and_code_and_say_where_they_stand(cast: Cast):
    client = signed_in(cast, "agent")
    for words in ("城管", "scgj", "CGJ"):
        assert "市城管局" in got(client, "/units/", q=words)[1]
    html = got(client, "/units/LY-SXK/")[1]
    assert "庐阳区" in html
    assert got(client, "/units/NOWHERE/")[0] == 404
    assert "没有找到" in got(client, "/units/", q="绝无此单位")[1]


def test_a_merged_unit_says_who_has_taken_over(cast: Cast):
    Unit.objects.filter(code="KX").update(valid_to=date(2026, 1, 5), successor="XFJ")
    client = signed_in(cast, "agent")
    html = got(client, "/units/KX/")[1]
    assert all(words in html for words in ("市信访局", "2026-01-05", "由承接单位继续办理"))
    assert "市科协" in got(client, "/units/XFJ/")[1]


def test_what_was_loaded_when_is_told(cast: Cast):
    words = said(got(signed_in(cast, "system_admin"), "/people/system/")[1])
    assert "hefei" in words
    assert "单位沿革" in words


@pytest.mark.parametrize(
    ("who", "page", "most"),
    [
        ("system_admin", "/people/", 8),
        ("system_admin", "/people/{pk}/", 9),
        ("security_admin", "/people/{pk}/", 10),
        ("security_admin", "/people/{pk}/grant/", 8),
        ("audit_admin", "/people/log/", 8),
        ("audit_admin", "/people/sign-ins/", 8),
        ("audit_admin", "/people/looks/", 8),
        ("agent", "/units/", 8),
        ("agent", "/units/?q=cg", 8),
        ("agent", "/people/roles/", 8),
    ],
)
def test_pages_ask_little_of_the_database(
    cast: Cast, django_assert_max_num_queries: Limit, who: str, page: str, most: int
):
    client, address = signed_in(cast, who), page.format(pk=cast.user("agent").pk)
    got(client, address)
    with at(NOON), django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_grant_without_a_role_is_answered(cast: Cast):
    status, words = posted(signed_in(cast, "security_admin"), f"/people/{cast.user('cgj_handler').pk}/grant/")
    assert status in {200, 422}
    assert "请选择要授予的岗位" in words
