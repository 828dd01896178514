"""Which acts are done at this stage: the office settles who leads."""

from hotline.rules import acts as a

ACTS = (
    a.Mediate,
    a.RuleProvisionally,
    a.ConvenePanel,
    a.RuleJointly,
    a.ObjectToRuling,
    a.EscalateDispute,
)
