"""One line a log record, in city time, without personal data: what an operator greps on a bad day."""

import json
import logging
from datetime import UTC, datetime

from hotline.plumbing.database import kind_of_failure
from hotline.plumbing.redaction import redact
from hotline.rules.vocabulary import CITY_TZ


class OneLine(logging.Formatter):
    """`at=… level=… logger=… message="…"`, then the reason or the trace on the same line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).astimezone(CITY_TZ).isoformat(timespec="milliseconds")
        parts = [f"at={at}", f"level={record.levelname.lower()}", f"logger={record.name}"]
        parts.append(f"message={_quoted(record.getMessage())}")
        if record.exc_info and record.exc_info[0] is not None:
            # A database that is away is no fault in the code: a trace for every request would bury the reason.
            reason = kind_of_failure(record.exc_info[1])
            parts.append(f"reason={reason}" if reason else f"trace={_quoted(self.formatException(record.exc_info))}")
        return redact(" ".join(parts))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
