"""The two keys of an installation: one signs sessions, the other the ledger's chain.

Whoever holds the database must not also hold these, so they live in files of their own (0600) or come
from the operator. They are made once, at the first start, and never printed.
"""

import os
import secrets
from pathlib import Path
from typing import Final

SHORTEST: Final = 32


def key_from(*, given: str, file: str, home: Path, stem: str) -> str:
    """The key the operator gave, or the one in the file named, or the one kept under `home`."""
    if given:
        return _long_enough(given)
    if file:
        return _long_enough(Path(file).read_text(encoding="utf-8").strip())
    kept = home / "secrets" / f"{stem}.key"
    if not kept.exists():
        _make(kept)
    return _long_enough(kept.read_text(encoding="utf-8").strip())


def _long_enough(key: str) -> str:
    if len(key) < SHORTEST:
        raise ValueError(f"至少需要 {SHORTEST} 个字符。", f"at least {SHORTEST} characters are needed.")
    return key


def _make(kept: Path) -> None:
    """Several processes may start at once: each writes its own draft, the first link wins."""
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = kept.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, kept)
    except FileExistsError:
        return
    finally:
        draft.unlink()
