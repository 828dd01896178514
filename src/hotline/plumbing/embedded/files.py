"""Making folders and files as root without opening anybody's folders and without following planted links.

Root may run the platform in the folder of an ordinary user; what that user put there must not steer root elsewhere.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def make_folder(path: Path, mode: int = 0o711) -> bool:
    """Make the missing folders of `path`, True if it was missing. Those that exist keep their rights as they are."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        try:
            folder.mkdir(mode=mode)
        except FileExistsError:  # another program was quicker: then it is not ours to change
            continue
        if os.geteuid() == 0:  # the server's account must pass through, whatever root's umask says
            folder.chmod(mode)
    return bool(missing)


def give(path: Path, uid: int, gid: int) -> None:
    """Hand what root just made to the account that shall use it."""
    if os.geteuid() == 0:
        os.chown(path, uid, gid, follow_symlinks=False)


@contextmanager
def _folder_of(path: Path, uid: int) -> Iterator[int]:
    """The folder of `path`, held open. Root writes for another user only into a folder that is this user's own."""
    for_another = os.geteuid() == 0 and uid != 0
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if for_another else 0))
    try:
        if for_another and os.fstat(folder).st_uid != uid:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path.parent))
        yield folder
    finally:
        os.close(folder)


def touch(path: Path, *, uid: int, gid: int) -> None:
    """See that a private file of that user exists."""
    with _folder_of(path, uid) as folder:
        try:
            fd = os.open(path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        except FileExistsError:
            fd = os.open(path.name, os.O_WRONLY | os.O_NOFOLLOW, dir_fd=folder)
        else:
            if os.geteuid() == 0:
                os.fchown(fd, uid, gid)
        os.close(fd)


def write_new(path: Path, text: str, *, uid: int, gid: int, mode: int) -> None:
    """Replace a file in one step: complete or as before, never half written."""
    fresh = f"{path.name}.new"
    with _folder_of(path, uid) as folder:
        with suppress(FileNotFoundError):
            os.unlink(fresh, dir_fd=folder)
        fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            if os.geteuid() == 0:
                os.fchown(fd, uid, gid)
            os.fchmod(fd, mode)
            file.write(text)
            file.flush()
            os.fsync(fd)
        os.rename(fresh, path.name, src_dir_fd=folder, dst_dir_fd=folder)
