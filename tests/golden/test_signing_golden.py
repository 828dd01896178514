"""signing.csv is the table heads of units sign: who signs which paper after whom, worked out by hand."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.vocabulary import Flag, Proposal, Role, Stage
from tests.rules import cast as c
from tests.rules.cast import DEPUTY, ECOLOGY, HEAD, SECTION, SUPERVISOR, Story, member

TABLE = Path(__file__).with_name("signing.csv")
ROLES = {
    "承办人": Role.UNIT_HANDLER,
    "县区转办员": Role.DISTRICT_DISPATCHER,
    "科室负责人": Role.SECTION_HEAD,
    "分管领导": Role.DEPUTY_HEAD,
    "主要领导": Role.UNIT_HEAD,
}
SIGNERS = {Role.SECTION_HEAD: SECTION, Role.DEPUTY_HEAD: DEPUTY, Role.UNIT_HEAD: HEAD}


def parked_before() -> Story:
    return c.parked().do(HEAD, a.StrikeOff(note="资金到位"), after=30 * c.DAY)


TICKETS: dict[str, Callable[[], Story]] = {
    "一般": c.handled,
    "重点件": lambda: c.handled().do(SUPERVISOR, a.MarkTicket(flag=Flag.KEY)),
    "批示件": lambda: c.handled().do(SUPERVISOR, a.MarkTicket(flag=Flag.INSTRUCTION)),
    "挂过账": parked_before,
}


def parks() -> a.Act:
    """A week after any of these stories, within the quarter."""
    return c.asks_park(date(2021, 7, 1))


PAPERS: dict[str, Callable[[], a.Act]] = {
    "答复": c.replies,
    "退单": c.asks_return,
    "延期": c.asks_extension,
    "挂账": parks,
}
LEFT = {"答复": Stage.PENDING_REVIEW, "退单": Stage.RETURN_REQUESTED, "延期": Stage.HANDLING, "挂账": Stage.HANDLING}


def rows() -> Iterator[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.parametrize("row", list(rows()), ids=lambda r: "-".join((r["文书"], r["工单"], r["起草人"])))
def test_papers_are_signed_as_the_table_says(row: dict[str, str]) -> None:
    writer = member(ECOLOGY, ROLES[row["起草人"]], "the-writer")
    story = TICKETS[row["工单"]]()
    story.do(writer, PAPERS[row["文书"]]())
    for name in filter(None, row["依次等谁签批"].split(">")):
        assert next_signer(story.state) is ROLES[name]
        story.do(SIGNERS[ROLES[name]], a.SignOff())
    assert next_signer(story.state) is None
    assert story.stage is LEFT[row["文书"]]
    assert (Proposal.PARK in story.state.proposals) is (row["文书"] == "挂账")
    assert ("extension_ruling" in story.state.clocks) is (row["文书"] == "延期")


def test_the_table_has_every_paper_on_every_kind_of_ticket_that_matters() -> None:
    found = {(row["文书"], row["工单"]) for row in rows()}
    assert found >= {("答复", ticket) for ticket in TICKETS} | {("退单", "重点件"), ("延期", "挂过账")}
    assert {row["起草人"] for row in rows() if row["文书"] == "挂账"} == set(ROLES)
    assert all(row["依据"] for row in rows())
