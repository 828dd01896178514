"""Who may do what on a precedent, as a table that the office signs; the rules must say the same, line by line."""

import csv
from pathlib import Path

from hotline.rules.precedents import TABLE, Row, Status
from hotline.rules.vocabulary import Role
from hotline.rules.words import word

REACH = {"office": "热线办", "staffing": "编办", "owner": "归口单位", "concerned": "争议单位、主办和协办单位"}
HERE = Path(__file__).with_name("precedents_who_may.csv")


def said(row: Row) -> dict[str, str]:
    """One line of the rules in the words of the table."""
    by = "系统" if row.who == {Role.SYSTEM} else REACH[row.reach]
    at = "、".join(word(status, "zh") for status in Status if status in row.sources)
    line = {"事项": word(row.deed, "zh"), "代码": row.deed.value, "代表谁": by, "在哪些进度": at}
    return line | {word(role, "zh"): "可" for role in Role if role in row.who}


def test_the_rules_say_what_the_office_has_signed() -> None:
    with HERE.open(encoding="utf-8", newline="") as file:
        signed = [{name: text for name, text in line.items() if text} for line in csv.DictReader(file)]
    assert [said(row) for row in TABLE] == signed
