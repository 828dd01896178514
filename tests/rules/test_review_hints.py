"""Hints beside a reply: each is given for its own reason, and a good reply gets none."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.review_hints import LEAST_REPLY, ReplyFacts, hints
from hotline.rules.sentences import render
from hotline.rules.vocabulary import RequestType

REQUEST = "每天晚上七点到凌晨一点，小区北门外有十多个烧烤摊，油烟和音乐声很大，老人孩子睡不好，占了人行道。"
GOOD = ReplyFacts(
    request=REQUEST,
    reply="经现场核查，您反映的情况属实。昨晚已取缔占道烧烤摊点11处，每晚安排专人值守至凌晨1点，并已电话告知您。",
    legal_basis="《安徽省城市市容和环境卫生管理条例》第二十一条",
    banned=("不归我们管", "没办法"),
    contacted=True,
    types=(RequestType.COMPLAINT,),
)


def codes(facts: ReplyFacts) -> list[str]:
    return [hint.code.removeprefix("review_hint.") for hint in hints(facts)]


def test_a_good_reply_gets_no_hint() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"reply": "已处理。", "legal_basis": "《条例》依据"}, ["short"]),
        ({"request": REQUEST * 4}, ["short"]),
        ({"request": "灯不亮", "reply": "路灯已于昨晚修复，请您放心使用，感谢您的来电。"}, []),
        ({"legal_basis": " "}, ["no_basis"]),
        ({"legal_basis": "", "reply": GOOD.reply + "依据合政办〔2020〕12号。"}, []),
        ({"legal_basis": "", "reply": GOOD.reply + "依据《城市绿化条例》。"}, []),
        ({"legal_basis": "", "reply": GOOD.reply + "依据第二十一条。"}, []),
        ({"reply": GOOD.reply + "这事不归 我们管。"}, ["banned"]),
        ({"contacted": False}, ["no_contact"]),
        ({"contacted": False, "contactable": False}, []),
        ({"contacted": False, "may_be_contacted": False}, []),
        ({"types": (RequestType.COMPLAINT, RequestType.CONSULTATION)}, ["relabelled"]),
        ({"types": (RequestType.REPORT, RequestType.HELP, RequestType.CONSULTATION)}, ["relabelled"]),
        ({"types": (RequestType.CONSULTATION, RequestType.COMPLAINT)}, []),
        ({"types": (RequestType.HELP, RequestType.CONSULTATION)}, []),
        ({"earlier_same": ("34010020260317DH000001",)}, ["copied"]),
    ],
)
def test_each_hint_has_its_reason(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(replace(GOOD, **changes)) == expected


def test_hints_read_as_sentences_in_both_languages() -> None:
    bad = ReplyFacts(
        request=REQUEST,
        reply="没办法",
        banned=("没办法",),
        types=(RequestType.COMPLAINT, RequestType.CONSULTATION),
        earlier_same=("34010020260317DH000001",),
    )
    said = [render(hint, "zh") for hint in hints(bad)]
    assert said[0] == "原来是“投诉”，现在按咨询办理。请核对是否应当改回。"
    assert said[1] == "答复里有禁用语：没办法。"
    assert len(said) == 6
    english = [render(hint, "en").replace("没办法", "") for hint in hints(bad)]
    assert not any("\u4e00" <= sign <= "\u9fff" for sentence in english for sign in sentence)


@given(st.text(max_size=200), st.text(max_size=200), st.lists(st.text(max_size=6), max_size=4))
def test_whatever_is_typed_is_judged_the_same_way_twice(request: str, reply: str, banned: list[str]) -> None:
    facts = ReplyFacts(request=request, reply=reply, banned=banned, contacted=True)
    assert hints(facts) == hints(facts)
    assert ("short" in codes(facts)) or len("".join(reply.split())) >= LEAST_REPLY


@given(st.text(min_size=1, max_size=6).filter(str.strip), st.text(max_size=50), st.text(max_size=50))
def test_a_banned_phrase_is_found_wherever_it_stands(phrase: str, before: str, after: str) -> None:
    assert "banned" in codes(replace(GOOD, reply=before + phrase + after, banned=(phrase,)))
