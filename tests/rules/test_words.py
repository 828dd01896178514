"""Everything of the trade has a word in both languages, and sentences put values into words."""

import dataclasses
import re
from datetime import UTC, datetime
from enum import Enum

import pytest

from hotline.rules import vocabulary
from hotline.rules.acts import ACTS
from hotline.rules.administration import AdminAct
from hotline.rules.deadlines import Light
from hotline.rules.lifecycle import TABLE
from hotline.rules.lifecycle.guarding import guard_name
from hotline.rules.messages import Message, Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, RuleAct
from hotline.rules.satisfaction import Outcome
from hotline.rules.sentences import moment, render
from hotline.rules.visibility import RequesterView
from hotline.rules.vocabulary import CITY_TZ, Flag, RequestType, Role, Stage
from hotline.rules.words import LANGUAGES, field_word, word
from hotline.rules.words_acts import ACT_WORDS, FIELD_WORDS, FIELD_WORDS_OF
from hotline.rules.words_documents import DOCUMENT_LISTS
from hotline.rules.words_events import EVENT_WORDS, GUARD_WORDS
from hotline.rules.words_instructions import INSTRUCTION_LISTS
from hotline.rules.words_joint import JOINT_LISTS
from hotline.rules.words_media import MEDIA_LISTS
from hotline.rules.words_precedents import PRECEDENT_LISTS
from hotline.rules.words_rules import RULE_LISTS
from hotline.rules.words_supervision import SUPERVISION_LISTS
from hotline.rules.words_vocabulary import LISTS
from hotline.rules.workdays import DayKind

ENUMS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Enum) and kind.__module__ == vocabulary.__name__
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SHOWN_ONLY = {"flags"}


@pytest.mark.parametrize("kind", [*ENUMS, Outcome, RequesterView, Light], ids=lambda kind: kind.__name__)
def test_every_member_of_every_list_has_a_word_of_its_own(kind: type[Enum]):
    for lang in LANGUAGES:
        words = [word(member, lang) for member in kind]
        assert all(words)
        assert len(set(words)) == len(words)


def test_there_is_no_list_without_a_vocabulary():
    assert {type(next(iter(members))) for members in LISTS.values()} == {
        *ENUMS,
        Outcome,
        RequesterView,
        Light,
        AdminAct,
        DayKind,
        DraftKind,
        DraftState,
        RuleAct,
        *(type(next(iter(members))) for members in SUPERVISION_LISTS.values()),
        *(type(next(iter(members))) for members in DOCUMENT_LISTS.values()),
        *(type(next(iter(members))) for members in JOINT_LISTS.values()),
        *(type(next(iter(members))) for members in MEDIA_LISTS.values()),
        *(type(next(iter(members))) for members in INSTRUCTION_LISTS.values()),
        *(type(next(iter(members))) for members in RULE_LISTS.values()),
        *(type(next(iter(members))) for members in PRECEDENT_LISTS.values()),
    }


def test_every_act_event_guard_and_field_has_a_word_and_nothing_else_has():
    guards = {guard_name(g) for row in TABLE for g in (*row.standing, *row.guards, *row.when)}
    assert set(ACT_WORDS) == set(ACTS)
    assert set(EVENT_WORDS) == {row.event for row in TABLE}
    assert set(GUARD_WORDS) == guards
    fields = {f.name for act in ACTS.values() for f in dataclasses.fields(act)}
    assert set(FIELD_WORDS) == fields | SHOWN_ONLY
    for act, named in FIELD_WORDS_OF.items():
        assert set(named) <= {f.name for f in dataclasses.fields(ACTS[act])}, act


@pytest.mark.parametrize("said", [ACT_WORDS, EVENT_WORDS], ids=["acts", "events"])
def test_no_two_acts_or_events_read_the_same(said: dict[str, tuple[str, str]]):
    for language in range(len(LANGUAGES)):
        words = [pair[language] for pair in said.values()]
        assert len(set(words)) == len(words)


def test_chinese_words_are_chinese_and_english_ones_are_not():
    pairs = [
        pair for words in (*LISTS.values(), ACT_WORDS, FIELD_WORDS, EVENT_WORDS, GUARD_WORDS) for pair in words.values()
    ]
    assert all(CHINESE.search(zh) and not CHINESE.search(en) for zh, en in pairs)
    assert not [zh for zh, _ in pairs if re.search(r"[a-z_]{2}|[,;()]", zh)]


def test_words_are_found_by_member_by_key_and_by_the_name_of_an_act():
    assert word(Stage.HANDLING, "zh") == word("stage.handling", "zh") == "办理中"
    assert word("sign_in", "zh") == word("act.sign_in", "zh") == "签收"
    assert word("clock.sign_in", "zh") == "签收时限"
    assert word("event.handling.signed_in", "en") == "Signed in"
    assert word("rating.5", "zh") == "非常满意"
    assert field_word("request_return", "reason", "zh") == "退单理由"
    assert field_word("order_rework", "reason", "zh") == "重办理由"
    assert field_word("classify", "reason", "zh") == word("field.reason", "zh") == "理由"


@pytest.mark.parametrize("unknown", ["stage.nowhere", "nothing", "", "field."])
def test_what_has_no_word_is_said_loudly(unknown: str):
    with pytest.raises(LookupError):
        word(unknown, "zh")


def test_a_language_without_words_is_said_loudly():
    with pytest.raises(LookupError):
        word(Stage.HANDLING, "fr")
    with pytest.raises(LookupError):
        render(Refusal("joint.no_dispute"), "fr")


def test_sentences_put_values_into_words():
    not_now = Refusal("act.not_now", {"act": "sign_in", "stage": Stage.CLOSED})
    assert render(not_now, "zh") == "工单目前处于“已办结”，不能办理“签收”。请刷新页面，从当前可办的事项中选择。"
    assert "“Sign in”" in render(not_now, "en")
    late = Refusal("act.before_last_event", {"at": datetime(2021, 5, 8, 6, 20, tzinfo=UTC)})
    assert "5月8日 14:20" in render(late, "zh")
    assert "8 May 14:20" in render(late, "en")
    assert "退单理由" in render(Refusal("field.required", {"act": "request_return", "field": "reason"}), "zh")
    assert "where.page" in render(Refusal("field.required", {"field": "where.page"}), "zh")
    assert "咨询" in render(Refusal("extension.type_excluded", {"request_type": RequestType.CONSULTATION}), "zh")
    assert "“裁定主办”" in render(Refusal("flag.not_by_hand", {"flag": Flag.RULED_LEAD}), "zh")
    assert "分管领导" in render(Refusal("sign_off.not_your_step", {"next": Role.DEPUTY_HEAD}), "zh")
    moved = Refusal("conflict.version", {"event": "handling.signed_in", "at": datetime(2021, 5, 8, tzinfo=CITY_TZ)})
    assert "5月8日 00:00，已签收" in render(moved, "zh")


def test_a_code_without_a_sentence_is_said_loudly():
    with pytest.raises(LookupError):
        render(Message("no.such.code"), "zh")


def test_times_are_said_in_the_citys_zone():
    new_year = datetime(2020, 12, 31, 16, 5, tzinfo=UTC)
    assert (moment(new_year, "zh"), moment(new_year, "en")) == ("1月1日 00:05", "1 Jan 00:05")
