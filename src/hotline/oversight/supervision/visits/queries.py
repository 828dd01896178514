"""What pages and API read of visits: the answers, and the photos with their time and place."""

from dataclasses import dataclass, field
from datetime import datetime

from hotline.oversight.supervision.queries import SupervisionFileView, whole
from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.rules.lifecycle import Actor
from hotline.rules.supervision import Deed
from hotline.rules.supervision.visits import Answer, Check
from hotline.rules.vocabulary import SupervisionKind


@dataclass(frozen=True)
class PhotoRow:
    """One photo."""

    file: int
    name: str
    taken_at: datetime
    time_from: str
    latitude: float | None
    longitude: float | None
    place: str
    place_from: str
    reason: str


@dataclass(frozen=True)
class VisitView:
    """A visit as one reader may see it; `answers` are empty until it has been made."""

    seen: SupervisionFileView
    photos: tuple[PhotoRow, ...]
    answers: dict[Check, Answer] = field(default_factory=dict)
    findings: str = ""
    made_at: datetime | None = None

    @property
    def may_record(self) -> bool:
        """Whether this reader may record the visit now."""
        return Deed.RECORD_VISIT in self.seen.deeds


def visit(pk: int, *, actor: Actor, now: datetime) -> VisitView | None:
    """The visit of an on-site supervision; None when it is not there for this person."""
    seen = whole(pk, actor=actor, now=now)
    return visit_in(seen) if seen is not None and seen.state.kind is SupervisionKind.ON_SITE else None


def visit_in(seen: SupervisionFileView) -> VisitView:
    """The same of a supervision that was read already."""
    rows = VisitPhoto.objects.filter(file__in=[file.id for file in seen.files]).select_related("file")
    made = next((line for line in seen.lines if line.deed == Deed.RECORD_VISIT.value), None)
    given = made.payload.get("facts", {}).get("answers", {}) if made else {}
    return VisitView(
        seen=seen,
        photos=tuple(_photo(row) for row in rows.order_by("pk")),
        answers={check: Answer(given[check.value]) for check in Check if check.value in given},
        findings=made.text if made else "",
        made_at=made.at if made else None,
    )


def _photo(row: VisitPhoto) -> PhotoRow:
    return PhotoRow(
        file=row.file_id,
        name=row.file.name,
        taken_at=row.taken_at,
        time_from=row.time_from,
        latitude=row.latitude,
        longitude=row.longitude,
        place=row.place,
        place_from=row.place_from,
        reason=row.reason,
    )
