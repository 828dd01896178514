"""Static files as browsers get them: named by content and compressed once, so that they can be kept for a year."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from hotline import __file__ as package_file
from hotline.plumbing.env import Env

Say = Callable[[str], None]


def collect(settings: Env, say: Say) -> None:
    """Gathers them under HOTLINE_HOME, and does nothing when none has changed since."""
    from django.core.management import call_command

    root = settings.home / "static"
    stamp = root / ".collected"
    state = fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == state:
        return
    say("正在整理静态文件…… / collecting static files ...")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state, encoding="utf-8")


def fingerprint() -> str:
    """Changes when any static file of ours or any installed package does."""
    digest = hashlib.sha256()
    for path in _ours():
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    from importlib.metadata import version

    for package in ("django", "django-allauth", "procrastinate", "whitenoise"):
        digest.update(f"{package} {version(package)}\n".encode())
    return digest.hexdigest()


def _ours() -> list[Path]:
    package = Path(package_file).parent
    return sorted(path for path in package.rglob("static/**/*") if path.is_file())
