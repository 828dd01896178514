"""What came of a deed, and how a dossier is taken for one, in every family. A refusal is a value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from hotline.rules.messages import Refusal

R = TypeVar("R", bound=models.Model)
St = TypeVar("St")


@dataclass(frozen=True)
class Done(Generic[R, St]):
    """What came of a deed: the dossier as it now is, or why nothing was done."""

    row: R | None = None
    state: St | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when the deed was recorded."""
        return not self.refusals


def taken(of: "models.Manager[R]", pk: int, *, seen: Callable[[R], bool]) -> R | None:
    """The dossier locked for a deed; None when it is not there for this person."""
    row = of.select_for_update(no_key=True).filter(pk=pk).first()
    return row if row is not None and seen(row) else None
