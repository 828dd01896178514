"""The knowledge base for departments' systems: list and search, read one item, suggestions for a text. Reading only.

The same view as the pages': office and units read published items, the three administrators none.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from hotline.desks.knowledge.pages import status_of
from hotline.plumbing.clock import today
from hotline.registry.knowledge import queries
from hotline.registry.knowledge.records import Version
from hotline.registry.knowledge.standing import may_read
from hotline.rules.messages import Refusal
from hotline.tickets.acting.api import DENIED, NOT_FOUND, READING, UNPROCESSABLE, Strict, answers, misspelt, refused
from hotline.tickets.acting.api_values import CODE, counted, text
from hotline.tickets.acting.person import actor_of

MOST, MOST_SUGGESTED, FARTHEST = 200, 20, 100_000
WORDS, SAID = 60, 4000
CATEGORY = r"^[0-9]{0,6}$"

router = Router(tags=["知识库 / knowledge base"])


class KnowledgeIn(Schema):
    """What items are looked for; blanks mean everything."""

    q: text(WORDS) = Field(default="", description="关键词，空格分开 / words")  # type: ignore[valid-type]  # made with its length
    category: str = Field(default="", pattern=CATEGORY, description="分类代码或其开头 / a category or how it begins")
    unit: text(CODE) = Field(default="", description="责任单位 / the unit that answers for it")  # type: ignore[valid-type]  # see q
    limit: counted(1, MOST) = Field(default=50, description="一页多少条 / items a page")  # type: ignore[valid-type]  # see q
    offset: counted(0, FARTHEST) = Field(default=0, description="跳过多少条 / items to leave out")  # type: ignore[valid-type]  # see q


class SaidIn(Strict):
    """What a citizen said, as far as it was typed."""

    said: text(SAID, required=True) = Field(description="诉求内容 / what was said")  # type: ignore[valid-type]  # made with its length
    category: str = Field(default="", pattern=CATEGORY, description="分类代码 / the ticket's category")
    limit: counted(1, MOST_SUGGESTED) = Field(default=queries.SUGGESTED, description="至多几条 / how many at most")  # type: ignore[valid-type]  # see said


class KnowledgeOut(Schema):
    """A published item: what may be told, on which basis, until when (that day not included)."""

    code: str
    version: int
    title: str
    question: str
    answer: str
    hint: str
    legal_basis: str
    category: str
    unit: str
    valid_from: date | None
    valid_to: date | None
    review_on: date | None
    public: bool


class KnowledgeListOut(Schema):
    """One page of items."""

    items: list[KnowledgeOut]


class SuggestionOut(KnowledgeOut):
    """An item that fits a text, how well (0 to 100), and why."""

    score: int
    shared: list[str]
    same_category: bool


class SuggestionsOut(Schema):
    """What fits, the best first."""

    suggestions: list[SuggestionOut]


@router.get(
    "",
    operation_id="list_knowledge",
    url_name="list_knowledge",
    summary="查询知识点 / search the knowledge base",
    **answers(KnowledgeListOut, (*READING, DENIED)),
)
def list_knowledge(request: HttpRequest, where: Query[KnowledgeIn]) -> Status[dict[str, Any]]:
    """Items in force that contain every word; title hits first, then those cited most in a year."""
    unknown = misspelt(request.GET, KnowledgeIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if not may_read(actor_of(request)):
        return _refusing(request, Refusal("knowledge.reading_denied"))
    found = queries.search(where.q, today(), where.category, where.limit, offset=where.offset, unit=where.unit)
    return Status(200, {"items": [_item(version) for version in found]})


@router.post(
    "/suggest",
    operation_id="suggest_knowledge",
    url_name="suggest_knowledge",
    summary="推荐知识点 / suggest items for a text",
    **answers(SuggestionsOut, (*READING, DENIED)),
)
def suggest_knowledge(request: HttpRequest, data: SaidIn) -> Status[dict[str, Any]]:
    """Items that fit a text. By POST, because what citizens say doesn't belong in an address."""
    if not may_read(actor_of(request)):
        return _refusing(request, Refusal("knowledge.reading_denied"))
    found = queries.suggest(data.said, data.category, today(), data.limit)
    why = [
        {"score": s.match.score, "shared": list(s.match.shared), "same_category": s.match.same_category} for s in found
    ]
    return Status(200, {"suggestions": [_item(s.version) | reason for s, reason in zip(found, why, strict=True)]})


@router.get(
    "/{code}",
    operation_id="read_knowledge",
    url_name="read_knowledge",
    summary="知识点详情 / read an item",
    **answers(KnowledgeOut, (*READING, DENIED, NOT_FOUND)),
)
def read_knowledge(request: HttpRequest, code: str) -> Status[dict[str, Any]]:
    """The item as it holds today; refused as not there when no version of it does."""
    if not may_read(actor_of(request)):
        return _refusing(request, Refusal("knowledge.reading_denied"))
    file = queries.item_file(code, actor=actor_of(request), day=today())
    if file is None or file.now is None:
        return _refusing(request, Refusal("knowledge.not_found", {"code": code[:CODE]}))
    return Status(200, _item(file.now))


def _refusing(request: HttpRequest, refusal: Refusal) -> Status[dict[str, Any]]:
    return Status(status_of((refusal,)), refused(request, (refusal,)))


def _item(version: Version) -> dict[str, Any]:
    words = {name: getattr(version.text, name) for name in KnowledgeOut.model_fields if hasattr(version.text, name)}
    return words | {"code": version.code, "version": version.number, "unit": version.unit}
