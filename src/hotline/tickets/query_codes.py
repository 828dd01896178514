"""查询码: six digits told to the citizen once. The database keeps a keyed digest only: whoever reads it learns no code.

Whoever asks for progress by telephone or on the web gives the number and this code.
"""

import hmac
import unicodedata
from hashlib import sha256

from django.conf import settings


def sealed(number: str, code: str) -> str:
    """What is kept of a ticket's code."""
    return hmac.new(settings.LEDGER_KEY.encode(), f"query code\n{number}\n{code}".encode(), sha256).hexdigest()


def fits(number: str, kept: str, told: str) -> bool:
    """Whether the code somebody tells is the ticket's; blanks and full-width digits are forgiven."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", told) if not sign.isspace())
    return hmac.compare_digest(kept, sealed(number, digits))
