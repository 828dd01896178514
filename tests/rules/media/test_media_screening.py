"""Nobody's name, number or house gets out: found however it is typed, named without being repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.media.screening import Known, Leak, Trace, details, leak_refusals, leaks, ticket_refusal
from hotline.rules.sentences import render
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import Flag, RequestType, UnitCode

NO = "20260317000001"
ZHANG = Known(
    number=NO,
    names=("张建军",),
    phones=("13800138000", "0551-62345678"),
    id_no="34010419800101123X",
    address="合肥市庐阳区三孝口街道长江中路1号2幢301室",
)
PLAIN = "长江中路早高峰占道经营，多名市民反映，城管部门2026年3月17日已到场。"


@pytest.mark.parametrize(
    ("said", "trace"),
    [
        ("张建军反映", Trace.NAME),
        ("张 建 军 反映", Trace.NAME),
        ("电话13800138000", Trace.PHONE),
        ("电话 138-0013-8000", Trace.PHONE),
        ("电话１３８ ００１３ ８０００", Trace.PHONE),
        ("电话+86 138 0013 8000", Trace.PHONE),
        ("0551 6234 5678", Trace.PHONE),
        ("证件34010419800101123x", Trace.ID_NO),
        ("住长江中路1号", Trace.ADDRESS),
        ("住在长江中路 1 号 2 幢", Trace.ADDRESS),
        ("住长江中路1号2幢301室", Trace.ADDRESS),
    ],
)
def test_what_is_known_of_who_asked_is_found(said: str, trace: Trace):
    found = leaks(f"{PLAIN}\n{said}", [ZHANG])
    assert trace in {leak.trace for leak in found}
    assert {(leak.line, leak.number) for leak in found} == {(2, NO)}


def test_a_plain_text_goes_out():
    assert leaks(PLAIN, [ZHANG]) == ()
    assert leaks("", [ZHANG]) == ()
    assert leaks("张先生反映，热线电话12345，单位电话0551-12345678", [ZHANG]) == ()


def test_anybodys_numbers_are_found_too():
    assert leaks("请拨13912345678", [ZHANG]) == (Leak(Trace.ANY_PHONE, 1),)
    assert leaks("身份证340104199001011234", [ZHANG]) == (Leak(Trace.ANY_ID, 1),)
    assert leaks("订单1391234567890", [ZHANG]) == ()


def test_a_number_within_a_longer_one_is_another_number():
    assert leaks("编号913800138000", [ZHANG]) == ()


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("庐阳区三孝口街道长江中路1号", ("长江中路1号",)),
        ("合肥市庐阳区长江中路1号2幢301室", ("长江中路1号", "长江中路1号2幢", "长江中路1号2幢301室")),
        ("花园小区三栋", ("花园小区三栋",)),
        ("庐阳区", ()),
        ("", ()),
    ],
)
def test_the_parts_of_an_address_that_lead_to_a_door(address: str, parts: tuple[str, ...]):
    assert details(address) == parts


@given(before=st.text(alphabet="路灯不亮，。 \n", max_size=30), gap=st.sampled_from(("", " ", "　", "-", "·")))
def test_a_name_is_found_wherever_it_stands(before: str, gap: str):
    text = before + gap.join("张建军") + "说"
    found = leaks(text, [ZHANG])
    assert [leak.trace for leak in found] == [Trace.NAME]
    assert 1 <= found[0].line <= len(text.splitlines())


@given(st.text(max_size=80))
def test_no_text_is_too_strange(text: str):
    for leak in leaks(text, [ZHANG]):
        assert 1 <= leak.line <= len(text.splitlines())


def test_sentences_say_what_stands_where_and_do_not_repeat_it():
    (first,) = leak_refusals(f"{PLAIN}\n张建军反映", [ZHANG], field="title")
    said = render(first, "zh")
    assert (first.field, "第2行" in said, NO in said, "姓名" in said) == ("title", True, True, True)
    assert "张建军" not in said
    (anybody,) = leak_refusals("拨13912345678", [], field="text")
    assert "手机号码" in render(anybody, "zh")
    assert "139" not in render(anybody, "en")


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (TicketState(flags=frozenset({Flag.CONFIDENTIAL}), lead_unit=UnitCode("CGJ")), "media.ticket_confidential"),
        (TicketState(request_type=RequestType.REPORT, lead_unit=UnitCode("CGJ")), "media.ticket_protected"),
        (TicketState(), "media.ticket_undispatched"),
        (TicketState(lead_unit=UnitCode("CGJ")), None),
    ],
)
def test_tickets_that_need_protection_stay_in_the_house(state: TicketState, code: str | None):
    refusal = ticket_refusal(NO, state)
    assert (refusal.code if refusal else None) == code
    assert refusal is None or (refusal.field == "tickets" and render(refusal, "zh"))
