"""Acts of ③ handling 办理: what the unit does, and what it asks of the office."""

from dataclasses import dataclass
from datetime import datetime

from hotline.rules.acts.base import SHORT, Act, choice, code, number, text, unit
from hotline.rules.vocabulary import Finding, Resolution, UnitCode


@dataclass(frozen=True, kw_only=True)
class SignIn(Act):
    """签收: the unit acknowledges the ticket."""


@dataclass(frozen=True, kw_only=True)
class RequestReturn(Act):
    """退单: "not ours", with reason, legal basis and evidence."""

    reason: str = code("return")
    legal_basis: str = text()
    evidence: str = text(required=False)
    proposed_unit: UnitCode = unit(required=False)


@dataclass(frozen=True, kw_only=True)
class RecordFirstContact(Act):
    """先行联系: the unit has spoken with the citizen."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class RecordProgress(Act):
    """办理记录: the note stays inside; what the citizen is to know is a text of its own."""

    note: str = text()
    told: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class ReportCoTask(Act):
    """协办反馈: a co-unit tells the lead what it has done; the lead answers once for all."""

    reply: str = text()
    found: Finding = choice(Finding.NOTHING)


@dataclass(frozen=True, kw_only=True)
class ReturnTask(Act):
    """退回协办结果: the lead cannot use a co-unit's report, which is owed again; its time was never stopped."""

    unit: UnitCode = unit()
    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class RequestTaskReturn(Act):
    """申请退回协办任务: a co-unit says "not ours", with reason and legal basis; it works on meanwhile."""

    reason: str = code("return")
    legal_basis: str = text()
    evidence: str = text(required=False)
    proposed_unit: UnitCode = unit(required=False)


@dataclass(frozen=True, kw_only=True)
class RecordFinding(Act):
    """登记查办发现: what the lead found begins the tasks that await it."""

    found: Finding = choice()
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Delegate(Act):
    """二次派单: a district gives the work to a street or bureau below it."""

    to_unit: UnitCode = unit()
    due_at: datetime | None = None
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class SignInDelegated(Act):
    """下级签收."""


@dataclass(frozen=True, kw_only=True)
class SubmitInnerReply(Act):
    """下级办理结果, to the district, not yet to the office."""

    reply: str = text()


@dataclass(frozen=True, kw_only=True)
class SendBackInnerReply(Act):
    """退回下级重报."""

    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class RecallDelegation(Act):
    """收回二次派单."""

    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class RequestExtension(Act):
    """申请延期, with reason, length and legal basis, before the limit."""

    days: int = number(1, 60)
    reason: str = code("extension")
    explanation: str = text()
    legal_basis: str = text()


@dataclass(frozen=True, kw_only=True)
class GrantExtension(Act):
    """同意延期; the citizen is told."""

    days: int = number(1, 60)
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class RefuseExtension(Act):
    """不同意延期."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Pause(Act):
    """中止计时: only the office pauses, on evidence."""

    reason: str = code("pause")
    evidence: str = text()


@dataclass(frozen=True, kw_only=True)
class Resume(Act):
    """恢复计时."""

    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class ReplyInStages(Act):
    """阶段性答复: tells the citizen where things stand, never closes."""

    reply: str = text()


@dataclass(frozen=True, kw_only=True)
class SubmitReply(Act):
    """提交答复: result and legal basis in two texts, to the citizen and internal."""

    resolution: Resolution = choice()
    reply: str = text()
    internal_note: str = text(required=False)
    legal_basis: str = text(required=False)
    without_tasks: str = text(required=False, limit=SHORT)


@dataclass(frozen=True, kw_only=True)
class SignOff(Act):
    """签批 a reply, a return or a request for more time: section, deputy head in charge, for heavy tickets the head."""

    opinion: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class ReviseReply(Act):
    """签批退回修改."""

    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class RefuseRequest(Act):
    """不同意申请: a return or a request for more time does not leave the unit; or who wrote it takes it back."""

    reason: str = text()
