"""The words of an item as somebody typed them, what must be mended in them, and how they are indexed for search.

Units rely on the same sentences whether they type into a page, call the API or send a file.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from hotline.rules.messages import Refusal
from hotline.text.bigrams import normalised, terms

LIMITS: Final = {"title": 80, "question": 400, "answer": 4000, "hint": 1000, "legal_basis": 600}
"""How long each text may be, in characters."""

CALLED: Final = {
    "title": {"zh": "标题", "en": "title"},
    "question": {"zh": "群众问法", "en": "question"},
    "answer": {"zh": "答复口径", "en": "answer"},
    "hint": {"zh": "内部提示", "en": "internal hint"},
    "legal_basis": {"zh": "依据", "en": "basis"},
}
NEEDED: Final = {
    "question": "knowledge.question_missing",
    "answer": "knowledge.answer_missing",
    "legal_basis": "knowledge.basis_missing",
}
"""What a draft may still lack and a published item may not."""

CODE_LENGTH: Final = 24
REMARK_LIMIT: Final = 300
CORRECTION_LIMIT: Final = 1000


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Everything of an item that is written: the citizen's question, the answer, the basis, and for how long."""

    title: str
    question: str = ""
    answer: str = ""
    hint: str = ""
    legal_basis: str = ""
    category: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    public: bool = True
    review_on: date | None = None

    def trimmed(self) -> "Wording":
        """The same without blanks at the ends and with one kind of line ends."""
        texts: dict[str, Any] = {
            name: str(getattr(self, name)).replace("\r\n", "\n").strip() for name in (*LIMITS, "category")
        }
        return replace(self, **texts)

    def columns(self) -> dict[str, object]:
        """The same as columns of a stored version."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "category"}
        return {**values, "category_id": self.category or None}


def faults(text: Wording) -> tuple[Refusal, ...]:
    """What keeps a wording from being saved even as a draft."""
    found = [] if text.title else [Refusal("knowledge.title_missing", field="title")]
    for name, limit in LIMITS.items():
        typed = getattr(text, name)
        if len(typed) > limit:
            found.append(Refusal("knowledge.too_long", {"what": CALLED[name], "limit": limit}, field=name))
        if "\x00" in typed:
            found.append(Refusal("knowledge.unreadable", {"what": CALLED[name]}, field=name))
    if text.valid_from and text.valid_to and text.valid_to <= text.valid_from:
        found.append(Refusal("knowledge.dates_reversed", field="valid_to"))
    return tuple(found)


def gaps(text: Wording, day: date) -> tuple[Refusal, ...]:
    """What a wording lacks before it may be told to citizens from that day on."""
    found = [Refusal(code, field=name) for name, code in NEEDED.items() if not getattr(text, name)]
    if text.valid_to and text.valid_to <= day:
        found.append(Refusal("knowledge.already_over", field="valid_to"))
    if text.review_on and text.review_on <= day:
        found.append(Refusal("knowledge.review_past", field="review_on"))
    return tuple(found)


def plain(text: Wording) -> str:
    """The text as searches compare it: title, questions and the rest on three lines."""
    rest = f"{text.answer} {text.legal_basis}"
    return "\n".join((normalised(text.title), normalised(text.question), normalised(rest)))


def index(text: Wording) -> str:
    """The text as PostgreSQL's tsvector: A for terms of the title, B for those of the question, D for the rest."""
    weights: dict[str, str] = {}
    for weight, part in (("A", text.title), ("B", text.question), ("D", f"{text.answer}\n{text.legal_basis}")):
        for term in terms(part):
            weights.setdefault(term, weight)
    return " ".join(f"{quoted(term)}:1{weight}" for term, weight in weights.items())


def is_code(text: str) -> bool:
    """Whether this could be the number of anything; what came in an address may be no text at all."""
    return 0 < len(text) <= CODE_LENGTH and text.isascii() and text.isprintable()


def quoted(term: str) -> str:
    """A term as it stands in tsvector and tsquery texts."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
