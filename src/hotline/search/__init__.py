"""Finding: tickets by words, alike tickets, and what a caller has asked before. Below the stages, so intake can ask."""
