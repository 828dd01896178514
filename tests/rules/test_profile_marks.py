"""Evidence marks are read from the comments of the shipped profiles; settings and their texts go there and back."""

import tomllib
from pathlib import Path

import pytest

from hotline.rules.profile_marks import Mark, marks_kept, marks_stored, read_marks
from hotline.rules.profile_settings import body_of, differing, settings_of
from hotline.rules.profiles import parse_profile, to_dict
from hotline.rules.words_profile import group_word, setting_word, value_word

FILES = sorted((Path(__file__).resolve().parents[2] / "data" / "hefei" / "profiles").glob("*.toml"))
IDENTITY = {"key", "name", "version", "source"}
SHIPPED = {"hefei-2021", "beijing", "tianjin", "shandong", "shanghai", "bengbu"}


def test_the_six_profiles_are_shipped() -> None:
    assert {parse_profile(tomllib.loads(path.read_text("utf-8"))).key for path in FILES} == SHIPPED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_of_a_shipped_profile_bears_a_mark(path: Path) -> None:
    marks = read_marks(path.read_text("utf-8"))
    assert {name for name, mark in marks.items() if not mark.letter} <= IDENTITY
    assert marks_stored(marks_kept(marks)) == marks


def test_marks_stand_behind_a_value_or_on_the_group() -> None:
    text = """
name = "x"
[limits]
review = "1wd"   # P：参照上海普陀（V）
[limits.sign_in]  # 签收。V：天津细则；合肥未见出处
default = "1wd"
urgent = "30min"  # 水电气热等
[general]
reply_starts_at = "acceptance"  # P：从受理（acceptance）起算
words = "a # b"  # D：草案
"""
    marks = read_marks(text)
    assert marks["limits.review"] == Mark("P", "参照上海普陀（V）")
    assert marks["limits.sign_in.default"] == Mark("V", "签收。天津细则；合肥未见出处")
    assert marks["limits.sign_in.urgent"] == Mark("V", "水电气热等")
    assert marks["general.reply_starts_at"] == Mark("P", "从受理起算")
    assert marks["general.words"] == Mark("D", "草案")
    assert marks["name"] == Mark("", "")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_settings_as_texts_make_the_same_profile(path: Path) -> None:
    profile = parse_profile(tomllib.loads(path.read_text("utf-8")))
    body = to_dict(profile)
    typed = {s.path: s.value if s.kind == "many" else "yes" if s.value is True else s.text for s in settings_of(body)}
    again = parse_profile(body_of({k: "" if v == "False" else v for k, v in typed.items()}, body))
    assert again == profile
    assert differing(body, to_dict(again)) == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_setting_has_words_in_both_languages(path: Path) -> None:
    for setting in settings_of(to_dict(parse_profile(tomllib.loads(path.read_text("utf-8"))))):
        for lang in ("zh", "en"):
            assert setting_word(setting.path, lang) != setting.path
            assert group_word(setting.group, lang) != setting.group
            assert value_word(setting, lang)
        if setting.path != "pause.reasons":
            assert value_word(setting, "zh") != setting.text or setting.kind in {"number", "list", "hours"}


def test_a_difference_names_what_came_and_what_went() -> None:
    body = to_dict(parse_profile(tomllib.loads(FILES[0].read_text("utf-8"))))
    other = {**body, "limits": {**body["limits"], "reply": {"default": "9wd"}}}
    assert "limits.reply.default" in differing(body, other)
    assert all(path.startswith("limits.reply.") for path in differing(body, other))
