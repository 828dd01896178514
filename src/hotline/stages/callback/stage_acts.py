"""Which acts are done at this stage: callback officers ask the citizen; reviewers decide what follows."""

from hotline.rules import acts as a

ACTS = (
    a.RecordAttempt,
    a.RecordCallback,
    a.CloseUnreached,
    a.CloseWithoutCallback,
    a.OrderRework,
    a.Close,
    a.ReopenAfterVisit,
)
