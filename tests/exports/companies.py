"""Companies in databases of their own, and what an export says of one."""

import json
import os
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from pawfile.access.actions.rotation import TOKEN
from pawfile.exports.sealing import ring_for
from pawfile.exports.tables import walked
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import KeyRing, Secret

PASSPHRASE = "three little words"


@dataclass(frozen=True, slots=True)
class Company:
    """An installation: a data folder and a database, reached by processes alone."""

    folder: Path
    database: str = ""

    def run(self, *command: str, module: str = "pawfile.cli") -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PAWFILE_DATA": str(self.folder),
            "DATABASE_URL": self.database,
            "PAWFILE_PASSPHRASE": PASSPHRASE,
            "DJANGO_SETTINGS_MODULE": "pawfile.settings",
        }
        return subprocess.run(
            [sys.executable, "-m", module, *command],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def done(self, *command: str, module: str = "pawfile.cli") -> str:
        answer = self.run(*command, module=module)
        assert answer.returncode == 0, answer.stderr
        return answer.stdout

    def exported(self, path: Path) -> Path:
        self.done("export", str(path))
        return path


@contextmanager
def postgres_database() -> Iterator[str]:
    """A new, empty database on the tests' PostgreSQL."""
    server, name = os.environ["DATABASE_URL"], f"company_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def manifest_of(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as file:
        found: dict[str, Any] = json.loads(file.read("manifest.json"))
    return found


def opened(path: Path, passphrase: str = PASSPHRASE) -> dict[str, Any]:
    """Everything in an export, with its secrets in plain text: equal for equal companies, however
    often they are sealed anew."""
    manifest = manifest_of(path)
    ring = ring_for(manifest["vault"], passphrase=passphrase, keys=key_ring())
    with zipfile.ZipFile(path) as file:
        tables = {
            said["table"]: [plain(line, ring) for line in file.read(said["lines"]).splitlines()]
            for said in manifest["tables"]
        }
    files = {
        name: said["sha256"]
        for name, said in manifest["entries"].items()
        if name.startswith("files/")
    }
    shape = {key: manifest[key] for key in ("format", "version", "schema", "company", "left_out")}
    described = {said["table"]: said for said in manifest["tables"]}
    return {"tables": tables, "files": files, "shape": shape, "described": described}


def plain(line: bytes, ring: KeyRing | None) -> Any:
    def unsealed(text: str) -> str:
        return ring.unseal(Secret(text)) if ring and TOKEN.fullmatch(text) else text

    return walked(json.loads(line), unsealed)


def doctored(path: Path, to: Path, **entries: bytes | None) -> Path:
    """A copy with some entries changed, given as ``{name: bytes}``, ``None`` to leave one out."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = entries.pop(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in entries.items():
            new.writestr(name, data or b"")
    return to
