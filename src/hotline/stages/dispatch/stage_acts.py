"""Which acts are done at this stage: dispatchers find the unit and rule on returns."""

from hotline.rules import acts as a

ACTS = (
    a.Dispatch,
    a.HandOverByPhone,
    a.FeedBackByPhone,
    a.Reassign,
    a.AcceptReturn,
    a.RejectReturn,
    a.MarkNoOwner,
    a.OpenTask,
    a.CloseTask,
    a.AcceptTaskReturn,
    a.RejectTaskReturn,
)
