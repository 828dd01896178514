"""Three ways to end a quarrel about whose job it is, compared: the city government, joint handling, precedents.

An office that weighs joint handling reads here what it would gain; docs/rules/jurisdiction_policies.md says what is
assumed. Pure and seeded: the same parameters, calendar and seed give the same figures.
"""
