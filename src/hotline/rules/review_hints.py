"""What a reviewer should look at twice in a reply, found by plain comparison. The reviewer decides; nothing is refused.

Sources: Bengbu's review list (policy cited by number, unreachable requester noted) and the faults of an open inspection
list (banned phrases, complaint relabelled as consultation). Shares and lengths are ours (P).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hotline.rules.messages import Message
from hotline.rules.vocabulary import RequestType

LEAST_REQUEST: Final = 40
"""Characters of a request below which the length of its reply says nothing (P)."""
SHORT_SHARE: Final = 0.4
"""A reply shorter than this share of the request is likely to leave something out (P)."""
LEAST_REPLY: Final = 20
"""A reply shorter than this says too little whatever was asked (P)."""
ALIKE_FROM: Final = 0.75
"""Share of common pairs of characters from which two replies count as the same text (P)."""

CITATION: Final = re.compile(
    r"《[^》]{2,}》|[〔\[（(【][12]\d{3}[〕\]）)】]\s*(?:第\s*)?\d+\s*号|第[一二三四五六七八九十百千\d]+条"
)
STRICT: Final = frozenset({RequestType.COMPLAINT, RequestType.REPORT})


@dataclass(frozen=True, kw_only=True)
class ReplyFacts:
    """What the comparison reads of one ticket. `types` are all types it has had, the present one last."""

    request: str
    reply: str
    legal_basis: str = ""
    banned: Sequence[str] = ()
    contactable: bool = True
    may_be_contacted: bool = True
    contacted: bool = False
    types: Sequence[RequestType] = ()
    earlier_same: Sequence[str] = ()


def hints(facts: ReplyFacts) -> tuple[Message, ...]:
    """Everything worth a second look, the gravest first."""
    return (*_relabelled(facts), *_banned(facts), *_copied(facts), *_short(facts), *_basis(facts), *_contact(facts))


def _relabelled(facts: ReplyFacts) -> Iterator[Message]:
    """A complaint must not be closed as a question."""
    if not facts.types or facts.types[-1] is not RequestType.CONSULTATION:
        return
    was = next((kind for kind in facts.types if kind in STRICT), None)
    if was is not None:
        yield Message("review_hint.relabelled", {"was": was})


def _banned(facts: ReplyFacts) -> Iterator[Message]:
    said = _plain(facts.reply)
    found = [phrase for phrase in dict.fromkeys(facts.banned) if _plain(phrase) and _plain(phrase) in said]
    if found:
        yield Message("review_hint.banned", {"phrases": "、".join(found)})


def _copied(facts: ReplyFacts) -> Iterator[Message]:
    if facts.earlier_same:
        yield Message("review_hint.copied", {"numbers": "、".join(facts.earlier_same)})


def _short(facts: ReplyFacts) -> Iterator[Message]:
    asked, said = len(_plain(facts.request)), len(_plain(facts.reply))
    if said < LEAST_REPLY or (asked >= LEAST_REQUEST and said < asked * SHORT_SHARE):
        yield Message("review_hint.short", {"reply": said, "request": asked})


def _basis(facts: ReplyFacts) -> Iterator[Message]:
    if not facts.legal_basis.strip() and not CITATION.search(facts.reply):
        yield Message("review_hint.no_basis")


def _contact(facts: ReplyFacts) -> Iterator[Message]:
    """Who cannot or must not be contacted is not missed."""
    if facts.contactable and facts.may_be_contacted and not facts.contacted:
        yield Message("review_hint.no_contact")


def _plain(text: str) -> str:
    """A text without blanks: line ends and spaces say nothing of how much is said."""
    return "".join(text.split())
