"""Which acts are done at this stage: reviewers pass a reply or send it back."""

from hotline.rules import acts as a

ACTS = (
    a.PassReview,
    a.SendBack,
)
