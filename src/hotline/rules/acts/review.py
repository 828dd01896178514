"""Acts of ④ review 审核: is the reply good enough to call the citizen."""

from dataclasses import dataclass

from hotline.rules.acts.base import Act, codes, text


@dataclass(frozen=True, kw_only=True)
class PassReview(Act):
    """审核通过."""

    checked: tuple[str, ...] = codes("review_checklist")
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class SendBack(Act):
    """审核退回, with reasons; never restarts the clock."""

    failed: tuple[str, ...] = codes("review_checklist")
    reason: str = text()
