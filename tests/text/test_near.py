"""Near-duplicate texts: a copy with a few words changed is found, another text on the same matter is not."""

from hypothesis import given
from hypothesis import strategies as st

from hotline.text.near import likeness, probe

ONE = "经现场核查，占道摊点已于当日全部清理，并安排早间巡查，今后将加强管理，感谢您对我市城市管理工作的支持。"
COPY = "经现场核查，占道摊点已于昨日全部清理，并安排早间巡查，今后将加强管理，感谢您对我市城市管理工作的关心支持。"
OTHER = "您反映的路灯不亮问题，维修人员已更换灯具两盏，当晚恢复照明，后续请关注夜间巡检安排。"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4F00), max_size=120)


def test_a_copy_with_a_word_changed_is_near_and_another_text_is_not() -> None:
    assert likeness(ONE, COPY) > 0.75
    assert likeness(ONE, OTHER) < 0.2


def test_a_short_phrase_is_not_looked_for() -> None:
    assert probe("已处理，谢谢。") == ""
    assert probe(ONE).count("|") == 2


@given(HAN, HAN)
def test_likeness_is_mutual_and_whole_for_the_same_text(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == (1.0 if one else 0.0)
