"""Documents in the database: four eyes, numbers, append-only history, who reads what, who is told."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.config.demo_documents import papers
from hotline.oversight.documents import commands
from hotline.oversight.documents.models import Document, DocumentEntry, DocumentNumber, DocumentText
from hotline.oversight.documents.queries import documents, labels, waiting, whole
from hotline.oversight.documents.rows import columns_of, digest_of, entry_of, state_of
from hotline.oversight.documents.seen import in_view, seen_by
from hotline.rules.documents import Deed, DocumentKind, Order, Status, fold
from hotline.rules.documents.seeing import DocumentView, may_see
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role, UnitCode
from tests.cast import PEOPLE, Cast
from tests.oversight.documents.writing import BODY, TITLE, brought, did, drafted
from tests.oversight.notices.ringing import bells
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
K = DocumentKind


def test_the_whole_way_to_the_issued_paper(cast: Cast):
    row = brought(cast, Status.ISSUED)
    assert (row.year, row.serial, row.signer, row.prints) == (2026, 1, "徐明", 12)
    entries = list(DocumentEntry.objects.filter(document=row).order_by("seq"))
    assert [e.deed for e in entries] == ["draft", "submit", "check", "sign", "seal", "issue"]
    assert fold(map(entry_of, entries)) == state_of(row)
    assert columns_of(state_of(row)).items() <= {**vars(row)}.items()
    assert bells()["cgj_head"][-1] == "document_issued"
    assert bells()["sthj_handler"][-1] == "document_issued"


def test_words_stand_beside_the_history_and_can_be_proved(cast: Cast):
    row = drafted(cast)
    order = {"title": "新题", "body": "新文", "recipients": frozenset({UnitCode("CGJ")})}
    assert did(cast, row, "supervisor", Deed.REVISE, **order).ok
    texts = list(DocumentText.objects.filter(document=row).order_by("seq"))
    assert [(t.title, t.body) for t in texts] == [(TITLE, BODY), ("新题", "新文")]
    assert (row.title, row.body, row.copies) == ("新题", "新文", [])
    for entry, text in zip(DocumentEntry.objects.order_by("seq"), texts, strict=True):
        assert entry.digest == digest_of(row.pk, entry.seq, text.title, text.body)
        assert not {TITLE, BODY, "新文"} & {str(value) for value in entry.payload.values()}


@pytest.mark.parametrize(
    "change",
    ["UPDATE documents_documententry SET actor = '1'", "DELETE FROM documents_documenttext"],
)
def test_nobody_changes_what_was_written(cast: Cast, change: str):
    drafted(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_numbers_are_drawn_by_kind_when_a_signature_is_recorded_and_by_nothing_else(cast: Cast):
    first, second = brought(cast, Status.CHECKED), brought(cast, Status.CHECKED)
    order = brought(cast, Status.CHECKED, K.ASSIGNMENT)
    assert not did(cast, first, "supervisor", Deed.SIGN, signer="").ok
    assert not DocumentNumber.objects.exists()
    for row in (second, first, order):
        assert did(cast, row, "supervisor", Deed.SIGN).ok
    assert [(row.kind, row.serial) for row in (second, first, order)] == [
        ("circular", 1),
        ("circular", 2),
        ("assignment", 1),
    ]


def test_a_new_year_begins_at_one(cast: Cast):
    did(cast, brought(cast, Status.CHECKED), "supervisor", Deed.SIGN)
    row = brought(cast, Status.CHECKED)
    assert did(cast, row, "supervisor", Deed.SIGN, OPENING + timedelta(days=365)).ok
    assert (row.year, row.serial) == (2027, 1)


def test_a_voided_number_stays_and_is_not_given_again(cast: Cast):
    row = brought(cast, Status.SIGNED)
    assert [r.code for r in did(cast, row, "supervisor", Deed.VOID, text=" ").refusals] == ["documents.words_missing"]
    assert did(cast, row, "supervisor", Deed.VOID).ok
    assert (row.status, row.serial) == ("voided", 1)
    assert brought(cast, Status.SIGNED).serial == 2
    seen = whole(row.pk, actor=cast.actor("director"), now=OPENING)
    assert seen is not None
    assert seen.lines[-1].text == "数字有误"


def test_whoever_wrote_it_does_not_check_it_and_whoever_had_it_signed_does_not_seal_it(cast: Cast):
    row = brought(cast, Status.SUBMITTED)
    assert [r.code for r in did(cast, row, "supervisor", Deed.CHECK).refusals] == ["documents.own_words"]
    assert row.pk not in waiting(cast.actor("supervisor")).values_list("pk", flat=True)
    assert row.pk in waiting(cast.actor("team_leader")).values_list("pk", flat=True)
    signed = brought(cast, Status.SIGNED)
    assert [r.code for r in did(cast, signed, "supervisor", Deed.SEAL).refusals] == ["documents.own_signature"]


def test_what_was_sent_back_is_written_again_and_those_who_wrote_it_are_told(cast: Cast):
    row = brought(cast, Status.SUBMITTED)
    assert did(cast, row, "team_leader", Deed.SEND_BACK).ok
    assert row.status == "draft"
    assert bells()["supervisor"][-1] == "document_sent_back"


def test_a_deed_on_what_has_moved_on_is_not_done(cast: Cast):
    row = drafted(cast)
    order = Order(deed=Deed.SUBMIT)
    done = commands.do(row.pk, order=order, actor=cast.actor("supervisor"), now=OPENING, version=0)
    assert [r.code for r in done.refusals] == ["documents.moved_on"]


def test_units_that_are_not_in_the_directory_are_named(cast: Cast):
    given = {"kind": K.CIRCULAR, "title": TITLE, "body": BODY, "actor": cast.actor("supervisor"), "now": OPENING}
    done = commands.draft(recipients=["NIRGENDS"], **given)  # type: ignore[arg-type]  # arguments of a draft
    assert [(r.code, r.field) for r in done.refusals] == [("documents.unit_unknown", "recipients")]
    assert not Document.objects.exists()


def test_a_unit_reads_the_paper_when_it_is_issued_and_not_how_it_came_about(cast: Cast):
    row = brought(cast, Status.SEALED)
    handler = cast.actor("cgj_handler")
    assert whole(row.pk, actor=handler, now=OPENING) is None
    assert did(cast, row, "supervisor", Deed.ISSUE).ok
    seen = whole(row.pk, actor=handler, now=OPENING)
    assert seen is not None
    assert [line.deed for line in seen.lines] == ["issue"]
    assert (seen.files, seen.deeds) == ((), ())
    assert whole(row.pk, actor=cast.actor("ly_head"), now=OPENING) is None
    assert labels([row.pk], actor=handler, lang="zh") == {row.pk: ("热通报〔2026〕1号", TITLE)}
    assert did(cast, row, "supervisor", Deed.VOID).ok
    assert bells()["cgj_handler"][-1] == "document_voided"
    assert whole(row.pk, actor=handler, now=OPENING) is not None


def test_documents_can_be_found_by_what_they_follow_from(cast: Cast):
    row = drafted(cast, about="criticism", about_key="7")
    found = documents(actor=cast.actor("auditor"), about=("criticism", "7"))
    assert [one.id for one in found.rows] == [row.pk]


def test_rule_and_list_agree_for_everybody_of_the_cast(cast: Cast):
    rows = [brought(cast, status) for status in (Status.DRAFT, Status.SIGNED, Status.ISSUED)]
    voided = brought(cast, Status.ISSUED, recipients=["STHJ"], copies=[])
    assert did(cast, voided, "supervisor", Deed.VOID).ok
    for person in PEOPLE:
        actor = cast.actor(person.username)
        seen = set(seen_by(actor).values_list("pk", flat=True))
        assert seen == {row.pk for row in (*rows, voided) if may_see(actor, state_of(row))}, person.username


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    roles=st.frozensets(st.sampled_from(Role), max_size=3),
    covers=st.frozensets(st.sampled_from(("CGJ", "STHJ", "LY")).map(UnitCode)),
    all_=st.booleans(),
)
def test_rule_and_list_agree_for_anybody(cast: Cast, roles: frozenset[Role], covers: frozenset[UnitCode], all_: bool):
    if not Document.objects.exists():
        brought(cast, Status.ISSUED)
        brought(cast, Status.SEALED)
        brought(cast, Status.ISSUED, recipients=["LY"], copies=[])
    actor = Actor(id="77", roles=roles, unit=min(covers, default=None), covers=covers)
    expected = {row.pk for row in Document.objects.all() if may_see(actor, state_of(row))}
    assert set(seen_by(actor).values_list("pk", flat=True)) == expected
    view = DocumentView(all=all_, units=covers)
    assert in_view(view).count() >= (3 if all_ else 0)


def test_the_demonstration_has_a_document_at_every_step(cast: Cast):
    assert cast.user("supervisor")
    now = OPENING + timedelta(days=200)
    made = papers(now)
    assert Document.objects.count() == made > 0
    reached = set(Document.objects.values_list("status", flat=True))
    assert reached == {status.value for status in Status} - {"new", "discarded"}
    assert not DocumentEntry.objects.filter(at__gt=now).exists()
