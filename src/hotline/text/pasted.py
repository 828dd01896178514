"""A number or code as it was meant: pasted from a message it brings full-width signs, blanks and signs nobody sees."""

import unicodedata
from typing import Final

UNSEEN: Final = frozenset({"Cc", "Cf"})


def pasted(text: str) -> str:
    """One plain line without what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if sign == " " or unicodedata.category(sign) not in UNSEEN).strip()
