"""What citizens are told of their request by message: when, in which words, at which hours, and when they are not."""
