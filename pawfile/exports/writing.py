"""A whole company into one ZIP file, table by table, as of one moment."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from importlib.metadata import version
from typing import IO, Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.access.actions.rotation import TOKEN, secrets_by_key
from pawfile.exports.archive import Writer
from pawfile.exports.ids import last_id
from pawfile.exports.left_out import LEFT_OUT, NEEDS_SECRETS
from pawfile.exports.readme import README
from pawfile.exports.refusals import RefusedError
from pawfile.exports.schema import Node, newest
from pawfile.exports.sealing import Seal
from pawfile.exports.snapshot import snapshot
from pawfile.exports.tables import ISO, Column, Table, sorted_keys, tables_of, walked
from pawfile.lib.columns import key_ring
from pawfile.lib.formulas import inert
from pawfile.lib.vault import KeyRing, Secret, VaultError
from pawfile.options.models import SiteOptions

FORMAT = "pawfile-export"
VERSION = 1
#: Rows taken from the database at once.
CHUNK = 1000
#: Rows after which the progress is told.
STEP = 1000
#: Bytes of a table for people that are kept in memory before they go to the disk.
SPOOL = 1 << 20
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Written:
    """What went into the file. ``damaged``: secrets that opened with no key and were left out;
    ``gone``: files that were deleted while it was written."""

    rows: int = 0
    files: int = 0
    damaged: int = 0
    gone: list[str] = field(default_factory=list)


def write_company(
    file: IO[bytes],
    *,
    seal: Seal,
    progress: Progress = lambda _done, _every: None,
    registry: Apps = installed,
    schema: list[Node] | None = None,
) -> Written:
    """Write everything to ``file``; refused while a secret's key is missing.

    ``registry`` and ``schema`` are those of today unless the tables are of another day.
    """
    return Export(file, seal, progress).write(registry, schema or newest())


class Export:
    def __init__(self, file: IO[bytes], seal: Seal, progress: Progress) -> None:
        self.seal, self.progress = seal, progress
        self.made_at = timezone.now()
        self.ring = opening_ring(seal)  # refuses before anything is begun
        self.writer = Writer(file, made_at=self.made_at)
        self.written = Written()
        self.done = self.every = 0

    def write(self, registry: Apps, schema: list[Node]) -> Written:
        left_out = dict(LEFT_OUT)
        if self.seal.ring is None:
            left_out |= NEEDS_SECRETS
        tables = tables_of(registry.get_models(include_auto_created=True), but=left_out)
        with snapshot():
            counts = [table.model._base_manager.count() for table in tables]
            names = list(stored_files())
            self.every = sum(counts) + len(names)
            described = [self.write_table(table) for table in tables]
            company = registry.get_model(SiteOptions._meta.label)._base_manager.first()
        for name in names:
            self.write_file(name)
        with self.writer.entry("README.txt") as write:
            write(README.encode())
        self.progress(self.every, self.every)
        self.writer.close(
            {
                "format": FORMAT,
                "version": VERSION,
                "pawfile": version("pawfile"),
                "made_at": self.made_at.astimezone(UTC).isoformat(timespec="seconds"),
                "company": company.company_name if company else "",
                "schema": dict(schema),
                "vault": self.seal.about,
                "tables": described,
                "left_out": left_out,
            }
        )
        return self.written

    def write_table(self, table: Table) -> dict[str, Any]:
        """Lines for programs and, from the same reading, a sheet for people."""
        name, sheet_name = f"tables/{table.label}.jsonl", f"sheets/{table.label}.csv"
        columns = table.columns
        shown = [place for place, each in enumerate(columns) if each.kind not in ("secret", "hash")]
        names, changes = [each.name for each in columns], [self.change_of(each) for each in columns]
        rows = 0
        with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spooled:
            text = io.TextIOWrapper(spooled, "utf-8-sig", newline="")
            sheet = csv.writer(text)
            sheet.writerow([names[place] for place in shown])
            with self.writer.entry(name) as write:
                for row in stored_rows(table):
                    values = [
                        change(value) if change and value is not None else value
                        for change, value in zip(changes, row, strict=True)
                    ]
                    line = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False)
                    write(line.encode() + b"\n")
                    sheet.writerow([cell(values[place]) for place in shown])
                    rows += 1
                    self.step()
            text.flush()
            spooled.seek(0)
            self.writer.copy(sheet_name, spooled)
        self.written.rows += rows
        return {
            "table": table.label,
            "lines": name,
            "sheet": sheet_name,
            "rows": rows,
            "last_id": last_id(table.model),
            "columns": [described(each) for each in columns],
        }

    def write_file(self, name: str) -> None:
        try:
            stored = default_storage.open(name)
        except FileNotFoundError:
            self.written.gone.append(name)
        else:
            with stored:
                self.writer.copy(f"files/{name}", stored)
            self.written.files += 1
        self.step()

    def step(self) -> None:
        self.done += 1
        if self.done % STEP == 0:
            self.progress(self.done, self.every)

    def change_of(self, column: Column) -> Callable[[Any], Any] | None:
        """How a value of the database becomes one of JSON; ``None``: as it is."""
        if column.kind in ISO:
            return as_moment if column.kind == "moment" else lambda value: value.isoformat()
        changes: dict[str, Callable[[Any], Any]] = {
            "secret": self.sealed,
            "hash": self.seal.text,
            "json": lambda value: sorted_keys(walked(value, self.sealed_inside)),
            "decimal": str,
            "uuid": str,
        }
        return changes.get(column.kind)

    def sealed(self, secret: Secret) -> str:
        try:
            return self.seal.token(secret, self.ring)
        except VaultError:
            self.written.damaged += 1
            return ""

    def sealed_inside(self, text: str) -> str | None:
        """A text inside JSON: the company's own secret fields and second factors lie there."""
        return self.sealed(Secret(text)) or None if TOKEN.fullmatch(text) else text


def opening_ring(seal: Seal) -> KeyRing:
    """The keys of this installation. Refused while one is missing that has to open a secret."""
    ring = key_ring()
    if not seal.is_opening:
        return seal.ring or ring
    missing = {key: times for key, times in secrets_by_key().items() if key not in ring.key_ids}
    if missing:
        said = ", ".join(f"{key} ({times:,})" for key, times in sorted(missing.items()))
        raise RefusedError(
            _("Keys of the vault are missing: %s. Put them back, or export without the secrets.")
            % said
        )
    return ring


def stored_rows(table: Table) -> Iterator[tuple[Any, ...]]:
    rows = table.model._base_manager.order_by("pk")
    names = [column.name for column in table.columns]
    return rows.values_list(*names).iterator(chunk_size=CHUNK)


def stored_files(folder: str = "") -> Iterator[str]:
    """The names of all uploads, in one order on every system."""
    with suppress(FileNotFoundError):
        folders, names = default_storage.listdir(folder)
        yield from (f"{folder}{name}" for name in sorted(names))
        for each in sorted(folders):
            yield from stored_files(f"{folder}{each}/")


def as_moment(value: Any) -> str:
    said: str = value.astimezone(UTC).isoformat()
    return said.replace("+00:00", "Z")


def cell(value: Any) -> str:
    """As people read it, and as no spreadsheet program takes it for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return inert(str(value))


def described(column: Column) -> dict[str, Any]:
    about: dict[str, Any] = {"name": column.name, "kind": column.kind}
    if column.points_at:
        about["points_at"] = column.points_at
    return about
