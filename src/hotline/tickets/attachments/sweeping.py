"""Files that nobody needs any more: brought by a transaction that failed, removed thirty days ago, or erased.

A daily job. Removed files wait, because a proof may be removed by mistake or be asked for in a dispute.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Q

from hotline.tickets.attachments import store
from hotline.tickets.models import Attachment

REMOVED_FOR: Final = timedelta(days=30)
ON_THE_WAY: Final = timedelta(days=1)
"""No request lasts that long: what is younger may still be on its way in."""
BATCH: Final = 500


def sweep(*, now: datetime) -> int:
    """Takes away what is not needed; how many files went."""
    gone = 0
    for path in _old(store.incoming().glob("*"), now):
        path.unlink(missing_ok=True)
        gone += 1
    files = _old(store.kept_files(), now)
    while some := list(islice(files, BATCH)):
        needed = _needed([path.name for path in some], now)
        gone += sum(_taken_away(path, now) for path in some if path.name not in needed)
    return gone


def _needed(digests: list[str], now: datetime) -> set[str]:
    rows = Attachment.objects.filter(_alive(now), sha256__in=digests)
    return set(rows.values_list("sha256", flat=True)) | store.kept_elsewhere(digests)


def _alive(now: datetime) -> Q:
    return Q(erased_at=None) & (Q(removed_at=None) | Q(removed_at__gt=now - REMOVED_FOR))


def _taken_away(path: Path, now: datetime) -> bool:
    """Asked once more under the file's lock: somebody may have brought the same file in between."""
    with transaction.atomic():
        store.hold(path.name)
        if _needed([path.name], now):
            return False
        path.unlink(missing_ok=True)
        return True


def _old(paths: Iterator[Path], now: datetime) -> Iterator[Path]:
    for path in paths:
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except FileNotFoundError:
            continue
        if now - changed > ON_THE_WAY:
            yield path
