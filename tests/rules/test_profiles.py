"""Rule profiles: the shipped ones say what their sources say, and a slip in one is named before it is used."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.deadlines import LightThresholds
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.profile_parts import LimitTable, OnTimeMeans
from hotline.rules.profiles import Profile, ProfileError, in_force, parse_profile, rework_limit, to_dict
from hotline.rules.sentences_time import SENTENCES
from hotline.rules.vocabulary import ClockKind, Paper, RequestType, Role, Urgency
from tests.rules.holidays import ROOT, at

FILES = sorted((ROOT / "data/hefei/profiles").glob("*.toml"))
HEFEI = ROOT / "data/hefei/profiles/hefei-2021.toml"


def load(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def hefei(**changes: Any) -> dict[str, Any]:
    """Hefei's file with some groups replaced."""
    return {**load(HEFEI), **changes}


def codes(data: dict[str, Any]) -> dict[str, str]:
    """What is wrong with the data: place and code."""
    with pytest.raises(ProfileError) as caught:
        parse_profile(data)
    assert str(caught.value).count("\n") == len(caught.value.problems) - 1
    return {str(problem.params["path"]): problem.code for problem in caught.value.problems}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return parse_profile(load(HEFEI))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_profile_is_read_and_written_back(file: Path) -> None:
    found = parse_profile(load(file))
    assert found.key == file.stem
    assert parse_profile(json.loads(json.dumps(to_dict(found)))) == found
    assert to_dict(parse_profile(to_dict(found))) == to_dict(found)
    assert found.version_key == f"{file.stem}@1"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_profile_leaves_nothing_unsaid(file: Path) -> None:
    """Every setting stands in the file, where the office can see it with its evidence mark."""
    data, full = load(file), to_dict(parse_profile(load(file)))
    for group in full.keys() - {"limits", "emergency"}:
        given_, wanted = data[group], full[group]
        assert isinstance(wanted, dict) is isinstance(given_, dict)
        if isinstance(wanted, dict):
            assert given_.keys() == wanted.keys(), group
    assert data["limits"].keys() == full["limits"].keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_number_says_where_it_comes_from(file: Path) -> None:
    """V, D or P stands on the line itself or beside the name of its group."""
    group_marked, unmarked = False, []
    for line in file.read_text(encoding="utf-8").split("[limits]", 1)[1].splitlines():
        marked = bool(re.search(r"#.*[VDP]：|#.*[VDP]$|#.*。[VDP]", line))
        if line.startswith("["):
            group_marked = marked
        elif " = " in line and not marked and not group_marked:
            unmarked.append(line)
    assert unmarked == []


def test_six_cities_are_shipped() -> None:
    assert [file.stem for file in FILES] == ["beijing", "bengbu", "hefei-2021", "shandong", "shanghai", "tianjin"]


ORDINARY, URGENT, CRITICAL = Urgency.ORDINARY, Urgency.URGENT, Urgency.CRITICAL
COMPLAINT, CONSULTATION = RequestType.COMPLAINT, RequestType.CONSULTATION


@pytest.mark.parametrize(
    ("kind", "request_type", "urgency", "is_complex", "expected"),
    [
        (ClockKind.REPLY, CONSULTATION, ORDINARY, False, "3wd"),
        *((ClockKind.REPLY, other, ORDINARY, False, "7wd") for other in RequestType if other is not CONSULTATION),
        (ClockKind.UNIT_REPLY, COMPLAINT, ORDINARY, False, "7wd"),
        (ClockKind.UNIT_REPLY, CONSULTATION, CRITICAL, True, "3wd"),
        (ClockKind.DISPATCH, COMPLAINT, ORDINARY, False, "24h"),
        (ClockKind.DISPATCH, COMPLAINT, URGENT, False, "2h"),
        (ClockKind.DISPATCH, COMPLAINT, CRITICAL, False, "1h"),
        (ClockKind.SIGN_IN, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.SIGN_IN, COMPLAINT, URGENT, False, "30min"),
        (ClockKind.SIGN_IN, COMPLAINT, CRITICAL, False, "15min"),
        (ClockKind.FIRST_CONTACT, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.RETURN_WINDOW, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.RETURN_WINDOW, COMPLAINT, ORDINARY, True, "2wd"),
        (ClockKind.RETURN_RULING, COMPLAINT, ORDINARY, False, "4oh"),
        (ClockKind.EXTENSION_RULING, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.REVIEW, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.CALLBACK, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.PHONE_FEEDBACK, COMPLAINT, URGENT, False, "20min"),
        (ClockKind.PHONE_FEEDBACK, COMPLAINT, CRITICAL, False, "10min"),
        (ClockKind.MEDIATION, COMPLAINT, ORDINARY, False, "4oh"),
        (ClockKind.QUICK_RULING, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.PANEL, COMPLAINT, ORDINARY, False, "3wd"),
        (ClockKind.OBJECTION, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.CO_TASK, COMPLAINT, ORDINARY, False, "4wd"),
        (ClockKind.CO_TASK, CONSULTATION, ORDINARY, False, "2wd"),
        (ClockKind.INNER_REPLY, COMPLAINT, ORDINARY, False, "5wd"),
        (ClockKind.INNER_REPLY, CONSULTATION, ORDINARY, False, "2wd"),
        (ClockKind.CLOSE, COMPLAINT, ORDINARY, False, "1wd"),
        (ClockKind.INTAKE, RequestType.OTHER, ORDINARY, False, "24h"),
        (ClockKind.PARK_REVIEW, COMPLAINT, ORDINARY, False, None),
    ],
)
def test_hefeis_limits(
    profile: Profile,
    kind: ClockKind,
    request_type: RequestType,
    urgency: Urgency,
    is_complex: bool,
    expected: str | None,
) -> None:
    found = profile.limit(kind, request_type=request_type, urgency=urgency, complex=is_complex)
    assert (str(found) if found else None) == expected


def test_hefeis_settings(profile: Profile) -> None:
    assert profile.reply_starts_at is StartPoint.ACCEPTANCE
    assert profile.sign_in_starts_at is StartPoint.DISPATCH
    assert profile.on_time_means is OnTimeMeans.FIRST_SUBMISSION
    assert (profile.extension.max_workdays, profile.extension.max_count, profile.extension.ask_before_workdays) == (
        10,
        1,
        1,
    )
    assert profile.extension.forbidden_types == {CONSULTATION}
    assert profile.extension.forbidden_urgencies == {URGENT, CRITICAL}
    assert (profile.dispute.founded_returns, profile.dispute.failed_dispatches) == (2, 3)
    assert profile.max_reworks == 2
    assert profile.pause.max_workdays == 30
    assert (profile.callback.max_attempts, profile.callback.half_days_different) == (3, True)
    assert profile.callback.dissatisfied_decided_by is Role.REVIEWER
    assert profile.chain(Paper.REPLY, heavy=False) == (Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    assert profile.chain(Paper.REPLY, heavy=True) == (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
    assert profile.reminders == (0.5, 0.8, 1.0)
    assert (profile.archive_after_days, profile.partly_resolved_weight) == (30, 0.5)
    assert profile.record_only_types == {RequestType.PRAISE}
    assert profile.lights == LightThresholds(amber=0.8, red=1.0)


def test_hefeis_emergency(profile: Profile) -> None:
    mode = profile.emergency(name="疫情", start=at("2020-01-25 00:00"), tags=frozenset({"涉疫"}))
    assert str(mode.limits[CONSULTATION]) == "24h"
    assert {str(mode.limits[other]) for other in RequestType if other is not CONSULTATION} == {"48h"}
    assert mode.tags == {"涉疫"}


@pytest.mark.parametrize(
    ("key", "request_type", "urgency", "is_complex", "expected"),
    [
        ("beijing", COMPLAINT, ORDINARY, False, "7d"),
        ("beijing", COMPLAINT, ORDINARY, True, "15d"),
        ("beijing", COMPLAINT, CRITICAL, True, "2h"),
        ("shandong", CONSULTATION, ORDINARY, False, "5wd"),
        ("shanghai", CONSULTATION, ORDINARY, False, "1wd"),
        ("shanghai", RequestType.HELP, ORDINARY, False, "5wd"),
        ("shanghai", CONSULTATION, ORDINARY, True, "15wd"),
        ("bengbu", COMPLAINT, ORDINARY, False, "5wd"),
        ("tianjin", CONSULTATION, ORDINARY, False, "3wd"),
    ],
)
def test_other_cities_reply_limits(
    key: str, request_type: RequestType, urgency: Urgency, is_complex: bool, expected: str
) -> None:
    found = parse_profile(load(ROOT / f"data/hefei/profiles/{key}.toml"))
    assert str(found.limit(ClockKind.REPLY, request_type=request_type, urgency=urgency, complex=is_complex)) == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [("7wd", "4wd"), ("3wd", "2wd"), ("1wd", "1wd"), ("48h", "24h"), ("15min", "8min"), ("7d", "4d")],
)
def test_a_rework_gets_half_rounded_up(profile: Profile, original: str, expected: str) -> None:
    assert str(rework_limit(profile, Limit.parse(original))) == expected


def test_a_share_is_not_rounded_up_by_a_float() -> None:
    seventy = parse_profile(hefei(rework={"share": 0.7, "max_count": 2, "minimum": "2wd"}))
    assert str(rework_limit(seventy, Limit.parse("10wd"))) == "7wd"
    assert str(rework_limit(seventy, Limit.parse("1wd"))) == "2wd"


def test_the_version_begun_last_is_in_force() -> None:
    versions = [
        parse_profile(hefei(version=number, effective_from=day))
        for number, day in ((5, "2020-01-01"), (2, date(2024, 5, 1)), (3, "2024-05-01"), (4, "2026-01-01"))
    ]
    expected = {"2019-12-31": None, "2020-01-01": 5, "2024-04-30": 5, "2024-05-01": 3, "2026-01-01": 4}
    for day, number in expected.items():
        found = in_force(versions, "hefei-2021", date.fromisoformat(day))
        assert (found.version if found else None) == number
    assert in_force(versions, "beijing", date(2026, 1, 1)) is None


def test_a_group_left_out_has_hefeis_values(profile: Profile) -> None:
    data = load(HEFEI)
    for group in ("extension", "pause", "dispute", "rework", "callback", "sign_off", "lights", "general"):
        del data[group]
    assert parse_profile(data) == profile


def test_an_empty_file_is_told_everything_it_lacks() -> None:
    missing = codes({})
    assert set(missing.values()) == {"profile.missing"}
    assert missing.keys() == {"key", "name", "version", "effective_from", "source", "limits.reply", "emergency.default"}


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"spare": 1}, "spare", "profile.unknown"),
        ({"limits": {"reply": "7wd", "replay": "7wd"}}, "limits.replay", "profile.unknown"),
        ({"limits": {"reply": {"default": "7wd", "complaints": "7wd"}}}, "limits.reply.complaints", "profile.unknown"),
        ({"limits": {"reply": {"consultation": "3wd"}}}, "limits.reply.default", "profile.missing"),
        ({"limits": {"reply": "7 days"}}, "limits.reply", "profile.not_a_limit"),
        ({"limits": {"reply": "7wd", "review": 1}}, "limits.review", "profile.not_a_table"),
        ({"limits": []}, "limits", "profile.not_a_table"),
        ({"emergency": {"default": 48}}, "emergency.default", "profile.not_a_limit"),
        ({"pause": {"max_workdays": True}}, "pause.max_workdays", "profile.not_a_number"),
        ({"pause": {"max_workdays": -1}}, "pause.max_workdays", "profile.not_a_number"),
        ({"pause": {"reasons": "any"}}, "pause.reasons", "profile.not_a_list"),
        ({"pause": {"reasons": ["Any Reason"]}}, "pause.reasons", "profile.not_a_code"),
        ({"pause": {"reasons": ["a", "a"]}}, "pause.reasons", "profile.repeated"),
        ({"rework": {"share": "half"}}, "rework.share", "profile.not_a_number"),
        ({"callback": {"half_days_different": 1}}, "callback.half_days_different", "profile.not_yes_or_no"),
        (
            {"callback": {"dissatisfied_decided_by": "citizen"}},
            "callback.dissatisfied_decided_by",
            "profile.not_a_choice",
        ),
        ({"sign_off": {"for_return": ["reviewer"]}}, "sign_off.for_return", "profile.not_a_choice"),
        ({"general": {"reply_starts_at": "moment"}}, "general.reply_starts_at", "profile.not_a_choice"),
        ({"general": {"reminders": [0.8, 0.5]}}, "general.reminders", "profile.not_rising"),
        ({"general": {"reminders": [0, 0.5]}}, "general.reminders", "profile.not_a_number"),
        ({"lights": {"amber": 0.9, "red": 0.5}}, "lights", "profile.lights_out_of_order"),
        ({"key": "Hefei 2021"}, "key", "profile.not_a_key"),
        ({"name": "  "}, "name", "profile.not_text"),
        ({"version": 0}, "version", "profile.not_a_number"),
        ({"effective_from": "2021-13-01"}, "effective_from", "profile.not_a_date"),
        ({"effective_from": at("2021-01-01 00:00")}, "effective_from", "profile.not_a_date"),
        ({"effective_from": 2021}, "effective_from", "profile.not_a_date"),
    ],
)
def test_a_slip_is_named_at_its_place(changes: dict[str, Any], path: str, code: str) -> None:
    assert codes(hefei(**changes)) == {path: code}


def test_all_slips_are_told_at_once_in_chinese() -> None:
    broken = hefei(version=0, pause={"max_workdays": "thirty"}, limits={"reply": "soon"})
    with pytest.raises(ProfileError) as caught:
        parse_profile(broken)
    assert [problem.params["path"] for problem in caught.value.problems] == [
        "limits.reply",
        "pause.max_workdays",
        "version",
    ]
    assert "“limits.reply”的时限“soon”写法不对" in str(caught.value)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_there_in_both_languages(code: str) -> None:
    assert SENTENCES[code].keys() == {"zh", "en"}
    assert all(text.strip() for text in SENTENCES[code].values())
    assert SENTENCES[code]["zh"] != SENTENCES[code]["en"]


LIMITS = st.builds(Limit, st.integers(1, 60), st.sampled_from(LimitUnit))
TABLES = st.builds(
    LimitTable,
    default=LIMITS,
    by_urgency=st.dictionaries(st.sampled_from(Urgency), LIMITS),
    complex=st.none() | LIMITS,
    by_type=st.dictionaries(st.sampled_from(RequestType), LIMITS),
)


@given(TABLES, TABLES, st.dictionaries(st.sampled_from(RequestType), LIMITS, min_size=7))
def test_any_limits_survive_being_written_and_read(
    reply: LimitTable, sign_in: LimitTable, emergency: dict[RequestType, Limit]
) -> None:
    base = parse_profile(load(HEFEI))
    made = Profile(
        key=base.key,
        name=base.name,
        version=base.version,
        effective_from=base.effective_from,
        source=base.source,
        limits={ClockKind.REPLY: reply, ClockKind.SIGN_IN: sign_in},
        emergency_limits=emergency,
    )
    assert parse_profile(to_dict(made)) == made


@given(TABLES, st.sampled_from(RequestType), st.sampled_from(Urgency), st.booleans())
def test_the_narrower_word_decides(
    table: LimitTable, request_type: RequestType, urgency: Urgency, is_complex: bool
) -> None:
    found = table.pick(request_type, urgency, is_complex=is_complex)
    if urgency in table.by_urgency:
        assert found == table.by_urgency[urgency]
    elif is_complex and table.complex:
        assert found == table.complex
    else:
        assert found == table.by_type.get(request_type, table.default)
