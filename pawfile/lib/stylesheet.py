"""One sheet on the wire, one file a component on disk, and no build step between them.

``css/pawfile.css`` imports its parts (``@import url("components/table.css") layer(components);``).
Browsers can read it like that, which is what a developer's server does. When static files are
collected the parts are put into it: one request instead of forty on a sitter's first visit.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

SHEET = "css/pawfile.css"
_IMPORT = re.compile(r'@import url\("(?P<part>[^"]+)"\) layer\((?P<layer>[\w-]+)\);\n?')
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_INDENT = re.compile(r"\n\s*")


class JoinedSheetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's hashed, compressed files, with the parts of the sheet joined before hashing."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if SHEET in paths and not dry_run:
            paths = {**paths, SHEET: (self._joined(paths), SHEET)}
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _joined(self, paths: dict[str, Any]) -> InMemoryStorage:
        """The sheet as a file of its own: the sources stay as they are."""
        storage = InMemoryStorage()
        storage.save(SHEET, ContentFile(join(SHEET, paths).encode()))
        return storage


def join(name: str, paths: dict[str, Any]) -> str:
    """The text of sheet ``name`` with every imported part inside its layer."""

    def part(match: re.Match[str]) -> str:
        source = posixpath.join(posixpath.dirname(name), match["part"])
        return f"@layer {match['layer']} {{\n{_read(source, paths)}}}\n"

    joined = _IMPORT.sub(part, _read(name, paths))
    return _INDENT.sub("\n", _COMMENT.sub("", joined)).strip() + "\n"


def _read(name: str, paths: dict[str, Any]) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())
