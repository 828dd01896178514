"""Guards of ④ review: what a reviewer says of a reply must be complete enough for the unit to act on it.

A city that has no checklist or no grades is not asked for them.
"""

from hotline.rules.lifecycle.case import Case
from hotline.rules.messages import Refusal

CHECKLIST = "review_checklist"
GRADES = "review_grade"


def answered_once(case: Case) -> Refusal | None:
    """An item of the checklist is met or not, never both."""
    checked, failed = getattr(case.act, "checked", ()), getattr(case.act, "failed", ())
    return Refusal("review.answered_twice", field="failed") if set(checked) & set(failed) else None


def graded(case: Case) -> Refusal | None:
    """A result is graded where the city has grades (P); assessment reads it."""
    if case.act_text("grade") or not case.book.reference.codelists.get(GRADES):
        return None
    return Refusal("review.grade_missing", field="grade")


def lapses_explained(case: Case) -> Refusal | None:
    """Who lets a reply pass with an item not met says why (P)."""
    if getattr(case.act, "failed", ()) and not case.act_text("note"):
        return Refusal("review.note_missing", field="note")
    return None


def names_what_failed(case: Case) -> Refusal | None:
    """A reply is sent back for an item of the checklist, not for a feeling (Bengbu's list; the duty is ours, P)."""
    if getattr(case.act, "failed", ()) or not case.book.reference.codelists.get(CHECKLIST):
        return None
    return Refusal("review.failed_missing", field="failed")
