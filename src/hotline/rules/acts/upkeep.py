"""Acts of on any open ticket: facts, urging, classification, marks, withdrawal, merging, voiding."""

from dataclasses import dataclass, field

from hotline.rules.acts.base import Act, category, choice, code, text
from hotline.rules.vocabulary import CategoryCode, Flag, RegionCode, RequestType, TicketNo, Urgency


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
