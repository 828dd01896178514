"""Several people record signatures at once: each gets a number of its own, none is lost, none is drawn twice."""

import pytest

from hotline.oversight.documents.commands import Done
from hotline.oversight.documents.models import Document, DocumentEntry
from hotline.rules.documents import Deed, DocumentKind, Status
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.oversight.documents.writing import brought, did

pytestmark = pytest.mark.django_db(transaction=True)


def test_signatures_recorded_at_once_get_numbers_without_a_gap(cast: Cast) -> None:
    rows = [brought(cast, Status.CHECKED) for _ in range(12)]

    def sign(place: int) -> Done:
        return did(cast, Document.objects.get(pk=rows[place].pk), "supervisor", Deed.SIGN)

    assert all(done.ok for done in at_once(12, sign, threads=6))
    assert sorted(Document.objects.values_list("serial", flat=True)) == list(range(1, 13))


def test_refused_signatures_between_them_use_no_number_up(cast: Cast) -> None:
    rows = [brought(cast, Status.CHECKED) for _ in range(8)]

    def sign(place: int) -> Done:
        signer = "徐明" if place % 2 else ""
        return did(cast, Document.objects.get(pk=rows[place].pk), "supervisor", Deed.SIGN, signer=signer)

    assert [done.ok for done in at_once(8, sign, threads=8)].count(True) == 4
    assert sorted(Document.objects.exclude(serial=None).values_list("serial", flat=True)) == [1, 2, 3, 4]


def test_one_document_is_signed_once(cast: Cast) -> None:
    row = brought(cast, Status.CHECKED, DocumentKind.ASSIGNMENT)

    def sign(_place: int) -> Done:
        return did(cast, Document.objects.get(pk=row.pk), "supervisor", Deed.SIGN)

    assert sum(done.ok for done in at_once(8, sign, threads=8)) == 1
    assert DocumentEntry.objects.filter(document=row, deed="sign").count() == 1
    row.refresh_from_db()
    assert row.serial == 1
