"""⑤ 回访: callback officers ask the citizen; reviewers decide what follows."""
