"""Samples of direct answers: nobody chooses, anybody can draw again, and a bad answer is followed up."""

from datetime import date, datetime, timedelta

import pytest

from hotline.rules.callback_plan import sampled
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.stages.callback.commands.sampling import draw, seed_of
from hotline.stages.callback.models import Draw, Sample
from hotline.tickets.models import Requester
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
DAY = OPENING.date()
NEXT = datetime(2026, 3, 18, 10, 0, tzinfo=CITY_TZ)
AFTERNOON = NEXT.replace(hour=15)


@pytest.fixture
def all_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every direct answer is drawn, so that a test need not look for a lucky number."""
    monkeypatch.setattr("hotline.stages.callback.queries.samples.sampled", lambda *_args, **_more: True)


@pytest.fixture
def sample(cast: Cast, all_drawn: None) -> Ticket:  # noqa: ARG001  # drawn by the fixture
    ticket = cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    assert draw(day=DAY, now=NEXT) == 1
    return ticket


def result_of(ticket: Ticket) -> Sample:
    return Sample.objects.get(ticket__number=ticket.number)


def test_the_drawing_is_what_the_rule_says_of_number_and_seed(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.ANSWERED_DIRECTLY, at=OPENING + timedelta(minutes=n)) for n in range(30)]
    cast.ticket_at(Stage.CLOSED)
    draw(day=DAY, now=NEXT)
    kept = Draw.objects.get()
    assert (kept.percent, kept.answered, kept.seed) == (5, 30, seed_of(DAY))
    wanted = {t.number for t in tickets if sampled(t.number, percent=5, seed=kept.seed)}
    assert set(Sample.objects.values_list("ticket__number", flat=True)) == wanted


def test_a_day_is_drawn_once_and_not_before_it_is_over(cast: Cast, sample: Ticket) -> None:
    del sample
    cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    assert draw(day=DAY, now=NEXT) == 0
    assert draw(day=NEXT.date(), now=NEXT) == 0
    assert Draw.objects.count() == 1


def test_days_have_seeds_of_their_own() -> None:
    assert seed_of(DAY) == seed_of(DAY)
    assert seed_of(DAY) != seed_of(date(2026, 3, 18))


def test_an_auditor_draws_again(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        auditor = signed_in(cast, "auditor")
        html = auditor.get("/callback/samples/2026-03-17/").content.decode()
        assert "结果与当日完全一致" in html
        assert seed_of(DAY) in html
        assert sample.number in html
        Sample.objects.all().delete()
        assert "与当日不一致" in auditor.get("/callback/samples/2026-03-17/").content.decode()
        assert auditor.get("/callback/samples/2026-03-01/").status_code == 404
        assert auditor.get("/callback/samples/nonsense/").status_code == 404


def test_what_the_citizen_says_of_the_answer_is_kept_and_the_ticket_stays(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        officer = signed_in(cast, "callback_officer")
        shown = officer.get(f"/callback/sample/{sample.number}/").content.decode()
        assert "13800000000" not in shown
        assert not {word for word in latin(shown) if not word.isupper()}
        assert "13800000000" in officer.post(f"/callback/sample/{sample.number}/phone/").content.decode()
        officer.post(f"/callback/sample/{sample.number}/", {"rating": "2", "words": "答非所问"})
    kept = result_of(sample)
    assert (kept.result, kept.rating, kept.words) == ("dissatisfied", 2, "答非所问")
    assert cast.seen(sample).state.stage is Stage.ANSWERED_DIRECTLY


def test_a_result_is_recorded_once(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        officer = signed_in(cast, "callback_officer")
        officer.post(f"/callback/sample/{sample.number}/", {"rating": "5"})
        again = officer.post(f"/callback/sample/{sample.number}/", {"rating": "1"})
    assert 'data-code="callback.sample_done"' in again.content.decode()
    assert result_of(sample).rating == 5


def test_silence_is_unreached_and_never_satisfied(cast: Cast, sample: Ticket) -> None:
    officer = signed_in(cast, "callback_officer")
    address = f"/callback/sample/{sample.number}/"
    with at(NEXT):
        officer.post(address, {"contact": "missed"})
        again = officer.post(address, {"contact": "missed"})
        assert 'data-code="callback.same_half_day"' in again.content.decode()
    for moment in (AFTERNOON, NEXT + timedelta(days=1)):
        with at(moment):
            officer.post(address, {"contact": "missed"})
    assert (result_of(sample).result, result_of(sample).rating) == ("unreached", None)


def bad(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        signed_in(cast, "callback_officer").post(f"/callback/sample/{sample.number}/", {"rating": "1"})


def test_the_team_leader_opens_a_linked_ticket_for_the_same_person(cast: Cast, sample: Ticket) -> None:
    bad(cast, sample)
    with at(NEXT):
        done = signed_in(cast, "team_leader").post(
            f"/callback/sample/{sample.number}/follow/",
            {"how": "ticket", "title": "咨询未得到正确答复", "content": "市民称按答复去办没有办成，请核实后回复。"},
        )
    opened = result_of(sample).followed_ticket
    assert done.headers["Location"] == f"/tickets/{opened}/"
    assert cast.seen(Ticket(opened, NEXT, sample.state)).state.stage is Stage.PENDING_DISPATCH
    assert Requester.objects.get(ticket__number=opened).phone == "13800000000"


def test_the_reviewer_sends_a_correction_once(cast: Cast, sample: Ticket) -> None:
    bad(cast, sample)
    address, said = f"/callback/sample/{sample.number}/follow/", {"how": "correction", "code": "", "text": "地址已变更"}
    with at(NEXT):
        reviewer = signed_in(cast, "reviewer")
        assert reviewer.post(address, said).status_code == 302
        again = reviewer.post(address, said)
    assert result_of(sample).followed == "correction"
    assert 'data-code="callback.sample_followed"' in again.content.decode()


def test_a_good_answer_needs_nothing_more(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        signed_in(cast, "callback_officer").post(f"/callback/sample/{sample.number}/", {"rating": "4"})
        answer = signed_in(cast, "team_leader").post(
            f"/callback/sample/{sample.number}/follow/", {"how": "ticket", "title": "一", "content": "二"}
        )
    assert 'data-code="callback.sample_not_bad"' in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "how"), [("reviewer", "ticket"), ("callback_officer", "correction"), ("agent", "ticket")]
)
def test_who_may_not_follow_up(cast: Cast, sample: Ticket, who: str, how: str) -> None:
    bad(cast, sample)
    with at(NEXT):
        answer = signed_in(cast, who).post(f"/callback/sample/{sample.number}/follow/", {"how": how, "title": "一"})
    assert answer.status_code == 403
    assert result_of(sample).followed == ""


def test_the_list_shows_what_is_to_be_done(cast: Cast, sample: Ticket) -> None:
    with at(NEXT):
        html = signed_in(cast, "callback_officer").get("/callback/samples/").content.decode()
        assert sample.number in html
        assert "待回访" in html
        assert signed_in(cast, "cgj_handler").get("/callback/samples/").status_code == 403


def test_a_ticket_that_was_not_drawn_is_no_sample(cast: Cast, sample: Ticket) -> None:
    del sample
    other = cast.ticket_at(Stage.HANDLING)
    with at(NEXT):
        assert signed_in(cast, "callback_officer").get(f"/callback/sample/{other.number}/").status_code == 404
