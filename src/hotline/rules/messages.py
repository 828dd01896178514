"""What a rule has to say, as a code with parameters; sentences.py turns it into Chinese or English."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A stable dotted code and the values its sentence needs. Never holds personal data."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal(Message):
    """Why an act is not possible now. `field` names the input to mend, where there is one."""

    field: str = ""
