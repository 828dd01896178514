"""Between the stored dispute and the state that the rules work on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from hotline.rules.joint import Dispute, Entry, Form, Opinion, Status
from hotline.rules.joint.seeing import readers_of
from hotline.rules.joint.states import Deed, kept_tasks, tasks_of
from hotline.rules.vocabulary import UnitCode
from hotline.stages.joint.models import DisputeFile, JointEntry, JointText
from hotline.tickets.dossiers.rows import entry_from, proof

UNITS: Final = ("parties", "stated", "objected")
NAMED: Final = ("staffing", "justice", "observer", "proposed", "lead")
SAME: Final = (
    "version", "ticket", "round", "meets_at", "reusable", "concluded_by", "concluded_seq", "signer", "signed_on",
    "ruled_at", "objection_open", "escalated", "opened_at", "last_at",
)  # fmt: skip


def state_of(row: DisputeFile) -> Dispute:
    """The rules' view of a stored dispute."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in SAME}
    columns |= {name: frozenset(map(UnitCode, getattr(row, name))) for name in UNITS}
    columns |= {name: UnitCode(code) if (code := getattr(row, name)) else None for name in NAMED}
    return Dispute(
        status=Status(row.status),
        form=Form(row.form) if row.form else None,
        opinions={UnitCode(unit): _opinion(said) for unit, said in row.opinions.items()},
        answers={UnitCode(unit): bool(said) for unit, said in row.answers.items()},
        tasks=tasks_of(row.tasks),
        **columns,
    )


def _opinion(said: Mapping[str, Any]) -> Opinion:
    at = datetime.fromisoformat(said["at"])
    return Opinion(lead=UnitCode(said["lead"]), signer=said["signer"], at=at, seq=int(said["seq"]))


def columns_of(state: Dispute) -> dict[str, Any]:
    """The columns of a state."""
    return {
        "status": state.status.value,
        "form": state.form.value if state.form else None,
        "opinions": {
            unit: {"lead": one.lead, "signer": one.signer, "at": one.at.isoformat(), "seq": one.seq}
            for unit, one in state.opinions.items()
        },
        "answers": dict(state.answers),
        "tasks": kept_tasks(state.tasks),
        "readers": sorted(readers_of(state)),
        **{name: sorted(getattr(state, name)) for name in UNITS},
        **{name: getattr(state, name) for name in (*NAMED, *SAME)},
    }


def entry_of(row: JointEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def digest_of(pk: int, seq: int, said: Mapping[str, str]) -> str:
    """What shows later whether the words beside an entry are those that were typed."""
    joined = "\n".join(f"{name}\t{said[name]}" for name in sorted(said))
    return proof(f"joint:{pk}", seq, joined, field="words")


def words_of(pk: int, seq: int) -> dict[str, str]:
    """What was typed with one entry."""
    return dict(JointText.objects.filter(dispute_id=pk, seq=seq).values_list("field", "body"))
