"""docs/api/refusals.md: every code the API refuses with, its status and its sentences, as a table for integrators.

Written from the catalogue itself, so a code can't be added without its line here; a test compares the two.
"""

from collections.abc import Iterator
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from hotline.config.errors import PROBLEMS
from hotline.rules.sentences import CATALOGUE
from hotline.rules.sentences_time import SENTENCES as EXPLANATIONS
from hotline.tickets.acting.api import DENIALS

ON_THE_COMMAND_LINE: Final = frozenset(
    {
        "token.no_such_account",
        "token.name_missing",
        "token.name_taken",
        "token.days_out_of_range",
        "token.no_such_token",
        "token.already_revoked",
        "source.other_content",
    }
)
"""Said to operators only."""
ON_PAGES: Final = frozenset({"accounts.locked_out"})
OF_KNOWLEDGE: Final = frozenset({"knowledge.reading_denied", "knowledge.not_found", "knowledge.not_in_force"})
"""The knowledge base is written on pages; callers read it and cite it."""
OF_PEOPLE_PAGES: Final = frozenset(
    {"people.changed_meanwhile", "people.reason_missing", "role.missing", "role.separation"}
)
"""Said on pages of administration only, as is everything about a file of people."""
STATUS: Final = {
    "people.act_denied": "403",
    "people.own_account": "403",
    "people.reading_denied": "403",
    "people.second_person": "403",
    "people.not_found": "404",
    "ticket.not_found": "404，或 422（在字段中）",
    "knowledge.not_found": "404",
    "knowledge.reading_denied": "403",
    "input.not_json": "422",
    "input.too_large": "413",
    "method.not_allowed": "405",
}
HEAD: Final = """# 拒绝码 / Refusal codes

本表由程序生成（`hotline api-schema --output docs/api`），请勿手工修改。花括号中是随情形变化的值。
Written by the program; never edit it by hand. What stands in braces changes with the case.

代码长期不变，语句可能改进：请按代码编程，把语句显示给人看。
Codes stay, sentences may be improved: program by the code, show the sentence to people.

| 代码 code | 状态 status | 中文 | English |
| --- | --- | --- | --- |
"""


def as_markdown() -> str:
    """The table, codes in alphabetical order."""
    return HEAD + "".join(f"| `{code}` | {status} | {zh} | {en} |\n" for code, status, zh, en in sorted(_rows()))


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for code, (zh, en) in CATALOGUE.items():
        elsewhere = code in EXPLANATIONS or code in ON_THE_COMMAND_LINE or code in OF_PEOPLE_PAGES
        elsewhere = elsewhere or code.startswith("people_file.")
        if not elsewhere and (code in OF_KNOWLEDGE or not code.startswith("knowledge.")):
            yield code, _status(code), zh, en
    for code, problem in PROBLEMS.items():
        if code not in CATALOGUE and code not in ON_PAGES:
            zh, en = (_said(problem.title, problem.advice, lang) for lang in ("zh-hans", "en"))
            yield code, str(problem.status), zh, en


def _status(code: str) -> str:
    if code in STATUS:
        return STATUS[code]
    if code in DENIALS:
        return "403"
    return {"token": "401", "field": "422"}.get(code.partition(".")[0], "409，或 422（指明字段时）")


def _said(title: str, advice: str, lang: str) -> str:
    with translation.override(lang):
        return f"{gettext(title)}{gettext('。')}{gettext(advice)}"
