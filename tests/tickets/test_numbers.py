"""A number says where, when and how a request came in; no two tickets share one."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.vocabulary import CITY_TZ, Channel
from hotline.tickets.numbers import new_query_code, next_sequence, ticket_number
from tests.cast import Cast

AT = datetime(2021, 3, 15, 9, 0, tzinfo=CITY_TZ)


def test_the_number_of_the_handbook() -> None:
    assert ticket_number(region="340103", at=AT, channel=Channel.PHONE, sequence=123) == "34010320210315DH000123"


def test_a_street_is_cut_to_its_district_and_a_short_region_filled_up() -> None:
    assert ticket_number(region="340103009", at=AT, channel=Channel.WEB, sequence=1)[:6] == "340103"
    assert ticket_number(region="34", at=AT, channel=Channel.WEB, sequence=1)[:6] == "340000"


def test_the_day_is_the_citys_and_not_greenwichs() -> None:
    late = datetime(2021, 3, 15, 16, 30, tzinfo=UTC)
    assert ticket_number(region="340100", at=late, channel=Channel.PHONE, sequence=1)[6:14] == "20210316"


def test_a_ticket_without_a_channel_has_no_number() -> None:
    with pytest.raises(ValueError, match="channel"):
        ticket_number(region="340100", at=AT, channel=None, sequence=1)


@given(
    region=st.from_regex(r"[0-9]{6}", fullmatch=True),
    at=st.integers(0, 30_000).map(lambda days: AT + timedelta(days=days)),
    channel=st.sampled_from(Channel),
    sequence=st.integers(1, 999_999),
)
def test_a_number_can_be_read_back(region: str, at: datetime, channel: Channel, sequence: int) -> None:
    found = re.fullmatch(
        r"(\d{6})(\d{8})([A-Z]{2})(\d{6})", ticket_number(region=region, at=at, channel=channel, sequence=sequence)
    )
    assert found is not None
    assert found.groups() == (region, f"{at:%Y%m%d}", channel.value, f"{sequence:06d}")


def test_numbers_follow_one_another(cast: Cast) -> None:
    first, second = int(cast.opened().number[-6:]), int(cast.opened().number[-6:])
    assert second == first + 1


@pytest.mark.django_db
def test_after_the_millionth_the_sequence_begins_again() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('tickets_number', 999999)")
    assert next_sequence() == 1


def test_query_codes_are_six_digits_and_do_not_repeat_themselves() -> None:
    codes = {new_query_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(re.fullmatch(r"\d{6}", code) for code in codes)
