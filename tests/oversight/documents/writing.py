"""Documents of the cast, brought to any step by the people who take it there."""

from datetime import datetime
from typing import Any, Final

from hotline.oversight.documents import commands
from hotline.oversight.documents.models import Document
from hotline.rules.documents import Deed, DocumentKind, Order, Status
from hotline.rules.vocabulary import CITY_TZ
from tests.cast import Cast
from tests.walks import OPENING

TITLE: Final = "关于第一季度办理情况的通报"
BODY: Final = "现将第一季度办理情况通报如下。\n一、总体情况良好。\n二、个别单位超期。"
STEPS: Final = (
    (Status.SUBMITTED, "supervisor", Deed.SUBMIT),
    (Status.CHECKED, "team_leader", Deed.CHECK),
    (Status.SIGNED, "supervisor", Deed.SIGN),
    (Status.SEALED, "team_leader", Deed.SEAL),
    (Status.ISSUED, "supervisor", Deed.ISSUE),
)


def drafted(cast: Cast, kind: DocumentKind = DocumentKind.CIRCULAR, **more: Any) -> Document:
    """A first draft by the supervisor, to 市城管局, with a copy to 市生态环境局."""
    given = {"recipients": ["CGJ"], "copies": ["STHJ"], "title": TITLE, "body": BODY, **more}
    done = commands.draft(kind=kind, actor=cast.actor("supervisor"), now=OPENING, **given)
    assert done.row is not None, done.refusals
    return done.row


def did(cast: Cast, row: Document, who: str, deed: Deed, at: datetime = OPENING, **said: Any) -> commands.Done:
    """One deed; everything it may ask for is filled in."""
    filled = {"signer": "徐明", "signed_on": at.astimezone(CITY_TZ).date(), "prints": 12, "text": "数字有误", **said}
    done = commands.do(row.pk, order=Order(deed=deed, **filled), actor=cast.actor(who), now=at)
    row.refresh_from_db()
    return done


def brought(cast: Cast, status: Status, kind: DocumentKind = DocumentKind.CIRCULAR, **more: Any) -> Document:
    """A document that has come that far."""
    row = drafted(cast, kind, **more)
    for reached, who, deed in STEPS:
        if row.status == status:
            break
        assert did(cast, row, who, deed).ok, reached
    assert row.status == status
    return row
