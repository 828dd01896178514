"""Acts of ① intake 受理: take it in, answer, decline or pass on."""

from dataclasses import dataclass, field
from datetime import datetime

from hotline.rules.acts.base import SHORT, Act, category, choice, code, text
from hotline.rules.vocabulary import CategoryCode, Channel, RegionCode, RequestType, Urgency

WHOLE_LETTER = 20_000
"""Some write, or another system hands over, a whole letter; nothing of it may be cut off."""


@dataclass(frozen=True, kw_only=True)
class Submit(Act):
    """A request comes in by web, app or another system and waits for an agent (来件)."""

    channel: Channel = choice()
    request_type: RequestType = choice(RequestType.OTHER)
    region: RegionCode = field(default=RegionCode(""), metadata={"kind": "region", "required": False})
    title: str = text(limit=SHORT)
    content: str = text(limit=WHOLE_LETTER)
    place: str = text(required=False, limit=SHORT)


@dataclass(frozen=True, kw_only=True)
class Register(Act):
    """受理: one matter becomes one ticket; the promise to the citizen starts here."""

    channel: Channel = choice()
    request_type: RequestType = choice()
    urgency: Urgency = choice(Urgency.ORDINARY)
    category: CategoryCode = category(required=False)
    region: RegionCode = field(default=RegionCode(""), metadata={"kind": "region", "required": False})
    source_line: str = code("source_line", required=False)
    title: str = text(limit=SHORT)
    content: str = text(limit=WHOLE_LETTER)
    demand: str = text(required=False)
    for_unit: str = text(required=False)
    place: str = text(required=False, limit=SHORT)
    involved_party: str = text(required=False, limit=SHORT)
    confidential: bool = False
    contactable: bool = True
    group_size: int = field(default=1, metadata={"kind": "number", "required": False, "low": 1, "high": 100000})
    superior_no: str = text(required=False, limit=SHORT)
    superior_due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ImportClosed(Act):
    """An old ticket of another system enters as closed history, with its own dates."""

    channel: Channel = choice()
    request_type: RequestType = choice()
    category: CategoryCode = category(required=False)
    region: RegionCode = field(default=RegionCode(""), metadata={"kind": "region", "required": False})
    source_system: str = ""
    source_id: str = ""
    closed_at: datetime | None = None
    dispatches: int = 0
    title: str = text(limit=SHORT)
    content: str = text(limit=WHOLE_LETTER)
    place: str = text(required=False, limit=SHORT)
    reply: str = text(required=False, limit=WHOLE_LETTER)


@dataclass(frozen=True, kw_only=True)
class AnswerDirectly(Act):
    """直接答复: the agent answers at once, from the knowledge base."""

    reply: str = text()
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposeDecline(Act):
    """拟不予受理: outside the scope; the legal channel must be named."""

    reason: str = code("not_accepted")
    legal_channel: str = text(limit=SHORT)
    explanation: str = text()


@dataclass(frozen=True, kw_only=True)
class ConfirmDecline(Act):
    """确认不予受理 by the team leader."""


@dataclass(frozen=True, kw_only=True)
class RejectDecline(Act):
    """不同意不予受理: the agent takes it in after all."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class TransferEmergency(Act):
    """一键转接 to 110, 119, 120 or 122 (国办发〔2022〕12号)."""

    line: str = code("emergency_line")
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class SendToDispatch(Act):
    """转派: the dispatcher shall find the unit."""

    note: str = text(required=False)
