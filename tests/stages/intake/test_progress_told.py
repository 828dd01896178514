"""Progress is told only to who asked: checked, on record, in plain words, with nothing internal."""

from datetime import datetime, timedelta

import pytest

from hotline.rules import acts
from hotline.rules.telling import CallerCheck
from hotline.rules.vocabulary import Channel, RequestType, Stage
from hotline.stages.intake.commands import RequesterDetails, take_in
from hotline.stages.intake.commands.telling import Said, Told, tell_progress
from hotline.tickets.acting.names import names
from hotline.tickets.models import Disclosure
from tests.cast import REQUESTER, Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import OPENING, REGISTER, STEP, WALKABLE

pytestmark = pytest.mark.django_db
BY_PHONE = Said(check=CallerCheck.PHONE, words="１３８-0000 0000")
BY_NAME = Said(check=CallerCheck.NAME_ADDRESS, words="张建军", address="三孝口街道长江中路1号")
SECRET = {"request_type": RequestType.REPORT, "for_unit": "请核查占道经营"}


def told(cast: Cast, ticket: Ticket, said: Said = BY_PHONE, *, who: str = "agent", now: datetime | None = None) -> Told:
    now = now or ticket.at + STEP
    return tell_progress(
        number=ticket.number, said=said, actor=cast.actor(who), known=names(now.date(), ""), lang="zh", now=now
    )


def codes(found: Told) -> list[str]:
    assert not (found.refusals and (found.lines or found.reply))
    return [refusal.code for refusal in found.refusals]


@pytest.mark.parametrize("stage", [stage for stage in WALKABLE if stage is not Stage.DRAFT])
def test_every_stage_has_plain_words(cast: Cast, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    found = told(cast, ticket)
    assert codes(found) == []
    said = "".join(found.lines)
    assert ticket.number in said
    assert said.endswith("。")
    assert "%" not in said
    for kept in ("三定规定", "当事人情绪平稳", "请按期办理", "拟同意", "王晓梅", "退单", "异议"):
        assert kept not in said + found.reply
    answered = stage in {
        Stage.PENDING_CALLBACK,
        Stage.PENDING_CLOSE,
        Stage.CLOSED,
        Stage.ANSWERED_DIRECTLY,
        Stage.ARCHIVED,
    }
    assert bool(found.reply) is answered


def test_the_promise_is_told_and_so_is_that_it_was_not_kept(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    assert "最迟" in "".join(told(cast, ticket).lines)
    assert "已超过" in "".join(told(cast, ticket, now=ticket.at + timedelta(days=60)).lines)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        (BY_PHONE, []),
        (BY_NAME, []),
        (Said(check=CallerCheck.PHONE, words="13800000001"), ["progress.not_the_caller"]),
        (Said(check=CallerCheck.PHONE, words="0000"), ["progress.not_the_caller"]),
        (Said(check=CallerCheck.QUERY_CODE, words="abc"), ["progress.not_the_caller"]),
        (Said(check=CallerCheck.NAME_ADDRESS, words="张建", address=REQUESTER["address"]), ["progress.not_the_caller"]),
        (Said(check=CallerCheck.NAME_ADDRESS, words="张建军", address="庐阳"), ["progress.not_the_caller"]),
        (Said(check=CallerCheck.NAME_ADDRESS, words="张建军"), ["progress.not_the_caller"]),
    ],
)
def test_who_the_caller_is_must_fit(cast: Cast, said: Said, refused: list[str]) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    assert codes(told(cast, ticket, said)) == refused
    looks = list(Disclosure.objects.values_list("actor", "reason"))
    reason = "progress refused" if refused else f"progress told: {said.check.value}"
    assert looks == [(cast.actor("agent").id, reason)]


def test_the_code_told_at_registration_opens(cast: Cast) -> None:
    done = take_in(register=REGISTER, requester=RequesterDetails(**REQUESTER), actor=cast.actor("agent"), now=OPENING)
    assert done.ticket is not None
    assert done.state is not None
    ticket = Ticket(done.ticket.number, OPENING, done.state)
    right = Said(check=CallerCheck.QUERY_CODE, words=f" {done.query_code[:3]} {done.query_code[3:]} ")
    wrong = Said(check=CallerCheck.QUERY_CODE, words=f"{(int(done.query_code) + 1) % 1_000_000:06d}")
    assert codes(told(cast, ticket, right)) == []
    assert codes(told(cast, ticket, wrong)) == ["progress.not_the_caller"]


def test_of_a_confidential_ticket_name_and_address_prove_nothing(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register=SECRET)
    assert codes(told(cast, ticket, BY_NAME)) == ["progress.check_too_weak"]
    assert codes(told(cast, ticket)) == []


def test_where_nothing_was_left_nothing_can_be_compared(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, requester={})
    assert codes(told(cast, ticket)) == ["progress.nothing_on_record"]
    assert codes(told(cast, ticket, BY_NAME)) == ["progress.nothing_on_record"]


def test_after_five_wrong_tries_the_right_one_waits_an_hour(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    wrong = Said(check=CallerCheck.QUERY_CODE, words="x")
    for _ in range(5):
        assert codes(told(cast, ticket, wrong)) == ["progress.not_the_caller"]
    assert codes(told(cast, ticket)) == ["progress.too_many_tries"]
    assert codes(told(cast, ticket, now=ticket.at + STEP + timedelta(hours=1, seconds=1))) == []


@pytest.mark.parametrize("who", ["dispatcher", "reviewer", "director"])
def test_who_does_not_speak_with_callers_does_not_tell(cast: Cast, who: str) -> None:
    assert codes(told(cast, cast.ticket_at(Stage.HANDLING), who=who)) == ["progress.role_denied"]
    assert not Disclosure.objects.exists()


def test_a_number_that_is_not_there(cast: Cast) -> None:
    ticket = Ticket("34010020260317DH999999", OPENING, cast.ticket_at(Stage.REGISTERED).state)
    assert codes(told(cast, ticket)) == ["ticket.not_found"]


def test_the_page_opens_only_after_the_check(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    agent = signed_in(cast, "agent")
    with at(ticket.at + STEP):
        before = agent.get("/intake/progress/", {"number": ticket.number}).content.decode()
        nothing = agent.post("/intake/progress/", {"number": ticket.number, "words": "x"})
        wrong = agent.post("/intake/progress/", {"number": ticket.number, "check": "phone", "words": "13911112222"})
        right = agent.post(
            "/intake/progress/", {"number": ticket.number, "check": "phone", "words": REQUESTER["phone"]}
        )
    assert f'value="{ticket.number}"' in before
    assert (nothing.status_code, wrong.status_code, right.status_code) == (422, 422, 200)
    for page in (before, nothing.content.decode(), wrong.content.decode()):
        assert "核对一致后显示" in page
        assert "占道摊点已于当日全部清理" not in page
    assert "占道摊点已于当日全部清理" in right.content.decode()
    assert "当事人情绪平稳" not in right.content.decode()
    assert latin(right.content.decode()) <= {"Alt"}


def test_an_imported_line_is_no_reason_to_stop(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED, register={"channel": Channel.SUPERIOR})
    assert codes(told(cast, ticket)) == []


def test_merged_tickets_name_where_the_matter_goes_on(cast: Cast) -> None:
    master = cast.ticket_at(Stage.HANDLING)
    ticket = cast.do(cast.ticket_at(Stage.REGISTERED), "agent", acts.Merge(master=master.state.master or master.number))
    assert master.number in "".join(told(cast, ticket).lines)
