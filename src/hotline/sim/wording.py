"""How a sentence of the phrasebook is filled: `[one|other]` is chosen by chance, `{slot}` from the scene."""

import re
from collections.abc import Callable
from random import Random
from typing import Final

_CHOICE: Final = re.compile(r"\[([^\[\]]*)\]")
_SLOT: Final = re.compile(r"\{([^{}]*)\}")


def slots_of(template: str) -> list[str]:
    """The slots a template asks for."""
    return _SLOT.findall(template)


def filled(template: str, rng: Random, value: Callable[[str], str]) -> str:
    """The sentence: choices are made first, then the slots that are left are filled."""
    chosen = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)
    return _SLOT.sub(lambda found: value(found[1]), chosen)
