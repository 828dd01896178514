"""Numbers that belong to a citizen are masked wherever they turn up; what operators need stays readable."""

import logging

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.plumbing.logs import OneLine
from hotline.plumbing.redaction import redact


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("来电 13812345678 反映噪音", "来电 138****5678 反映噪音"),
        ("138-1234-5678", "138****5678"),
        ("+86 138 1234 5678", "+86 138****5678"),
        ("１３８１２３４５６７８", "138****5678"),
        ("tel=13812345678&q=x", "tel=138****5678&q=x"),
        ("电话0551-62345678。", "电话0551-****5678。"),
        ("010-62345678", "010-****5678"),
        ("身份证340104199001011234", "身份证3****************4"),
        ("34010419900101123X", "3****************X"),
        ("卡号6222021234567890123", "卡号6222********0123"),
        ("zhang.san+1@hefei.gov.cn", "z***@hefei.gov.cn"),
    ],
)
def test_it_masks(text: str, masked: str):
    assert redact(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "GD20260317000123DH",
        "340104DH202603170001234",
        "at=2026-03-17T09:30:00.000+08:00",
        "第 12345 号",
        "lasted 13812345 ms",
        "user:12 unit:340104",
        "20260317093000",
    ],
)
def test_it_leaves_what_operators_need(text: str):
    assert redact(text) == text


@given(prefix=st.text(max_size=5), number=st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), suffix=st.text(max_size=5))
def test_no_mobile_number_survives(prefix: str, number: str, suffix: str):
    if (prefix and prefix[-1].isdigit()) or (suffix and suffix[0].isdigit()):
        return
    assert number not in redact(prefix + number + suffix)


def test_a_log_line_is_one_line_without_numbers_even_in_its_trace():
    try:
        raise ValueError("第一行 13812345678\n第二行")
    except ValueError as error:
        record = logging.LogRecord(
            "hotline",
            logging.ERROR,
            "f",
            1,
            "呼叫 %s 失败",
            ("13812345678",),
            (type(error), error, error.__traceback__),
        )
    line = OneLine().format(record)
    assert "\n" not in line
    assert "13812345678" not in line
    assert "138****5678" in line
    assert "ValueError" in line
    assert "+08:00" in line


def test_an_absent_database_is_logged_by_its_reason_alone():
    try:
        raise psycopg.OperationalError("connection refused")
    except psycopg.OperationalError as error:
        record = logging.LogRecord("django", logging.ERROR, "f", 1, "x", (), (type(error), error, error.__traceback__))
    assert OneLine().format(record).endswith('message="x" reason=database.away')
