"""An answer of the directory as other programs and the command line get it."""

from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.values import Answer, Conflict, CoUnit, NoRule, Routed, UnitRole
from hotline.rules.sentences import render


def why(answer: Answer, lang: str = "zh") -> str:
    """The story of an answer in one sentence."""
    said = ("；" if lang == "zh" else "; ").join(render(message, lang) for message in answer.story)
    return said + ("。" if lang == "zh" else ".")


def answer_report(answer: Answer, directory: Directory, lang: str = "zh") -> dict[str, object]:
    """One shape for the three outcomes; units by their full names."""
    found: dict[str, object] = {
        "outcome": "none",
        "category": answer.heard.category,
        "region": answer.heard.region,
        "lead": "",
        "co_units": [],
        "tasks": [],
        "rule": "",
        "basis": "",
        "why": why(answer, lang),
        "missing": [],
        "asks": [],
        "claims": [],
    }
    match answer:
        case Routed():
            found |= {
                "outcome": "rule",
                "lead": directory.name_in_full(answer.lead),
                "co_units": [
                    directory.name_in_full(one.unit) for one in answer.co_units if one.role is not UnitRole.COPY
                ],
                "tasks": [_task(one, directory) for one in answer.co_units],
                "rule": answer.rule.id,
                "basis": answer.rule.basis,
                "asks": [directory.lexicon.facts[code].question for code in answer.asks],
            }
        case NoRule():
            rule = answer.rule
            found |= {
                "missing": sorted(answer.missing),
                "rule": rule.id if rule else "",
                "basis": rule.basis if rule else "",
            }
        case Conflict():
            found |= {
                "outcome": "conflict",
                "claims": [
                    {"rule": c.rule.id, "lead": directory.name_in_full(c.lead), "basis": c.rule.basis}
                    for c in answer.claims
                ],
            }
    return found


def _task(one: CoUnit, directory: Directory) -> dict[str, str]:
    return {"unit": directory.name_in_full(one.unit), "role": one.role, "task": one.task, "after": one.after}
