"""Pages of the knowledge base: who is let in, what they say, and that a refusal keeps what was typed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.models import Correction, KnowledgeVersion
from hotline.registry.knowledge.queries import item_file
from hotline.registry.knowledge.wording import Wording
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.workdays import Calendar
from tests.cast import Cast
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
NOON = OPENING.replace(hour=12)
TYPED = {
    "unit": "CGJ",
    "title": "商户占道经营举报",
    "question": "店铺把桌子摆到人行道上谁管",
    "answer": "请说明路名和门牌。",
    "legal_basis": "《城市市容和环境卫生管理条例》",
    "public": "on",
}


def got(client: Client, address: str, **asked: str) -> tuple[int, str]:
    with at(NOON):
        response = client.get(address, asked)
    return response.status_code, response.content.decode()


def posted(client: Client, address: str, **typed: str) -> tuple[int, str]:
    """Status and text of the page that a post ends on."""
    with at(NOON):
        response = client.post(address, typed, follow=True)
    return response.status_code, said(response.content.decode())


def waiting(demo: Cast, unit: str = "CGJ", who: str = "cgj_handler") -> str:
    """An item that its unit has submitted."""
    text = Wording(title="新事项", question="怎么问", answer="这样答。", legal_basis="《规定》")
    code = commands.draft_item(text=text, unit=unit, actor=demo.actor(who), now=NOON).code
    assert commands.submit_item(code=code, actor=demo.actor(who), now=NOON).ok
    return code


READ = [
    "/knowledge/",
    "/knowledge/?tab=corrections",
    "/knowledge/YS0001/",
    "/knowledge/YS0001/correct/",
    "/knowledge/ask/",
]


@pytest.mark.parametrize("who", ["agent", "director", "auditor", "cgj_head", "street_handler"])
def test_office_and_units_read(demo: Cast, who: str):
    client = signed_in(demo, who)
    assert [got(client, address)[0] for address in READ] == [200] * len(READ)


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_the_three_administrators_read_nothing(demo: Cast, who: str):
    client = signed_in(demo, who)
    addresses = [
        *READ,
        "/knowledge/suggest/",
        "/knowledge/new/",
        "/knowledge/YS0001/edit/",
        "/knowledge/corrections/1/",
    ]
    assert [got(client, address)[0] for address in addresses] == [403] * len(addresses)
    steps = [f"/knowledge/YS0001/{step}/" for step in ("submit", "publish", "drop", "withdraw", "send-back")]
    assert [posted(client, address)[0] for address in steps] == [403] * len(steps)


@pytest.mark.usefixtures("demo")
def test_strangers_are_sent_to_the_sign_in_page(client: Client):
    for address in [*READ, "/knowledge/suggest/"]:
        response = client.get(address)
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


PAGES = [
    "/knowledge/",
    "/knowledge/?q=公积金",
    "/knowledge/?q=没有这样的词",
    "/knowledge/?tab=drafts",
    "/knowledge/?tab=expiring",
    "/knowledge/?tab=ended",
    "/knowledge/?tab=corrections",
    "/knowledge/YS0030/",
    "/knowledge/YS0059/",
    "/knowledge/YS0059/edit/",
    "/knowledge/YS0059/correct/",
    "/knowledge/YS0059/withdraw/",
    "/knowledge/new/",
    "/knowledge/ask/",
    "/knowledge/suggest/?q=租房提取公积金",
]


@pytest.mark.parametrize("who", ["agent", "supervisor", "cgj_handler"])
def test_a_chinese_page_says_no_english(demo: Cast, who: str):
    client = signed_in(demo, who)
    found = {address: latin(got(client, address)[1]) for address in PAGES}
    assert {address: words for address, words in found.items() if words} == {}


def test_an_english_page_is_english_around_the_items(demo: Cast):
    page = said(got(signed_in(demo, "supervisor", lang="en"), "/knowledge/YS0001/")[1])
    for word in ("Knowledge base", "Answer", "Basis", "Valid until", "Withdraw", "Report a correction"):
        assert word in page


def test_a_list_is_searched_narrowed_and_paged(demo: Cast):
    agent = signed_in(demo, "agent")
    everything = got(agent, "/knowledge/")[1]
    assert everything.count('class="c-number"') == 20
    assert "page=2" in everything
    assert got(agent, "/knowledge/", page="5")[1].count('class="c-number"') == 4
    found = got(agent, "/knowledge/", q="公积金 提取", unit="GJJ")[1]
    assert 3 <= found.count('class="c-number"') < 20
    assert "YS0004" not in found
    assert "没有找到“天外来物”" in got(agent, "/knowledge/", q="天外来物")[1]
    assert got(agent, "/knowledge/", page="x", q="\x00", category="'", unit="\x00")[0] == 200


def test_who_writes_sees_what_waits_for_them(demo: Cast):
    code = waiting(demo)
    for who, sees in (("supervisor", True), ("cgj_section", True), ("sthj_handler", False)):
        assert (code in got(signed_in(demo, who), "/knowledge/?tab=waiting")[1]) is sees
    agents = got(signed_in(demo, "agent"), "/knowledge/?tab=waiting")[1]
    assert "待发布" not in agents
    assert got(signed_in(demo, "agent"), f"/knowledge/{code}/")[0] == 404


def test_an_item_says_what_must_be_known_before_it_is_told(demo: Cast):
    agent = signed_in(demo, "agent")
    assert "即将到期" in got(agent, "/knowledge/YS0030/")[1]
    commands.correct_item(code="YS0001", text="金额不对", actor=demo.actor("agent"), now=NOON, calendar=Calendar())
    assert "有人反映内容有误" in got(agent, "/knowledge/YS0001/")[1]
    commands.withdraw_item(code="YS0002", remark="政策废止", actor=demo.actor("supervisor"), now=NOON)
    page = got(agent, "/knowledge/YS0002/")[1]
    assert "不能用于答复群众" in page
    assert "撤下原因：政策废止" in page


def test_an_earlier_version_is_shown_as_such(demo: Cast):
    text = Wording(title="租房提取住房公积金", question="怎么提取", answer="新口径。", legal_basis="《条例》")
    commands.draft_item(text=text, code="YS0001", actor=SYSTEM, now=NOON)
    commands.submit_item(code="YS0001", actor=SYSTEM, now=NOON)
    commands.publish_item(code="YS0001", actor=SYSTEM, now=NOON)
    agent = signed_in(demo, "agent")
    old = got(agent, "/knowledge/YS0001/", version="1")[1]
    assert "这不是现行版本" in old
    assert "连续足额缴存住房公积金满3个月" in old
    new = got(agent, "/knowledge/YS0001/", version="99")[1]
    assert "新口径。" in new
    assert "这不是现行版本" not in new


def test_buttons_are_those_of_the_reader(demo: Cast):
    code = waiting(demo)
    office, unit = (got(signed_in(demo, who), f"/knowledge/{code}/")[1] for who in ("supervisor", "cgj_handler"))
    assert f"/knowledge/{code}/publish/" in office
    assert f"/knowledge/{code}/publish/" not in unit
    assert f"/knowledge/{code}/send-back/" in unit
    agent = got(signed_in(demo, "agent"), "/knowledge/YS0001/")[1]
    assert "/knowledge/YS0001/correct/" in agent
    assert "/knowledge/YS0001/withdraw/" not in agent


# --- writing ---


def test_an_item_goes_its_way_by_posting_forms(demo: Cast):
    unit, office = signed_in(demo, "cgj_handler"), signed_in(demo, "team_leader")
    status, page = posted(unit, "/knowledge/new/", **TYPED)
    assert (status, "草稿已保存" in page) == (200, True)
    code = KnowledgeVersion.objects.get(title=TYPED["title"]).item_id
    assert "已送审" in posted(unit, f"/knowledge/{code}/submit/", seen="1")[1]
    assert "已发布" in posted(office, f"/knowledge/{code}/publish/", seen="1")[1]
    assert "已撤下" in posted(office, f"/knowledge/{code}/withdraw/", remark="错了")[1]
    file = item_file(code, actor=demo.actor("agent"), day=NOON.date())
    assert file is not None
    assert (file.now, file.shown.remark) == (None, "错了")


def test_a_refused_form_keeps_what_was_typed(demo: Cast):
    unit = signed_in(demo, "cgj_handler")
    with at(NOON):
        response = unit.post("/knowledge/new/", TYPED | {"title": "", "valid_to": "明天", "answer": "答" * 4001})
    page = response.content.decode()
    assert response.status_code == 422
    assert "请填写日期" in page
    with at(NOON):
        response = unit.post("/knowledge/new/", TYPED | {"title": "", "answer": "答" * 4001})
    page = response.content.decode()
    assert response.status_code == 422
    assert "请填写标题" in page
    assert "不能超过4000个字" in page
    assert "答" * 4001 in page
    assert TYPED["legal_basis"] in page
    assert 'value="CGJ" selected' in page
    assert not KnowledgeVersion.objects.filter(item__unit_id="CGJ", question=TYPED["question"]).exists()


def test_nobody_writes_for_units_that_are_not_theirs(demo: Cast):
    unit = signed_in(demo, "cgj_handler")
    offered = got(unit, "/knowledge/new/")[1]
    assert 'value="CGJ"' in offered
    assert 'value="STHJ"' not in offered
    assert posted(unit, "/knowledge/new/", **(TYPED | {"unit": "STHJ"}))[0] == 403
    assert got(signed_in(demo, "agent"), "/knowledge/new/")[0] == 403


@pytest.mark.parametrize(
    ("who", "step", "status", "sentence"),
    [
        ("agent", "edit", 403, "只有责任单位的承办人"),
        ("agent", "withdraw", 403, "知识点由热线机构发布和撤下"),
        ("supervisor", "send-back", 409, "没有待发布的版本"),
    ],
)
def test_a_form_that_can_not_be_used_is_not_opened(demo: Cast, who: str, step: str, status: int, sentence: str):
    found = got(signed_in(demo, who), f"/knowledge/YS0001/{step}/")
    assert found[0] == status
    assert sentence in found[1]


def test_the_one_who_wrote_is_told_that_somebody_else_publishes(demo: Cast):
    code = waiting(demo, who="team_leader")
    status, page = posted(signed_in(demo, "team_leader"), f"/knowledge/{code}/publish/", seen="1")
    assert status == 403
    assert "编写或送审的人不能自己发布" in page


def test_an_edit_in_between_is_told_and_nothing_is_lost(demo: Cast):
    code = waiting(demo)
    commands.send_back_item(code=code, remark="请补充", actor=demo.actor("supervisor"), now=NOON)
    text = Wording(title="别人的标题", question="怎么问", answer="别人的答复。", legal_basis="《规定》")
    commands.draft_item(text=text, code=code, actor=demo.actor("cgj_section"), now=NOON)
    status, page = posted(signed_in(demo, "cgj_handler"), f"/knowledge/{code}/edit/", seen="1", **TYPED)
    assert status == 409
    assert "别人改过这个知识点" in page
    assert "请说明路名和门牌。" in page
    assert posted(signed_in(demo, "cgj_handler"), f"/knowledge/{code}/submit/", seen="1")[0] == 409


def test_what_a_publisher_must_look_at_is_named(demo: Cast):
    unit = signed_in(demo, "supervisor")
    file = item_file("YS0059", actor=demo.actor("supervisor"), day=NOON.date())
    assert file is not None
    assert file.now is not None
    text = file.now.text
    commands.draft_item(
        text=Wording(**{**text.__dict__, "answer": "改了。"}), code="YS0059", actor=demo.actor("cgj_handler"), now=NOON
    )
    page = said(got(unit, "/knowledge/YS0059/")[1])
    assert "与现行版本不同：答复口径" in " ".join(page.split())


# --- corrections ---


def test_a_correction_is_asked_for_and_answered(demo: Cast):
    agent, unit = signed_in(demo, "agent"), signed_in(demo, "cgj_handler")
    assert posted(agent, "/knowledge/YS0059/correct/", text=" ")[0] == 422
    assert "已转给责任单位" in posted(agent, "/knowledge/YS0059/correct/", text="电话变了")[1]
    number = Correction.objects.get().pk
    assert "电话变了" in got(unit, "/knowledge/?tab=corrections")[1]
    assert posted(unit, f"/knowledge/corrections/{number}/", accepted="yes", answer="")[0] == 422
    assert "已答复" in posted(unit, f"/knowledge/corrections/{number}/", accepted="no", answer="电话没有变")[1]
    assert "电话没有变" in got(agent, "/knowledge/?tab=corrections")[1]
    assert posted(unit, f"/knowledge/corrections/{number}/", accepted="no", answer="再答")[0] == 409
    assert posted(agent, f"/knowledge/corrections/{number}/", accepted="no", answer="再答")[0] == 403


def test_a_missing_item_is_asked_for(demo: Cast):
    agent = signed_in(demo, "agent")
    assert "已记录" in posted(agent, "/knowledge/ask/", text="缺少共享充电宝的口径", unit="")[1]
    asked = Correction.objects.get()
    assert (asked.item_id, asked.unit_id) == (None, None)
    assert got(signed_in(demo, "reviewer"), f"/knowledge/corrections/{asked.pk}/")[0] == 404
    assert got(signed_in(demo, "supervisor"), f"/knowledge/corrections/{asked.pk}/")[0] == 200


# --- suggestions ---


def test_suggestions_carry_what_a_script_needs_to_copy_and_cite(demo: Cast):
    agent = signed_in(demo, "agent", panel=True)
    page = got(agent, "/knowledge/suggest/", q="租房子想提取公积金", category="010101")[1]
    assert page.index('data-knowledge="YS0001"') < page.index('data-knowledge="YS0002"')
    assert 'data-cite="YS0001"' in page
    assert 'data-copy="连续足额缴存住房公积金满3个月' in page
    assert "同一事项分类" in page
    assert "<html" not in page


def test_a_draft_is_sent_by_post_as_well_so_that_no_address_repeats_it(demo: Cast):
    agent = signed_in(demo, "agent", panel=True)
    status, page = posted(agent, "/knowledge/suggest/", q="租房子想提取公积金", category="010101")
    assert status == 200
    assert "租房提取住房公积金" in page
    assert "没有合适的知识点" in posted(agent, "/knowledge/suggest/", q="路灯不亮")[1]
    assert "输入诉求内容后" in posted(agent, "/knowledge/suggest/", q=" ")[1]


# --- statements ---


@pytest.mark.parametrize("who", ["agent", "supervisor", "cgj_handler"])
def test_no_page_asks_the_database_more_than_eight_times(demo: Cast, django_assert_max_num_queries: Limit, who: str):
    for minute in range(5):
        commands.correct_item(
            code="YS0059",
            text=f"第{minute}处有误",
            actor=demo.actor("agent"),
            now=NOON + timedelta(minutes=minute),
            calendar=Calendar(),
        )
    client = signed_in(demo, who)
    for address in PAGES:
        got(client, address)
        with django_assert_max_num_queries(8):
            assert got(client, address)[0] in {200, 403}
