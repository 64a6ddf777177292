"""A company's file into an untouched installation, all of it or nothing."""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, Any

from django.apps.registry import Apps
from django.contrib.auth.hashers import make_password
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.utils import validate_file_name
from django.db import Error, connection, models, transaction
from django.db.models.sql import InsertQuery
from django.utils.translation import gettext as _

from pawfile.access.actions.rotation import TOKEN
from pawfile.exports import schema
from pawfile.exports.archive import Reader
from pawfile.exports.ids import go_on_after
from pawfile.exports.left_out import MADE_BY_STARTING
from pawfile.exports.refusals import (
    DamagedError,
    NewerSchemaError,
    NotEmptyError,
)
from pawfile.exports.sealing import ring_for
from pawfile.exports.tables import Column, Table, tables_of, walked
from pawfile.exports.writing import FORMAT, STEP, VERSION, Progress, Written
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import KeyRing, Secret, VaultError
from pawfile.profiles.words import index_everybody

BATCH = 500
FILES = "files/"
#: What a manifest says, and of each table.
SAID = {"schema", "vault", "tables", "entries"}
SAID_OF_TABLE = {"table", "lines", "rows", "last_id"}


def restore_company(
    reader: Reader,
    *,
    passphrase: str,
    keys: KeyRing | None = None,
    progress: Progress = lambda _done, _every: None,
) -> Written:
    """Load everything. Nothing is written before the whole file has been read and found right,
    and no row stays if one of them cannot be stored. Raises RefusedError."""
    return Restore(reader, passphrase, keys or key_ring(), progress).run()


class Restore:
    def __init__(self, reader: Reader, passphrase: str, keys: KeyRing, progress: Progress) -> None:
        self.reader, self.progress = reader, progress
        self.manifest = reader.manifest
        refuse_strange(self.manifest)
        self.source = ring_for(self.manifest["vault"], passphrase=passphrase, keys=keys)
        self.target = key_ring()
        self.written = Written()
        self.names = [name for name in reader.entries if name.startswith(FILES)]
        self.every = sum(table["rows"] for table in self.manifest["tables"]) + len(self.names)
        self.done = 0

    def run(self) -> Written:
        self.reader.check()
        registry = schema.bring_to(sorted(self.manifest["schema"].items()))
        models_ = list(registry.get_models(include_auto_created=True))
        tables = {table.label: table for table in tables_of(models_)}
        self.refuse_unless_empty(tables, registry)
        saved: list[str] = []
        try:
            self.save_files(saved)
            with transaction.atomic(durable=True):
                self.load(tables)
        except BaseException:
            for name in saved:
                default_storage.delete(name)
            raise
        schema.bring_up_to_date()
        index_everybody()
        self.progress(self.every, self.every)
        return self.written

    def refuse_unless_empty(self, tables: dict[str, Table], registry: Apps) -> None:
        for table in tables.values():
            if table.label in MADE_BY_STARTING:
                continue
            if count := table.model._base_manager.count():
                raise NotEmptyError(
                    _("There is a company here already (%(table)s: %(count)d). Restore into a new "
                      "database and data folder.")
                    % {"table": table.label, "count": count}
                )  # fmt: skip
        taken = next((name for name in map(stored_name, self.names) if is_taken(name)), None)
        if taken:
            raise NotEmptyError(
                _("There is a file %s here already. Restore into a new data folder.") % taken
            )

    def save_files(self, saved: list[str]) -> None:
        for entry in self.names:
            with self.reader.open(entry) as file:
                saved.append(default_storage.save(stored_name(entry), File(file)))
            self.written.files += 1
            self.step()

    def load(self, tables: dict[str, Table]) -> None:
        for label in MADE_BY_STARTING:
            if label in tables:
                tables[label].model._base_manager.all().delete()
        for said in self.manifest["tables"]:
            try:
                self.load_table(tables[said["table"]], said)
            except (Error, ValueError, TypeError, KeyError, ValidationError) as problem:
                raise DamagedError(
                    _("%(table)s cannot be stored: %(reason)s")
                    % {"table": said["table"], "reason": type(problem).__name__}
                ) from problem
        connection.check_constraints()
        given = {said["table"]: said["last_id"] for said in self.manifest["tables"]}
        go_on_after({table.model: given.get(label, 0) for label, table in tables.items()})

    def load_table(self, table: Table, said: dict[str, Any]) -> None:
        changes = {column.name: self.change_of(column) for column in table.columns}
        fields = list(table.model._meta.local_concrete_fields)
        rows = 0
        with self.reader.open(said["lines"]) as lines:
            for batch in batches(lines):
                found = [
                    table.model(**{key: changes[key](value) for key, value in row.items()})
                    for row in batch
                ]
                insert(table.model, fields, found)
                rows += len(found)
                self.step(len(found))
        if rows != said["rows"]:
            raise ValueError(f"{rows} rows")
        self.written.rows += rows

    def step(self, times: int = 1) -> None:
        before, self.done = self.done, self.done + times
        if before // STEP != self.done // STEP:
            self.progress(self.done, self.every)

    def change_of(self, column: Column) -> Callable[[Any], Any]:
        """How a value of the file becomes one of Python."""
        if column.kind == "secret":
            return lambda token: self.target.seal(self.opened(token))
        if column.kind == "hash":
            return lambda token: self.opened(token) or make_password(None)
        if column.kind == "json":
            return lambda value: walked(value, self.resealed)
        to_python = column.field.to_python
        return lambda value: None if value is None else to_python(value)

    def opened(self, token: str) -> str:
        if self.source is None or not token:
            return ""
        try:
            return self.source.unseal(Secret(token))
        except VaultError:
            self.written.damaged += 1
            return ""

    def resealed(self, text: str) -> str:
        if not TOKEN.fullmatch(text):
            return text
        return self.target.seal(self.opened(text)).token_for_database or text


def refuse_strange(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise DamagedError(_("This is no export of Pawfile."))
    if not isinstance(manifest.get("version"), int) or manifest["version"] > VERSION:
        raise NewerSchemaError(
            _("This file has version %s of the format, and this Pawfile reads up to %d. Update it.")
            % (manifest.get("version"), VERSION)
        )
    said = manifest.get("tables", [])
    if not (manifest.keys() >= SAID and all(each.keys() >= SAID_OF_TABLE for each in said)):
        raise DamagedError(_("The manifest of this file does not say all that it has to."))
    schema.refuse_unknown(manifest["schema"].items())


def stored_name(entry: str) -> str:
    name = entry.removeprefix(FILES)
    try:
        return str(validate_file_name(name, allow_relative_path=True))
    except SuspiciousFileOperation:
        raise DamagedError(_("%s is no name of a file in a company's folder.") % entry) from None


def is_taken(name: str) -> bool:
    try:
        return default_storage.exists(name)
    except SuspiciousFileOperation:
        raise DamagedError(_("%s is no name of a file in a company's folder.") % name) from None


def batches(lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    while batch := [json.loads(line) for line in islice(lines, BATCH)]:
        yield batch


def insert(model: type[models.Model], fields: list[Any], rows: list[models.Model]) -> None:
    """As ``bulk_create``, but every column as it is given: no time of today, no new version."""
    size = connection.ops.bulk_batch_size([field.name for field in fields], rows) or 1
    for start in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[start : start + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()
