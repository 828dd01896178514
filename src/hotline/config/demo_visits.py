"""The demonstration's visits that were made: one photo each, drawn here, with the position that a phone would give."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from hotline.oversight.supervision.visits.commands import record_visit
from hotline.oversight.supervision.visits.photos import add_photo
from hotline.rules.lifecycle import Actor
from hotline.rules.supervision.visits import Answer, Check, Said
from hotline.tickets.dossiers.files import Upload

CITY: Final = (31.8583, 117.2875)
FOUND: Final = {
    True: "上午九时到场，答复所说的整改没有完成，现场情况与诉求人反映的一致。请重新办理，并派人到场盯办。",
    False: "到场查看，问题已经处理，与答复一致；诉求人不满意的是补偿，已告知另走调解途径。",
}
ANSWERS: Final = {
    True: dict(zip(Check, (Answer.YES, Answer.NO, Answer.NO, Answer.UNCLEAR, Answer.UNCLEAR), strict=True)),
    False: dict(zip(Check, (Answer.NO, Answer.YES, Answer.YES, Answer.YES, Answer.NO), strict=True)),
}


def made_visit(pk: int, *, problem: bool, actor: Actor, now: datetime) -> None:
    """A photo, the list and the finding."""
    latitude, longitude = CITY
    said = Said(phone_at=now - timedelta(minutes=20), latitude=latitude, longitude=longitude)
    upload = Upload(BytesIO(drawn(problem=problem)), "现场.png")
    if add_photo(pk, upload, said, actor=actor, now=now).ok:
        record_visit(pk, problem=problem, answers=ANSWERS[problem], findings=FOUND[problem], actor=actor, now=now)


def drawn(*, problem: bool) -> bytes:
    """A street in front of a house, with stalls on it or without."""
    picture = Image.new("RGB", (640, 480), "#c9dcec")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 90, 420, 330), fill="#d8c9b0")
    pen.rectangle((0, 330, 640, 480), fill="#8d9196")
    for left in range(70, 400, 90):
        pen.rectangle((left, 130, left + 50, 190), fill="#6f8aa3")
    for left in range(90, 560, 120) if problem else ():
        pen.polygon(((left, 330), (left + 45, 295), (left + 90, 330)), fill="#b4482f")
        pen.rectangle((left + 5, 330, left + 85, 390), fill="#e8e2d2")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
