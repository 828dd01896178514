"""Which items fit what a citizen says, with a score that an agent can check: how much of an item's title and question
was said, how many pairs of characters they share, and whether the category is the same.

The weights were chosen on the 84 items and questions of tests/registry/data; docs/rules/knowledge.md tells the result.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotline.text.bigrams import normalised, runs, terms

COMMON: Final = frozenset(
    terms(
        "市民 群众 来电 您好 你好 谢谢 请问 咨询 反映 想问 我想 想要 希望 要求 需要 怎么 怎么办 怎样 如何 什么 为什么 "
        "什么样 是否 可以 能否 能不能 不能 哪些 哪里 哪个 去哪 在哪 多少 多久 这个 那个 没有 已经 因为 所以 就是 还是 "
        "或者 以及 进行 应该 现在 目前 一下 相关 有关 问题 情况 规定 政策 标准 条件 材料 手续 时间 地点 申请 办理 流程 "
        "合肥市 本市 我市"
    )
)
"""Pairs that callers and items use whatever the matter is; they count for nothing."""

OF_TITLE, OF_QUESTION, OF_CATEGORY, OF_BRANCH = 25, 30, 15, 7
"""What a full title, a full question, the same third-level and the same second-level category are worth."""

OF_PAIR, MOST_PAIRS = 5, 6
"""What each shared pair of characters is worth, and how many count: a long story must not outweigh a short one."""

LEAST: Final = 18
BRANCH_DIGITS: Final = 4
MOST_ASKED: Final = 300


@dataclass(frozen=True)
class Match:
    """How well an item fits: 0 to 100, and why."""

    score: int
    shared: tuple[str, ...]
    same_category: bool


def telling(said: Iterable[str]) -> frozenset[str]:
    """The terms that say what a text is about."""
    return frozenset(term for term in said if len(term) > 1 and term not in COMMON)


def match(said: frozenset[str], category: str, *, title: str, question: str, its_category: str) -> Match:
    """Compare what was said, in terms, with one item. Of several questions, one a line, the best counts."""
    asked = max((_share(line, said) for line in question.splitlines()), default=0.0)
    pairs = len(said & telling(terms(f"{title}\n{question}")))
    score = OF_TITLE * _share(title, said) + OF_QUESTION * asked + OF_PAIR * min(pairs, MOST_PAIRS)
    same = bool(category) and category == its_category
    near = bool(category) and category[:BRANCH_DIGITS] == its_category[:BRANCH_DIGITS]
    of_category = OF_CATEGORY if same else OF_BRANCH if near else 0
    return Match(round(score) + of_category, shared_words((title, question), said), same)


def _share(text: str, said: frozenset[str]) -> float:
    wanted = telling(terms(text))
    return len(wanted & said) / len(wanted) if wanted else 0.0


def shared_words(texts: Iterable[str], said: frozenset[str]) -> tuple[str, ...]:
    """The words of the item that were said: neighbouring pairs joined, the longest first, none inside another."""
    found: set[str] = set()
    for text in texts:
        for run, chinese in runs(normalised(text)):
            found.update(_joined(run, said) if chinese else {run} & said)
    kept: list[str] = []
    for word in sorted(found, key=lambda word: (-len(word), word)):
        if telling(terms(word)) and not any(word in longer for longer in kept):
            kept.append(word)
    return tuple(kept)


def _joined(run: str, said: frozenset[str]) -> list[str]:
    words, open_from = [], -1
    for place in range(len(run)):
        pair = run[place : place + 2]
        if len(pair) > 1 and pair in said:
            open_from = place if open_from < 0 else open_from
        elif open_from >= 0:
            words.append(run[open_from : place + 1])
            open_from = -1
    return words
