"""The ZIP file: entries written and read as streams, each with its size and SHA-256."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Self

from django.utils.translation import gettext as _

from pawfile.exports.refusals import DamagedError

MANIFEST = "manifest.json"
CHUNK = 1 << 18
LARGEST_MANIFEST = 50_000_000
#: Endings of files that are compressed already.
DENSE = (".jpg", ".jpeg", ".png", ".webp", ".pdf", ".zip", ".heic", ".upload")
#: Level 3 takes half the time of the usual one for a tenth more bytes.
LEVEL = 3


class Writer:
    """Writes entries one after the other; the manifest, which names them all, comes last."""

    def __init__(self, file: IO[bytes], *, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
        self._date = made_at.timetuple()[:6]
        self.entries: dict[str, dict[str, Any]] = {}

    @contextmanager
    def entry(self, name: str) -> Iterator[Callable[[bytes], None]]:
        info = zipfile.ZipInfo(name, self._date)
        is_dense = name.lower().endswith(DENSE)
        info.compress_type = zipfile.ZIP_STORED if is_dense else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as target:

            def write(data: bytes) -> None:
                nonlocal size
                target.write(data)
                digest.update(data)
                size += len(data)

            yield write
        self.entries[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def copy(self, name: str, source: IO[bytes]) -> None:
        with self.entry(name) as write:
            while data := source.read(CHUNK):
                write(data)

    def close(self, manifest: dict[str, Any]) -> None:
        text = json.dumps({**manifest, "entries": self.entries}, indent=1, ensure_ascii=False)
        self._zip.writestr(zipfile.ZipInfo(MANIFEST, self._date), text.encode())
        self._zip.close()


class Reader:
    """An export to read. Raises DamagedError if it is none."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            info = self._zip.getinfo(MANIFEST)
            if info.file_size > LARGEST_MANIFEST:
                raise DamagedError(_("%s is too large to be one of Pawfile's.") % MANIFEST)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(info))
            self.entries: dict[str, dict[str, Any]] = self.manifest["entries"]
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError):
            raise DamagedError(
                _("%s is no export of Pawfile, or it is cut off.") % path.name
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *unused: object) -> None:
        self._zip.close()

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as file:
                yield file
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise _damaged(name) from None

    def check(self) -> None:
        """Read all of it. Raises DamagedError, which names the entry that is not as written."""
        listed, there = {*self.entries, MANIFEST}, set(self._zip.namelist())
        if missing := sorted(listed - there):
            raise DamagedError(_("%s is missing in the file.") % missing[0])
        if strange := sorted(there - listed):
            raise DamagedError(_("%s was added to the file later.") % strange[0])
        for name, said in self.entries.items():
            digest, size = hashlib.sha256(), 0
            with self.open(name) as file:
                # A bomb is no longer read than the manifest says it is long.
                while size <= said["bytes"] and (data := file.read(CHUNK)):
                    digest.update(data)
                    size += len(data)
            if (size, digest.hexdigest()) != (said["bytes"], said["sha256"]):
                raise _damaged(name)


def _damaged(name: str) -> DamagedError:
    return DamagedError(
        _("%s is not as it was written: its checksum is another. Take another copy of the file.")
        % name
    )
