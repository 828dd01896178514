"""Two-character words are found wherever they stand; indexing and asking agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.text.bigrams import as_query, asked, normalised, runs, terms

CHINESE = st.text(alphabet="夜间施工噪音扰民庐阳区逍遥津路号楼ABC123 ，。", max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("噪音", ("噪音",)),
        ("夜间施工", ("夜间", "间施", "施工")),
        ("水", ("水",)),
        ("3号楼ＡＢ停水", ("3", "号楼", "ab", "停水")),
        ("  ，。 ", ()),
        ("", ()),
    ],
)
def test_it_indexes_pairs_and_words(text: str, expected: tuple[str, ...]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("噪音", ("噪音",)), ("噪", ()), ("停水 3号", ("停水", "3")), ("ＷＩＦＩ", ("wifi",)), ("！", ())],
)
def test_it_asks_for_what_can_be_looked_up(question: str, expected: tuple[str, ...]) -> None:
    assert asked(question) == expected


@given(CHINESE, st.integers(0, 60), st.integers(2, 8))
def test_it_finds_every_piece_of_a_text(text: str, start: int, length: int) -> None:
    """A piece of two or more characters taken from one run asks only for terms that the text has."""
    for run, chinese in runs(normalised(text)):
        piece = run[start : start + length] if chinese else run
        if len(piece) > 1:
            assert set(asked(piece)) <= set(terms(text))


@given(st.text(max_size=80))
def test_it_takes_any_text(text: str) -> None:
    found = terms(text)
    assert len(set(found)) == len(found)
    assert all(found)
    assert normalised(normalised(text)) == normalised(text)


def test_it_quotes_a_query() -> None:
    assert as_query(("停水", "o'neil")) == "'停水' & 'o''neil'"
