"""Acts of ④ review 审核: is the reply good enough to call the citizen."""

from dataclasses import dataclass

from hotline.rules.acts.base import Act, code, codes, text


@dataclass(frozen=True, kw_only=True)
class PassReview(Act):
    """审核通过. Items of the checklist in neither list do not apply; the grade is the office's of the result."""

    checked: tuple[str, ...] = codes("review_checklist")
    failed: tuple[str, ...] = codes("review_checklist")
    grade: str = code("review_grade", required=False)
    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class SendBack(Act):
    """审核退回, with reasons tied to items of the checklist; never restarts the clock."""

    checked: tuple[str, ...] = codes("review_checklist")
    failed: tuple[str, ...] = codes("review_checklist")
    reason: str = text()
