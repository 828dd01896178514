"""Every refusal and every explanation has a sentence in both languages, and every sentence is used."""

import importlib
import pkgutil
import re
from string import Formatter

import pytest

from hotline import rules
from hotline.rules.sentences import CATALOGUE
from hotline.rules.sentences_acts import SENTENCES as ABOUT_ACTS
from tests.fitness.codes import find_codes

FOUND = find_codes()
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def params(sentence: str) -> set[str]:
    """Names of the values a sentence needs."""
    return {re.split(r"[\[.]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_code_that_is_made_has_a_sentence():
    assert not FOUND.unknown_families
    assert FOUND.made - CATALOGUE.keys() == set()


def test_every_sentence_is_used():
    assert CATALOGUE.keys() - FOUND.mentioned - FOUND.made == set()


def test_no_code_is_in_two_catalogues():
    """The later one would silently win."""
    modules = [module.name for module in pkgutil.iter_modules(rules.__path__) if module.name.startswith("sentences_")]
    catalogues = [importlib.import_module(f"hotline.rules.{name}").SENTENCES for name in modules]
    assert sum(map(len, catalogues)) == len(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_both_languages_say_the_same_values(code: str):
    zh, en = CATALOGUE[code]
    assert params(zh) == params(en)
    assert CHINESE.search(zh)
    assert not CHINESE.search(en.replace("12345", ""))


@pytest.mark.parametrize("code", sorted(ABOUT_ACTS))
def test_a_refusal_is_a_whole_sentence_in_proper_punctuation(code: str):
    zh, en = ABOUT_ACTS[code]
    assert zh.endswith("。")
    assert not re.search(r"[,;:?!()]", re.sub(r"\{[^}]*\}|\d{4}-[^”]*", "", zh))
    assert en[0].isupper() or en[0] in "“{"
    assert en.endswith(".")
    assert not re.search(r"[，。；：？！（）]", en)


@pytest.mark.parametrize("code", sorted(ABOUT_ACTS))
def test_a_refusal_says_what_to_do_next(code: str):
    """Either it asks for something or it says that nothing is needed."""
    assert re.search(r"请|无需|由", ABOUT_ACTS[code][0])
