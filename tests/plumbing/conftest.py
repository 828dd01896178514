"""Homes for the tests of what lies below the trade: one for whoever runs the tests, one for everyone who might."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.plumbing.household import IS_ROOT, PEOPLE, Household, Person


@pytest.fixture
def household_of() -> Iterator[Callable[[Person], Household]]:
    made: list[Household] = []

    def make(person: Person) -> Household:
        # not tmp_path: pytest closes that to everyone else, and the server runs as someone else when we are root
        root = Path(tempfile.mkdtemp(prefix="zt-"))
        root.chmod(0o755)
        if IS_ROOT:
            os.chown(root, person.uid, person.gid)
        made.append(Household(person, root))
        return made[-1]

    yield make
    for household in made:
        household.close()


@pytest.fixture
def household(household_of: Callable[[Person], Household]) -> Household:
    """The home of whoever runs the tests."""
    return household_of(Person(os.geteuid(), os.getegid()))


@pytest.fixture(params=sorted(PEOPLE))
def anyones(request: pytest.FixtureRequest, household_of: Callable[[Person], Household]) -> Household:
    """The home of root and of an ordinary user in turn."""
    return household_of(PEOPLE[request.param])
