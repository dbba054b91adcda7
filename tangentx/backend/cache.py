"""Generated modules as real files: ``<stem>.py`` and, beside it, ``<stem>.json`` with what must still hold for it.

    ~/.cache/tangentx/grad_model_f_1a2b3c4d5e6f.py       the generated module, the user's to read
    ~/.cache/tangentx/grad_model_f_1a2b3c4d5e6f.json     key, hash of the text, entry, line table, callees

``TANGENTX_CACHE`` names another folder.  A folder that cannot be written gives way to one in the temporary folder; one
that somebody else owns or may write to is never read.  Files appear by ``os.replace``, so a reader sees a whole file or
none; a pair that does not fit together reads as a miss and is written again.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import stat
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tangentx.errors import CacheError

__all__ = ["Entry", "find", "folders", "locked", "read", "sha256", "write"]

LOCK_SECONDS = 60.0  # after that we work without: writing is atomic anyway, the lock only saves doing the work twice


@dataclass(frozen=True)
class Entry:
    """A generated module on disk."""

    path: Path
    text: str
    manifest: dict[str, Any]


def sha256(text: str) -> str:
    """The hash of a text, as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def folders() -> Iterator[Path]:
    """Where entries may stand, best first: the user's cache folder, then temporary ones."""
    chosen = os.environ.get("TANGENTX_CACHE")
    if chosen:
        yield Path(chosen).expanduser().absolute()
    else:
        with contextlib.suppress(Exception):  # a user without a home, in many ways
            yield _user_folder()
    yield Path(tempfile.gettempdir()) / f"tangentx-{_me()}"
    yield _own_temporary(os.getpid())


@functools.cache
def _user_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("tangentx", appauthor=False))


@functools.cache
def _own_temporary(process: int) -> Path:
    return Path(tempfile.mkdtemp(prefix="tangentx-"))


def _me() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _private(status: os.stat_result) -> bool:
    """Whether nobody but us (or root) can have written it."""
    if not hasattr(os, "getuid"):
        return True  # Windows: the user's folders are private by their access lists
    return status.st_uid in (_me(), 0) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _usable(folder: Path) -> bool:
    """Whether the folder exists and is private; says so, once for each folder, when it is not."""
    try:
        status = folder.stat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    if not _private(status):
        _warn_shared(folder)
        return False
    return True


@functools.cache
def _warn_shared(folder: Path) -> None:
    text = f"tangentx does not use the cache folder {folder}: other users can write to it (chmod 700 makes it private)"
    warnings.warn(text, RuntimeWarning, stacklevel=2)


def _read_private(path: Path) -> str | None:
    """The text of a file that is ours alone, else None."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read() if _private(os.fstat(file.fileno())) else None
    except (OSError, UnicodeDecodeError):
        return None


def find(stem: str) -> Entry | None:
    """The entry of that name, if it is whole and ours."""
    for folder in _existing():
        text, sidecar = _read_private(folder / f"{stem}.py"), _read_private(folder / f"{stem}.json")
        if text is None or sidecar is None:
            continue
        try:
            manifest = json.loads(sidecar)
        except ValueError:
            continue
        if isinstance(manifest, dict) and manifest.get("sha256") == sha256(text):
            return Entry(folder / f"{stem}.py", text, manifest)
    return None


def _existing() -> Iterator[Path]:
    """The private folders that exist; a temporary folder of our own is not made just to look into it."""
    candidates = folders()
    for folder in (next(candidates, None), next(candidates, None)):
        if folder is not None and _usable(folder):
            yield folder
    if _own_temporary.cache_info().currsize:
        yield _own_temporary(os.getpid())


def read(stem: str, key: str) -> Entry | None:
    """The entry of that name that was written for that key."""
    entry = find(stem)
    return entry if entry is not None and entry.manifest.get("key") == key else None


def write(stem: str, key: str, text: str, manifest: dict[str, Any]) -> Entry:
    """Writes an entry to the first folder that takes it.

    Raises:
        CacheError: no folder can be written, not even a temporary one.
    """
    whole = {**manifest, "key": key, "sha256": sha256(text)}
    problems = []
    for folder in folders():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _usable(folder):
                continue
            _replace(folder / f"{stem}.py", text)
            _replace(folder / f"{stem}.json", json.dumps(whole, sort_keys=True, indent=1))
            return Entry(folder / f"{stem}.py", text, whole)
        except OSError as error:
            problems.append(f"{folder}: {error.strerror or error}")
    reason = "\n  ".join(["no folder can be written for generated modules", *problems])
    raise CacheError(reason, None, "Set TANGENTX_CACHE to a folder of your own.")


def _replace(path: Path, text: str) -> None:
    """Puts a file in its place at once; concurrent writers each write a file of their own first."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".tmp", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


@contextlib.contextmanager
def locked(stem: str) -> Iterator[None]:
    """Holds a lock for an entry (sixteen files serve all): many processes that miss at once do the work once.

    Where no lock can be had, the work is done without.
    """
    import filelock

    with contextlib.ExitStack() as stack:
        for folder in folders():
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not _usable(folder):
                    continue
                stack.enter_context(filelock.FileLock(folder / f".lock-{stem[-1]}", timeout=LOCK_SECONDS))
            except (OSError, NotImplementedError):  # filelock.Timeout is an OSError
                continue
            break
        yield
