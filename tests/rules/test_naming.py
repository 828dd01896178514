"""However a name or a number is typed, units do not read it on a confidential ticket; other words pass."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from hotline.rules.naming import NOBODY, names_requester

SURNAMES = "王李张刘陈杨赵黄周吴欧阳"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰涛明超霞平刚桂英"
names = st.builds(str.__add__, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))
mobiles = st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii)
landlines = st.from_regex(r"0551[2-8]\d{7}", fullmatch=True).filter(str.isascii)
gaps = st.sampled_from(["", " ", "　", "-", "·", "．", " - "])
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
BEFORE, AFTER = "反映人", "住在小区里，夜间施工。"


@st.composite
def disguised(draw: st.DrawFn, source: st.SearchStrategy[str]) -> tuple[str, str]:
    """A name or number, and how somebody may have typed it."""
    plain = draw(source)
    typed = draw(gaps).join(plain) if draw(st.booleans()) else plain
    return plain, typed.translate(FULL) if draw(st.booleans()) else typed


@given(disguised(names))
def test_a_name_is_found_however_it_is_typed(pair: tuple[str, str]):
    name, typed = pair
    assert names_requester({"title": "噪声", "place": f"{BEFORE}{typed}{AFTER}"}, names=[name], numbers=[]) == (
        "place",
    )


@given(disguised(mobiles | landlines))
def test_a_number_is_found_however_it_is_typed(pair: tuple[str, str]):
    number, typed = pair
    texts = {"for_unit": f"请拨打{typed}联系", "note": "请核查"}
    assert names_requester(texts, names=[], numbers=[number]) == ("for_unit",)


@given(disguised(mobiles), st.sampled_from(["+86 ", "0086", "86-"]))
def test_the_country_code_hides_nothing(pair: tuple[str, str], code: str):
    number, typed = pair
    assert names_requester({"for_unit": typed}, names=[], numbers=[f"{code}{number}"]) == ("for_unit",)


@given(landlines)
def test_a_fixed_line_is_known_without_its_area_code(number: str):
    assert names_requester({"title": f"电话{number[4:]}"}, names=[], numbers=[number]) == ("title",)


@given(names, mobiles, st.text(max_size=60))
def test_other_words_pass(name: str, mobile: str, words: str):
    read = re.sub(r"[^\w]", "", words)
    assume(name not in read and not any(sign.isdecimal() for sign in words))
    assert names_requester({"title": "夜间施工扰民", "note": "请核查"}, names=[name], numbers=[mobile]) == ()


def test_what_stands_where_no_name_was_given_names_nobody():
    for word in NOBODY:
        assert names_requester({"title": f"{word}反映夜间施工"}, names=[word], numbers=[""]) == ()


def test_a_single_sign_and_a_short_number_name_nobody():
    assert names_requester({"title": "王府井路110号"}, names=["王"], numbers=["110"]) == ()
