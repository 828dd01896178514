"""Which acts are done at this stage: units sign in, handle, ask and reply."""

from hotline.rules import acts as a

ACTS = (
    a.SignIn,
    a.RequestReturn,
    a.RecordFirstContact,
    a.RecordProgress,
    a.ReportCoTask,
    a.ReturnTask,
    a.RequestTaskReturn,
    a.RecordFinding,
    a.Delegate,
    a.SignInDelegated,
    a.SubmitInnerReply,
    a.SendBackInnerReply,
    a.RecallDelegation,
    a.RequestExtension,
    a.GrantExtension,
    a.RefuseExtension,
    a.Pause,
    a.Resume,
    a.ReplyInStages,
    a.SubmitReply,
    a.SignOff,
    a.RefuseRequest,
    a.ReviseReply,
    a.ProposePark,
    a.ConfirmPark,
    a.RejectPark,
    a.StrikeOff,
)
