"""④ 审核: reviewers pass a reply or send it back."""
