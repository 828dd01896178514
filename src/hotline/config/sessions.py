"""Sessions in the database. What cannot be the key of one is none: no cookie makes the database refuse a statement."""

import re
from typing import Final

from django.contrib.sessions.backends import db

KEY: Final = re.compile(r"[a-z0-9]{32}")
"""How Django draws keys."""


class SessionStore(db.SessionStore):
    """Django's own, asked only for keys that it may have drawn."""

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and KEY.fullmatch(key) is not None
