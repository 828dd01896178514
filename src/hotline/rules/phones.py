"""A telephone number in one form, however it was typed: agents type while the caller speaks, and the next agent must
find the same caller. Full-width digits, blanks, dashes, brackets and the country's code of a mobile are one number.
"""

import re
import unicodedata
from typing import Final

MOBILE: Final = re.compile(r"(?:\+|00)?86(1[3-9]\d{9})")
BETWEEN: Final = re.compile(r"[\s\-‐‑‒–—―−－_.·/()\[\]\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""What stands between digits and means nothing, the signs nobody sees among it: they come with what is pasted."""


def one_number(typed: str) -> str:
    """The number as it is kept. What is more than a number (an extension, a word) stays as it was typed."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    joined = BETWEEN.sub("", plain)
    if not re.fullmatch(r"\+?[0-9]+", joined):
        return plain if len(plain) <= len(typed) else typed.strip()
    mobile = MOBILE.fullmatch(joined)
    return mobile[1] if mobile else joined


def digits(typed: str) -> str:
    """The digits of a number, and a leading plus, as numbers are looked for."""
    known = one_number(typed)
    kept = "".join(sign for sign in known if sign in "0123456789")
    return ("+" if known.startswith("+") else "") + kept
