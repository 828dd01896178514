"""How a file that somebody else made is shown: by itself, so that it can do nothing to whoever opens it."""

from typing import Final

from django.http import FileResponse

ALONE: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""It runs nothing, loads nothing, is kept nowhere and means only what we say it is."""


def alone(answer: FileResponse) -> FileResponse:
    """The answer with the file, shut in."""
    for name, value in ALONE.items():
        answer.headers[name] = value
    return answer
