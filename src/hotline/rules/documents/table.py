"""The lifecycle of a document: one table, read by pages, API and the tests.

Four eyes twice: nobody checks what they have written, and nobody presses the seal on a signature they have recorded.
"""

from typing import Final

from hotline.rules import dossiers
from hotline.rules.documents.states import NUMBERED, UNNUMBERED, UPWARD, Deed, Document, DocumentKind, Order, Status
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

S = Status
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
CHECKERS: Final = SUPERVISORS | {Role.TEAM_LEADER}
MOST_PRINTS: Final = 9999


class Matter(dossiers.Matter[Document, Order]):
    """All that a guard may look at."""

    @property
    def kind(self) -> DocumentKind:
        """The kind it is, or is to become."""
        return self.order.kind if self.state.status is S.NEW and self.order.kind else self.state.kind


def has_kind(m: Matter) -> Refusal | None:
    return None if m.order.kind else Refusal("documents.kind_missing", field="kind")


def has_title(m: Matter) -> Refusal | None:
    return None if m.order.title.strip() else Refusal("documents.title_missing", field="title")


def has_body(m: Matter) -> Refusal | None:
    return None if m.order.body.strip() else Refusal("documents.body_missing", field="body")


def goes_somewhere(m: Matter) -> Refusal | None:
    """What goes up names its readers in words; all else goes to units of the city."""
    if m.kind in UPWARD:
        return None if m.order.sent_to.strip() else Refusal("documents.sent_to_missing", field="sent_to")
    return None if m.order.recipients else Refusal("documents.recipients_missing", field="recipients")


def goes_once(m: Matter) -> Refusal | None:
    twice = m.order.recipients & m.order.copies
    return Refusal("documents.addressed_twice", {"count": len(twice)}, field="copies") if twice else None


def not_own_words(m: Matter) -> Refusal | None:
    return Refusal("documents.own_words") if m.actor.id in m.state.writers else None


def not_own_signature(m: Matter) -> Refusal | None:
    return Refusal("documents.own_signature") if m.actor.id == m.state.signed_by else None


def has_signer(m: Matter) -> Refusal | None:
    return None if m.order.signer.strip() else Refusal("documents.signer_missing", field="signer")


def was_signed(m: Matter) -> Refusal | None:
    if m.order.signed_on is None:
        return Refusal("documents.signed_on_missing", field="signed_on")
    ahead = m.order.signed_on > m.today
    return Refusal("documents.signed_on_ahead", field="signed_on") if ahead else None


def counts_prints(m: Matter) -> Refusal | None:
    fits = m.order.prints is not None and 0 < m.order.prints <= MOST_PRINTS
    return None if fits else Refusal("documents.prints_missing", {"most": MOST_PRINTS}, field="prints")


Row = dossiers.Row[Deed, Status, Matter]


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


WRITTEN: Final = (has_title, has_body, goes_somewhere, goes_once)
ADDRESSED: Final = ("recipients", "copies", "sent_to")

TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.DRAFT, sources=_at(S.NEW), target=S.DRAFT, who=SUPERVISORS, guards=(has_kind, *WRITTEN), sets=("kind", "about", "about_key", *ADDRESSED)),
    Row(deed=Deed.REVISE, sources=_at(S.DRAFT), target=S.DRAFT, who=SUPERVISORS, guards=WRITTEN, sets=ADDRESSED),
    Row(deed=Deed.SUBMIT, sources=_at(S.DRAFT), target=S.SUBMITTED, who=SUPERVISORS),
    Row(deed=Deed.CHECK, sources=_at(S.SUBMITTED), target=S.CHECKED, who=CHECKERS, standing=(not_own_words,)),
    Row(deed=Deed.SEND_BACK, sources=_at(S.SUBMITTED, S.CHECKED), target=S.DRAFT, who=CHECKERS, words=True),
    Row(deed=Deed.SIGN, sources=_at(S.CHECKED), target=S.SIGNED, who=SUPERVISORS, guards=(has_signer, was_signed), sets=("signer", "signed_on", "number")),
    Row(deed=Deed.SEAL, sources=_at(S.SIGNED), target=S.SEALED, who=CHECKERS, standing=(not_own_signature,), guards=(counts_prints,), sets=("prints",)),
    Row(deed=Deed.ISSUE, sources=_at(S.SEALED), target=S.ISSUED, who=SUPERVISORS),
    Row(deed=Deed.ATTACH, sources=NUMBERED, target=None, who=CHECKERS, sets=("facts",)),
    Row(deed=Deed.VOID, sources=NUMBERED, target=S.VOIDED, who=SUPERVISORS, words=True),
    Row(deed=Deed.DISCARD, sources=UNNUMBERED, target=S.DISCARDED, who=SUPERVISORS, words=True),
)  # fmt: skip
"""Every change there is."""
