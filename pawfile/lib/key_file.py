"""The file of the vault's keys: a first one made, new ones put in front, old ones taken out.

One key a line, "id:base64", the sealing key first. Whoever reads it finds the old file or the new
one, never half of one, and it stays readable by its owner alone.
"""

import base64
import fcntl
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

KEY_BYTES = 32


class RotationUnderWayError(Exception):
    """Another process is changing the keys."""


def create(path: Path) -> None:
    """Write a fresh key to `path` unless another process is first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _drafted(path, _new_line())
    try:
        # A link fails where a rename would overwrite: whoever links first has made the key.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def add_first(path: Path) -> str:
    """Put a fresh key before the others, which stay; the new key's id."""
    line = _new_line()
    _replace(path, line + path.read_text(encoding="ascii"))
    return line.partition(":")[0]


def take_out(path: Path, key_ids: Collection[str]) -> None:
    """Leave these keys out; what they sealed can never be opened again."""
    lines = path.read_text(encoding="ascii").splitlines(keepends=True)
    _replace(path, "".join(each for each in lines if _id_of(each) not in key_ids))


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Nobody else changes the keys meanwhile; RotationUnderWayError if somebody does."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise RotationUnderWayError from None
    finally:
        os.close(folder)


def _id_of(line: str) -> str:
    return line.strip().partition(":")[0]


def _new_line() -> str:
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    # A random id: a key made anew after the first was lost must not pass for it.
    return f"{secrets.token_hex(4)}:{key}\n"


def _replace(path: Path, text: str) -> None:
    """Another text for a file that is there, with the same owner and rights."""
    old = path.stat()
    draft = _drafted(path, text)
    try:
        if (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
            os.chown(draft, old.st_uid, old.st_gid)  # root rotates, the server's user must read it
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _drafted(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
