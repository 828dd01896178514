"""How often the pages of disputes ask the database, however much a file holds; session and person are counted."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.stages.joint.panels import brought, disputed, file_of
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
Limit = Callable[[int], AbstractContextManager[object]]
FILE = 14
LIST = 8
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("who", ["supervisor", "cgj_head"])
@pytest.mark.parametrize("step", ["open", "ruled"])
def test_a_file(cast: Cast, django_assert_max_num_queries: Limit, step: str, who: str) -> None:
    row = brought(cast, step)
    person = signed_in(cast, who)
    with at(row.last_at + MINUTE):
        person.get(f"/joint/files/{row.pk}/")
        with django_assert_max_num_queries(FILE):
            page = person.get(f"/joint/files/{row.pk}/")
    assert "本局没有行政处罚权" in page.content.decode()


@pytest.mark.parametrize("who", ["supervisor", "cgj_head"])
def test_the_list(cast: Cast, django_assert_max_num_queries: Limit, who: str) -> None:
    rows = [file_of(disputed(cast)) for _ in range(3)]
    person = signed_in(cast, who)
    with at(rows[-1].last_at + MINUTE):
        person.get("/joint/")
        with django_assert_max_num_queries(LIST):
            page = person.get("/joint/")
    assert page.content.decode().count("/joint/files/") >= 3
