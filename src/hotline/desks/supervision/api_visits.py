"""Visits for other programs, an inspector's own application among them: photos one by one, then the finding."""

from datetime import datetime
from typing import Annotated, Any, Final, cast

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from hotline.desks.supervision.api import SupervisionOut, answered
from hotline.oversight.supervision.visits.commands import record_visit
from hotline.oversight.supervision.visits.photos import add_photo
from hotline.oversight.supervision.visits.queries import PhotoRow, VisitView, visit
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.supervision.visits import Answer, Check, Said, Source
from hotline.tickets.acting import api_values as values
from hotline.tickets.acting.api import ACTING, NOT_FOUND, READING_ONE, Strict, answers, refused, refusing
from hotline.tickets.acting.api_values import CODE, LARGEST, Moment, counted
from hotline.tickets.acting.person import actor_of
from hotline.tickets.dossiers.files import Upload

router = Router(tags=["督办 / supervision"])
Degrees = Annotated[float, Field(ge=-180, le=180)]
SENTENCE: Final = 500


class AnswersIn(Strict):
    """核查清单 / the list of questions, each answered."""

    remains: Answer = Field(..., description="反映的问题现在仍然存在 / the matter is still there")
    as_replied: Answer = Field(..., description="现场情况与单位答复一致 / the spot agrees with the reply")
    measures: Answer = Field(..., description="答复里承诺的措施已经落实 / measures were carried out")
    contacted: Answer = Field(..., description="有单位到过现场的迹象 / the unit has been there")
    recurs: Answer = Field(..., description="有反弹迹象 / it is coming back")


class VisitIn(Strict):
    """What was found on the spot."""

    problem: values.Flag = Field(..., description="有没有发现问题 / whether a problem was found")
    answers: AnswersIn = Field(..., description="核查清单 / the list of questions")
    text: values.text(5000, required=True) = Field(..., description="现场情况和理由 / what was found")  # type: ignore[valid-type]  # made with its length
    version: counted(0, LARGEST) | None = Field(default=None, description="所依据的版本 / version seen")  # type: ignore[valid-type]  # see before


class PhotoIn(Schema):
    """What is said of a photo that tells no time or place itself: by the phone, or typed with the reason."""

    phone_at: Moment | None = Field(default=None, description="手机给出的拍摄时间 / when, by the phone")
    latitude: Degrees | None = Field(default=None, description="手机定位：纬度 / latitude, by the phone")
    longitude: Degrees | None = Field(default=None, description="手机定位：经度 / longitude, by the phone")
    taken_at: Moment | None = Field(default=None, description="填写的拍摄时间 / when, typed")
    place: values.text(200, required=False) = Field(default="", description="填写的拍摄地点 / where, typed")  # type: ignore[valid-type]  # see before
    reason: values.text(SENTENCE, required=False) = Field(default="", description="没有定位的原因 / reason")  # type: ignore[valid-type]  # see before


class PhotoOut(Schema):
    """One photo, with when and where it was taken and from where both are known."""

    file: int
    name: str
    taken_at: datetime
    time_from: Source
    latitude: float | None
    longitude: float | None
    place: str
    place_from: Source
    reason: str


class VisitOut(Schema):
    """A visit; `answers` are empty and `made_at` is null until it has been made."""

    made_at: datetime | None
    outcome: str
    answers: dict[str, Answer]
    findings: str
    photos: list[PhotoOut]


def _out(found: VisitView) -> dict[str, Any]:
    return {
        "made_at": found.made_at,
        "outcome": found.seen.row.outcome,
        "answers": {check.value: answer for check, answer in found.answers.items()},
        "findings": found.findings,
        "photos": [{name: getattr(photo, name) for name in PhotoRow.__dataclass_fields__} for photo in found.photos],
    }


def _whole(request: HttpRequest, pk: int) -> Status[dict[str, Any]]:
    found = visit(pk, actor=actor_of(request), now=now()) if 0 < pk < LARGEST else None
    if found is None:
        return Status(NOT_FOUND, refused(request, [Refusal("supervision.not_found")]))
    return Status(200, _out(found))


@router.get(
    "/{pk}/visit",
    operation_id="read_visit",
    url_name="read_visit",
    summary="查看现场核查 / read a visit",
    **answers(VisitOut, READING_ONE),
)
def read_visit(request: HttpRequest, pk: int) -> Status[dict[str, Any]]:
    """The visit of an on-site supervision. Units find none before it has been made."""
    return _whole(request, pk)


@router.post(
    "/{pk}/visit-photos",
    operation_id="add_visit_photo",
    url_name="add_visit_photo",
    summary="上传现场照片 / add a photo of a visit",
    **answers(VisitOut, ACTING),
)
def add_visit_photo(
    request: HttpRequest, pk: int, file: File[UploadedFile], said: Form[PhotoIn]
) -> Status[dict[str, Any]]:
    """One photo, as multipart/form-data; its time and place are read before they are erased. Sent twice, kept once."""
    misspelt = sorted(set(request.POST) - set(PhotoIn.model_fields))
    if misspelt:
        return refusing(request, tuple(Refusal("field.unknown", {"name": n[:CODE]}, field=n[:CODE]) for n in misspelt))
    done = add_photo(
        pk if 0 < pk < LARGEST else 0,
        Upload(cast("Any", file.file), file.name or ""),
        Said(**said.model_dump()),
        actor=actor_of(request),
        now=now(),
    )
    return _whole(request, pk) if done.ok else answered(request, done)


@router.post(
    "/{pk}/record-visit",
    operation_id="record_visit_of_supervision",
    url_name="record_visit_of_supervision",
    summary="登记现场核查 / record the visit",
    **answers(SupervisionOut, ACTING),
)
def record_visit_of_supervision(request: HttpRequest, pk: int, data: VisitIn) -> Status[dict[str, Any]]:
    """An unannounced visit has been made; with a problem the ticket is handled again."""
    done = record_visit(
        pk if 0 < pk < LARGEST else 0,
        problem=data.problem,
        answers={check: getattr(data.answers, check.value) for check in Check},
        findings=data.text,
        actor=actor_of(request),
        now=now(),
        version=data.version,
    )
    return answered(request, done)
