"""Who writes an output: locks that end with their holder, and files made beside their place.

A lock is a file that its holder has locked: the system lets go of it when the process ends, however
it ends. What a killed process left behind is known by a lock that nobody holds.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from routecheck.errors import RoutecheckError

try:
    import fcntl
except ImportError:  # Windows: what another one writes is then seen only when a file is moved
    fcntl = None  # type: ignore[assignment]

__all__ = ["LOCK", "HeldError", "Hold", "followed", "holder_of", "making", "move", "sweep"]

LOCK: Final = "lock"
"""Name of the lock in a folder in which a file is made."""

GRACE_S: Final = 0.3
"""A process that was killed is seen to be dead a moment before its locks are free."""

_NO_LOCKS: Final = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)
"""What file systems say that have no locks."""


class HeldError(RoutecheckError):
    """Another process writes; the text says which."""


class Hold:
    """A lock that is held.

    Parameters
    ----------
    path : Path
        The lock's file; a folder for it is made where there is none.

    Raises
    ------
    HeldError
        If another holds it.
    OSError
        If there can be no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = _locked(path)
        self._said = {
            "pid": os.getpid(), "host": socket.gethostname(),
            "since": datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"), "token": secrets.token_hex(8),
        }  # fmt: skip
        # A full disk must not keep anyone from going on: the lock holds without its text.
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, json.dumps(self._said).encode(), 0)

    def lasts(self) -> bool:
        """Whether the lock's file is still ours: nobody took it away or, without locks, over."""
        if not _same(self._file, self.path):
            return False
        said = _said(self.path)
        return not said or said.get("token") == self._said["token"]

    def clear(self) -> None:
        """Remove everything beside the lock in its folder."""
        if self.lasts():
            _clear(self.path.parent, self.path)

    def release(self, *, folder: bool = False) -> None:
        """Take the lock away, and the folder it is in where that is asked and it is empty then."""
        if self._file < 0:
            return
        with contextlib.suppress(OSError):
            if self.lasts():
                self.path.unlink()
                if folder:
                    self.path.parent.rmdir()
        os.close(self._file)
        self._file = -1


def _locked(path: Path) -> int:
    """The file of a lock, open and locked."""
    until_s = time.monotonic() + GRACE_S
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except FileNotFoundError:
            path.parent.mkdir(exist_ok=True)
            continue
        held = _try(file, path, exclusive=True)
        # Its last holder may have taken the file away after it was opened.
        if not held and _same(file, path):
            return file
        os.close(file)
        if held and time.monotonic() > until_s:
            raise HeldError(held)
        time.sleep(0.01)


def _try(file: int, path: Path, *, exclusive: bool) -> str:
    """Lock a file; who holds it, if another does."""
    if fcntl is None:
        return ""
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return _alive(path)
        if error.errno not in (errno.EAGAIN, errno.EACCES):
            os.close(file)
            raise
        return _named(_said(path))
    return ""


def _alive(path: Path) -> str:
    """The process that says it writes, where there are no locks: if it is here and runs."""
    said = _said(path)
    if said.get("host") != socket.gethostname() or said.get("pid") == os.getpid():
        return ""
    try:
        os.kill(int(said["pid"]), 0)
    except PermissionError:
        return _named(said)
    except (OSError, ValueError, TypeError, LookupError, OverflowError):
        return ""
    return _named(said)


def _said(path: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        said = json.loads(path.read_text("utf-8"))
        if isinstance(said, dict):
            return said
    return {}


def _named(said: dict[str, Any]) -> str:
    if not {"pid", "host", "since"} <= {*said}:
        return "another process is writing it"
    pid, host, since = (ascii(said[key])[:80].strip("'") for key in ("pid", "host", "since"))
    return f"process {pid} on {host} has been writing it since {since}"


def _same(file: int, path: Path) -> bool:
    try:
        return file >= 0 and os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def holder_of(path: Path) -> str:
    """Who holds a lock, in words; empty if nobody does."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return ""
    try:
        return _try(file, path, exclusive=False) if _same(file, path) else ""
    finally:
        with contextlib.suppress(OSError):
            os.close(file)


def _clear(folder: Path, keep: Path | None = None) -> None:
    for path in folder.iterdir():
        if path == keep:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove a folder in which a file was made, unless that still goes on."""
    with contextlib.suppress(OSError, HeldError):
        if not (folder / LOCK).exists():
            folder.rmdir()  # only if it is empty: it has just been made, or was just swept
            return
        hold = Hold(folder / LOCK)
        hold.clear()
        hold.release(folder=True)


def followed(path: Path) -> Path:
    """The file that a link leads to, there or not; another path as it is.

    Raises
    ------
    OSError
        If a link leads in a circle.
    """
    if not path.is_symlink():
        return path
    path = Path(os.path.realpath(path))
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return path


def move(made: Path, path: Path, *, replace: bool) -> None:
    """Move a file into place.

    Raises
    ------
    FileExistsError
        If one is there that is not to be replaced, also if it came this very moment.
    """
    if not replace:
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # file systems without hard links
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        else:
            made.unlink()
            return
    made.replace(path)


@contextlib.contextmanager
def making(path: Path, name: str, *, replace: bool = True) -> Iterator[Path]:
    """Where to write a file of this name, which is then moved to a path.

    It is made in a folder of its own beside the path, under a name that no other process has; what
    killed ones left of theirs is removed.
    """
    prefix = f".routecheck-{zlib.crc32(os.fsencode(path.name)):08x}-"
    with contextlib.suppress(OSError):
        for old in path.parent.glob(f"{prefix}*"):
            sweep(old)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
    hold = Hold(folder / LOCK)
    try:
        yield folder / name
        move(folder / name, path, replace=replace)
    finally:
        with contextlib.suppress(OSError):
            hold.clear()
        hold.release(folder=True)
