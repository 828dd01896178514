"""Which acts are done at this stage: agents take requests in, answer, decline or pass them on."""

from hotline.rules import acts as a

ACTS = (
    a.AnswerDirectly,
    a.ProposeDecline,
    a.ConfirmDecline,
    a.RejectDecline,
    a.TransferEmergency,
    a.SendToDispatch,
)
