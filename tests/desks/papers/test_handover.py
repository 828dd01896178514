"""The handover paper: complete for those who may hold it, on record when it shows who asked; redacted it tells nothing.

What a paper holds is read from all of it: the page's text and attributes, every part of the Word document.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client, override_settings
from docx import Document

from hotline.rules import acts
from hotline.rules.vocabulary import Flag, Stage, UnitCode
from hotline.tickets.models import Disclosure
from tests.cast import REQUESTER, Cast, Ticket
from tests.visits import at, latin, said, signed_in
from tests.walks import REGISTER, STEP

pytestmark = pytest.mark.django_db
BRIEF = "某小区门口有占道经营，请核查处置。"
ASKER = {**REQUESTER, "alt_phone": "0551-62600000"}
SECRETS = (
    REQUESTER["name"], REQUESTER["phone"], "62600000", REQUESTER["address"], "138****0000", "张**",
    REGISTER.title, REGISTER.content, REGISTER.demand, REGISTER.place, "又来了两个摊点", "请按期办理",
)  # fmt: skip
"""All that would tell who asked or repeat their words."""
FORMS = ("page", "word")
BOXES = ("编号", "来电时间", "承办单位", "办理时限", "拟办意见", "领导批示", "承办意见", "签字盖章")


def handed(cast: Cast, *, confidential: bool = False, brief: bool = True) -> Ticket:
    """A ticket with everything on it that must not be on a redacted paper."""
    asked_later = confidential and not brief  # else the office could not have sent it without a brief
    register = {"confidential": confidential and not asked_later}
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, register=register, requester=ASKER)
    ticket = cast.do(ticket, "agent", acts.AddFacts(facts="又来了两个摊点"))
    if brief:
        ticket = cast.do(ticket, "agent", acts.WriteBrief(for_unit=BRIEF))
    dispatched = acts.Dispatch(lead_unit=UnitCode("CGJ"), co_units=(UnitCode("STHJ"),), note="请按期办理")
    ticket = cast.do(ticket, "dispatcher", dispatched)
    return cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.CONFIDENTIAL)) if asked_later else ticket


def address(ticket: Ticket, form: str) -> str:
    return f"/papers/handover/{ticket.number}/" + ("word/" if form == "word" else "")


def content(client: Client, ticket: Ticket, form: str, **query: str) -> str:
    """Everything the paper says, wherever it says it."""
    answer = client.get(address(ticket, form), query)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    return in_word(answer.content) if form == "word" else answer.content.decode()


def in_word(body: bytes) -> str:
    with ZipFile(io.BytesIO(body)) as package:
        parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    paper = Document(io.BytesIO(body))
    cells = [cell.text for row in paper.tables[0].rows for cell in row.cells]
    return "\n".join([*parts, *cells, *(paragraph.text for paragraph in paper.paragraphs)])


@pytest.fixture
def ticket(cast: Cast) -> Iterator[Ticket]:
    made = handed(cast)
    with at(made.at + STEP):
        yield made


@pytest.mark.parametrize("form", FORMS)
def test_a_full_paper_holds_everything_and_is_on_record(cast: Cast, ticket: Ticket, form: str) -> None:
    paper = content(signed_in(cast, "dispatcher"), ticket, form)
    words = (
        *(*BOXES, "交办单", ticket.number, "合肥市", REQUESTER["name"], REQUESTER["phone"], "0551-62600000"),
        *(REQUESTER["address"], REGISTER.content, REGISTER.demand, "又来了两个摊点", "市城管局、市生态环境局"),
        *("请按期办理", "2026年3月26日 17:30前", "含诉求人信息，请妥善保管", "打印：陈志远"),
    )
    assert [word for word in words if word not in paper] == []
    (look,) = Disclosure.objects.all()
    assert (look.actor, look.role) == (str(cast.user("dispatcher").pk), "dispatcher")
    assert look.reason.startswith("handover paper")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("confidential", [False, True], ids=["ordinary", "confidential"])
@pytest.mark.parametrize(
    "who", ["agent", "dispatcher", "director", "auditor", "cgj_handler", "cgj_head", "sthj_handler"]
)
def test_a_redacted_paper_tells_nothing(cast: Cast, *, form: str, confidential: bool, who: str) -> None:
    ticket = handed(cast, confidential=confidential)
    with at(ticket.at + STEP):
        paper = content(signed_in(cast, who), ticket, form, redacted="1")
    assert [secret for secret in SECRETS if secret in paper] == []
    for words in (*BOXES, BRIEF, ticket.number, "市城管局", "不含诉求人信息"):
        assert words in paper, words
    assert "诉求内容" not in paper
    assert "联系方式" not in paper
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["cgj_handler", "cgj_head", "sthj_handler"])
@pytest.mark.parametrize("asked", ["", "0", "no", "false"])
def test_a_unit_gets_confidential_papers_redacted_whatever_it_asks(cast: Cast, form: str, who: str, asked: str) -> None:
    ticket = handed(cast, confidential=True)
    with at(ticket.at + STEP):
        paper = content(signed_in(cast, who), ticket, form, redacted=asked)
    assert [secret for secret in SECRETS if secret in paper] == []
    assert BRIEF in paper
    assert "保密件" in paper
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_of_a_confidential_ticket_the_office_gets_a_redacted_paper_unless_it_asks(cast: Cast, form: str) -> None:
    ticket = handed(cast, confidential=True)
    with at(ticket.at + STEP):
        plain = content(signed_in(cast, "agent"), ticket, form)
        assert [secret for secret in SECRETS if secret in plain] == []
        full = content(signed_in(cast, "agent"), ticket, form, redacted="0")
        assert REQUESTER["phone"] in full
        assert Disclosure.objects.count() == 1
        hidden = content(signed_in(cast, "dispatcher"), ticket, form, redacted="0")
    assert REQUESTER["phone"] not in hidden
    assert "张" not in hidden.replace("一张", "")
    assert REGISTER.content in hidden
    assert Disclosure.objects.count() == 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["director", "auditor", "sthj_handler"])
def test_who_may_not_unmask_holds_a_masked_paper(cast: Cast, ticket: Ticket, form: str, who: str) -> None:
    paper = content(signed_in(cast, who), ticket, form)
    assert "张**" in paper
    assert "138****0000" in paper
    assert [s for s in (REQUESTER["name"], REQUESTER["phone"], "62600000", REQUESTER["address"]) if s in paper] == []
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_the_lead_unit_prints_in_full_on_record(cast: Cast, ticket: Ticket, form: str) -> None:
    paper = content(signed_in(cast, "cgj_handler"), ticket, form)
    assert REQUESTER["phone"] in paper
    assert Disclosure.objects.get().actor == str(cast.user("cgj_handler").pk)


@pytest.mark.parametrize(
    ("who", "confidential", "offered"),
    [
        ("dispatcher", False, "含诉求人信息的（留痕）"),
        ("auditor", False, "未删减的"),
        ("agent", True, "含诉求人信息的（留痕）"),
        ("dispatcher", True, "未删减的"),
        ("cgj_handler", False, "含诉求人信息的（留痕）"),
        ("cgj_handler", True, ""),
    ],
)
def test_a_redacted_paper_offers_only_what_its_reader_may_hold(
    cast: Cast, *, who: str, confidential: bool, offered: str
) -> None:
    ticket = handed(cast, confidential=confidential)
    with at(ticket.at + STEP):
        page = content(signed_in(cast, who), ticket, "page", redacted="1")
    assert re.findall(r'<a href="\?redacted=0">(.*?)</a>', page) == ([offered] if offered else [])


@pytest.mark.parametrize("form", FORMS)
def test_without_a_brief_the_redacted_paper_says_so(cast: Cast, form: str) -> None:
    ticket = handed(cast, confidential=True, brief=False)
    with at(ticket.at + STEP):
        paper = content(signed_in(cast, "cgj_handler"), ticket, form)
    assert "热线机构尚未填写交办内容" in paper
    assert [secret for secret in SECRETS if secret in paper] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin", "ly_dispatcher", "street_handler"])
def test_who_does_not_see_the_ticket_gets_no_paper(cast: Cast, ticket: Ticket, form: str, who: str) -> None:
    assert signed_in(cast, who).get(address(ticket, form)).status_code == 404
    assert "/accounts/login/" in Client().get(address(ticket, form)).headers["Location"]
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("form", FORMS)
def test_an_anonymous_request_puts_nobody_on_record(cast: Cast, form: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, requester={}, register={"contactable": False})
    with at(ticket.at + STEP):
        paper = content(signed_in(cast, "agent"), ticket, form)
    assert "诉求人" in paper
    assert REGISTER.content in paper


def test_the_reply_stands_in_the_units_box(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN_OFF)
    with at(ticket.at + STEP):
        full = content(signed_in(cast, "cgj_head"), ticket, "page")
        redacted = content(signed_in(cast, "cgj_head"), ticket, "page", redacted="1")
    assert "占道摊点已于当日全部清理" in full
    assert "占道摊点已于当日全部清理" not in redacted


@pytest.mark.parametrize("form", FORMS)
def test_before_acceptance_the_limit_is_not_known(cast: Cast, form: str) -> None:
    ticket = cast.ticket_at(Stage.DRAFT)
    with at(ticket.at + STEP):
        assert "受理后起算" in content(signed_in(cast, "dispatcher"), ticket, form)


@pytest.mark.parametrize("form", FORMS)
def test_the_red_head_is_left_off_for_printed_paper(cast: Cast, ticket: Ticket, form: str) -> None:
    dispatcher = signed_in(cast, "dispatcher")
    assert "市长热线" in content(dispatcher, ticket, form) or "12345" in content(dispatcher, ticket, form)
    bare = content(dispatcher, ticket, form, head="0")
    assert 'class="head"' not in bare
    assert "E60012" not in bare
    assert "交办单" in bare


def test_the_paper_is_chinese_whoever_reads(cast: Cast, ticket: Ticket) -> None:
    page = content(signed_in(cast, "dispatcher", lang="en"), ticket, "page")
    paper = page[page.index("<main") :]
    assert latin(paper.replace(ticket.number, "")) == set()
    assert "Print" in said(page)
    chinese = content(signed_in(cast, "dispatcher"), ticket, "page")
    assert latin(chinese.replace(ticket.number, "")) == {"Word"}


def test_a_document_is_laid_out_as_the_standard_says(cast: Cast, ticket: Ticket) -> None:
    answer = signed_in(cast, "dispatcher").get(address(ticket, "word"))
    assert "filename*=utf-8''%E4%BA%A4%E5%8A%9E%E5%8D%95-" in answer.headers["Content-Disposition"]
    paper = Document(io.BytesIO(answer.content))
    section = paper.sections[0]
    millimetres = [round((length or 0) / 36000) for length in (
        section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin,
        section.right_margin,
    )]  # fmt: skip
    assert millimetres == [210, 297, 37, 35, 28, 26]
    assert (paper.core_properties.author, paper.core_properties.title) == ("", f"交办单 {ticket.number}")
    xml = in_word(answer.content)
    assert "方正小标宋简体" in xml
    assert "仿宋_GB2312" in xml
    assert "{{" not in xml
    assert "{%" not in xml


@pytest.mark.parametrize("form", FORMS)
def test_what_a_citizen_writes_becomes_neither_markup_nor_template(cast: Cast, form: str) -> None:
    nasty = "<b>粗</b> & {{ 7*7 }} {% if 1 %}\x0b第二行\n第三行 </w:t><w:t>"
    ticket = cast.ticket_at(Stage.HANDLING, register={"content": nasty})
    with at(ticket.at + STEP):
        answer = signed_in(cast, "agent").get(address(ticket, form))
    if form == "word":
        cells = [cell.text for row in Document(io.BytesIO(answer.content)).tables[0].rows for cell in row.cells]
        text = "\n".join(cells)
        assert "<b>粗</b> & {{ 7*7 }} {% if 1 %}第二行\n第三行 </w:t><w:t>" in text
    else:
        page = answer.content.decode()
        assert "<b>粗</b>" not in page
        assert "&lt;b&gt;粗&lt;/b&gt; &amp; {{ 7*7 }}" in page


def own_form(folder: Path, text: str) -> None:
    folder.mkdir()
    form = Document()
    form.add_paragraph(text)
    form.save(str(folder / "handover.docx"))


def test_a_city_may_have_a_form_of_its_own(cast: Cast, ticket: Ticket, tmp_path: Path) -> None:
    own_form(
        tmp_path / "papers", "合肥专用 {{ number }} {{ request.text }} {% for l, r in facts %}{{ l.text }};{% endfor %}"
    )
    with override_settings(PAPERS=tmp_path / "papers"):
        full = signed_in(cast, "dispatcher").get(address(ticket, "word"))
        redacted = signed_in(cast, "dispatcher").get(address(ticket, "word"), {"redacted": "1"})
    text = Document(io.BytesIO(full.content)).paragraphs[0].text
    assert text.startswith(f"合肥专用 {ticket.number}")
    assert REQUESTER["name"] in text
    with ZipFile(io.BytesIO(redacted.content)) as package:
        everything = "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    assert "合肥专用" in everything
    assert [secret for secret in SECRETS if secret in everything] == []


@pytest.mark.parametrize(
    "text",
    ["{{ requester.phone }}", "{{ number.__class__.__mro__[1].__subclasses__() }}", "{% for x in %}", "{{ number"],
    ids=["what is not there", "a way out of the form", "half a loop", "half a word"],
)
def test_a_form_that_cannot_be_filled_in_is_passed_over(
    cast: Cast, ticket: Ticket, tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    own_form(tmp_path / "papers", text)
    with override_settings(PAPERS=tmp_path / "papers"):
        paper = content(signed_in(cast, "dispatcher"), ticket, "word", redacted="1")
    assert BRIEF in paper
    assert "cannot be filled in" in caplog.text
    assert BRIEF not in caplog.text


def test_a_file_that_is_no_document_is_passed_over(cast: Cast, ticket: Ticket, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "handover.docx").write_bytes(b"nonsense")
    with override_settings(PAPERS=tmp_path / "papers"):
        assert BRIEF in content(signed_in(cast, "dispatcher"), ticket, "word", redacted="1")


def test_the_ticket_page_leads_to_both_papers(cast: Cast, ticket: Ticket) -> None:
    page = signed_in(cast, "cgj_handler").get(f"/tickets/{ticket.number}/").content.decode()
    assert re.findall(r'href="(/papers/[^"]*)"', page) == [
        f"/papers/handover/{ticket.number}/",
        f"/papers/handover/{ticket.number}/?redacted=1",
    ]


Limit = Callable[[int], AbstractContextManager[object]]


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_asks_the_database_little(
    cast: Cast, ticket: Ticket, django_assert_max_num_queries: Limit, form: str
) -> None:
    dispatcher = signed_in(cast, "dispatcher")
    dispatcher.get(address(ticket, form))
    with django_assert_max_num_queries(8):
        assert dispatcher.get(address(ticket, form)).status_code == 200
