"""However an agent typed it or a citizen's message spells it, one telephone is one number."""

import pytest

from hotline.rules.phones import digits, one_number
from hotline.text.pasted import pasted

TYPED = (
    "13805510001", "138 0551 0001", "138-0551-0001", "+86 138-0551-0001", "＋８６１３８０５５１０００１",
    "8613805510001",
    "008613805510001", "138—0551—0001", "\u202a13805510001\u202c", "138\u200b0551\u200b0001", " （138）05510001 ",
)  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_a_mobile_is_one_number(typed: str) -> None:
    assert one_number(typed) == digits(typed) == "13805510001"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0551-62621234", "055162621234"),
        ("0551-62621234转801", "0551-62621234转801"),
        ("+852 2345 6789", "+85223456789"),
        ("不详", "不详"),
        ("", ""),
        ("+86 199", "+86199"),
    ],
)
def test_what_is_more_than_a_number_stays(typed: str, kept: str) -> None:
    assert one_number(typed) == kept
    assert one_number(kept) == kept


def test_it_never_grows() -> None:
    assert len(one_number("㌖" * 32)) <= 32


def test_a_pasted_number_is_what_was_meant() -> None:
    assert pasted("\u202a３４０１００20260317DH000007\u202c\u200b \n") == "34010020260317DH000007"
