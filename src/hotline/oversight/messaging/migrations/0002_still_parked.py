"""Citizens are told, too, that a parked matter was looked at and stays parked."""

from typing import ClassVar

from django.db import migrations, models

KINDS = [
    "received", "declined", "joined", "handed", "moved", "interim", "extended", "later", "paused", "resumed", "parked",
    "still_parked", "unparked", "answered", "reopened", "unreached", "closed",
]  # fmt: skip
NAMES = {"citizenmessage": "citizen_message_kind", "citizenwording": "citizen_wording_kind"}


def anew(model: str) -> list[migrations.operations.base.Operation]:
    known = models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name=NAMES[model])
    return [migrations.RemoveConstraint(model, NAMES[model]), migrations.AddConstraint(model, known)]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("messaging", "0001_initial")]

    operations: ClassVar = [*anew("citizenmessage"), *anew("citizenwording")]
