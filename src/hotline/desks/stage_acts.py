"""Acts on any open ticket, whatever its stage."""

from hotline.rules import acts as a

UPKEEP = (
    a.AddFacts,
    a.WriteBrief,
    a.Urge,
    a.Classify,
    a.MarkTicket,
    a.UnmarkTicket,
    a.TagTicket,
    a.UntagTicket,
    a.Withdraw,
    a.Merge,
    a.ProposeVoid,
    a.ConfirmVoid,
    a.RejectVoid,
)
