"""Acts on any open ticket: facts, urging, classification, marks, attachments, withdrawal, merging, voiding."""

from dataclasses import dataclass, field

from hotline.rules.acts.base import Act, category, choice, code, fact, text
from hotline.rules.vocabulary import (
    CategoryCode,
    FileKind,
    Flag,
    Purpose,
    RegionCode,
    RequestType,
    TicketNo,
    Urgency,
    VisibleTo,
)


@dataclass(frozen=True, kw_only=True)
class AddFacts(Act):
    """补充情况 told by the citizen."""

    facts: str = text()


@dataclass(frozen=True, kw_only=True)
class WriteBrief(Act):
    """交办内容: what the unit reads of a confidential ticket instead of the citizen's own words."""

    for_unit: str = text()


@dataclass(frozen=True, kw_only=True)
class Urge(Act):
    """催办: the citizen or the office asks for haste."""

    note: str = text(required=False)
    by_citizen: bool = False


@dataclass(frozen=True, kw_only=True)
class Classify(Act):
    """调整分类: request type, category, urgency or region; a change after dispatch is audited."""

    request_type: RequestType = choice()
    category: CategoryCode = category(required=False)
    urgency: Urgency = choice(Urgency.ORDINARY)
    region: RegionCode = field(default=RegionCode(""), metadata={"kind": "region", "required": False})
    reason: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class MarkTicket(Act):
    """设置标记: group, enterprise, key and the like."""

    flag: Flag = choice()
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class UnmarkTicket(Act):
    """取消标记. Confidential is never lowered."""

    flag: Flag = choice()
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class TagTicket(Act):
    """加标签: one of the city's tags, which lie across categories."""

    tag: str = code("tag")
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class UntagTicket(Act):
    """去标签. One that has ended since can still be taken off."""

    tag: str = code("tag_any")
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class Withdraw(Act):
    """撤诉: the citizen takes the request back."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Merge(Act):
    """并单: the same matter goes on in another ticket (国办函〔2025〕66号)."""

    master: TicketNo = field(metadata={"kind": "ticket", "required": True})
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class ProposeVoid(Act):
    """申请作废: recorded by mistake; the number is kept."""

    reason: str = code("void")
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class ConfirmVoid(Act):
    """同意作废, by a second person."""


@dataclass(frozen=True, kw_only=True)
class RejectVoid(Act):
    """不同意作废."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class AddAttachment(Act):
    """上传附件: a file that was checked. Its name is kept beside the ledger: it may tell who somebody is."""

    purpose: Purpose = choice()
    visible_to: VisibleTo = choice(VisibleTo.TICKET)
    kind: FileKind = choice()
    size: int = fact()
    sha256: str = fact()


@dataclass(frozen=True, kw_only=True)
class RemoveAttachment(Act):
    """移除附件: nobody opens it any more; the line that it was there stays."""

    purpose: Purpose = choice()
    kind: FileKind = choice()
    size: int = fact()
    sha256: str = fact()
    added_by: str = fact()
    reason: str = text()
