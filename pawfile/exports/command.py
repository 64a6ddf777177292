"""``pawfile export`` and ``pawfile restore`` in words, with exit codes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.exports.archive import Reader
from pawfile.exports.backing_up import copy_keys, forget_old, new_path
from pawfile.exports.drafts import draft_of
from pawfile.exports.refusals import RefusedError
from pawfile.exports.restoring import restore_company
from pawfile.exports.sealing import Seal, under_keys, under_passphrase, without_secrets
from pawfile.exports.writing import Progress, Written, write_company
from pawfile.lib.vault import KeyRing, VaultKeyError
from pawfile.mail.models import Mail, MailState

WORKED, FAILED, REFUSED = 0, 1, 2


def export_and_report(path: Path, passphrase_file: Path | None, *, is_secretless: bool) -> int:
    with said() as outcome:
        begun = monotonic()
        seal = (
            without_secrets()
            if is_secretless
            else under_passphrase(asked_passphrase(passphrase_file, is_new=True))
        )
        written = write_to(path, seal)
        note = _("without secrets") if is_secretless else _("secrets under a passphrase")
        record_activity(by=None, kind=ActivityKind.EXPORT, about=_("Whole company"), note=note)
        say_written(written, monotonic() - begun)
        click.echo(_("%(file)s, %(size).1f MB.") % {"file": path, "size": megabytes(path)})
    return outcome[0]


def backup_and_report(folder: Path, keys: Path | None, keep: int | None) -> int:
    with said() as outcome:
        begun = monotonic()
        path = new_path(folder)
        copied = copy_keys(keys, beside=folder) if keys else []
        say_written(write_to(path, under_keys()), monotonic() - begun)
        click.echo(_("%(file)s, %(size).1f MB.") % {"file": path, "size": megabytes(path)})
        for each in copied:
            click.echo(_("Key copied to %s.") % each)
        if not copied:
            where = "PAWFILE_VAULT_KEYS" if settings.VAULT_KEYS else settings.VAULT_KEYS_FILE
            click.echo(_("The keys are not in it. Keep %s somewhere else.") % where)
        for old in forget_old(folder, keep=keep) if keep else []:
            click.echo(_("Deleted: %s") % old.name)
    return outcome[0]


def rehearse_and_report(path: Path, passphrase_file: Path | None, keys: Path | None) -> int:
    """Restore in a process with a folder and a database of its own."""
    with said() as outcome, tempfile.TemporaryDirectory(prefix="pawfile-rehearsal-") as folder:
        with Reader(path) as reader:
            passphrase = passphrase_for(reader, passphrase_file)
        command = [sys.executable, "-m", "pawfile.cli", "restore", str(path.resolve())]
        if not keys and not settings.VAULT_KEYS and settings.VAULT_KEYS_FILE.exists():
            keys = settings.VAULT_KEYS_FILE
        if keys:
            command += ["--keys", str(keys.resolve())]
        own = {"PAWFILE_DATA": folder, "DATABASE_URL": "", "PAWFILE_PASSPHRASE": passphrase}
        outcome[0] = subprocess.run(command, env={**os.environ, **own}, check=False).returncode
        if outcome[0] == WORKED:
            click.echo(_("The file is good: it was restored in a temporary place, and removed."))
    return outcome[0]


def passphrase_for(reader: Reader, passphrase_file: Path | None) -> str:
    """Asked for only if the file has been made with one."""
    is_needed = reader.manifest.get("vault", {}).get("secrets") == "passphrase"
    return asked_passphrase(passphrase_file) if is_needed else ""


def restore_and_report(path: Path, passphrase_file: Path | None, keys: Path | None) -> int:
    with said() as outcome:
        begun = monotonic()
        Path(settings.DATA).mkdir(parents=True, exist_ok=True)
        with Reader(path) as reader:
            passphrase = passphrase_for(reader, passphrase_file)
            ring = KeyRing.load(keys, None) if keys else None
            written = restore_company(
                reader, passphrase=passphrase, keys=ring, progress=progress_line()
            )
        say_written(written, monotonic() - begun)
        if waiting := Mail.objects.filter(state=MailState.QUEUED).count():
            click.echo(
                _("%d mails wait here to be sent. Stop the old server before you start this one.")
                % waiting
            )
    return outcome[0]


def write_to(path: Path, seal: Seal) -> Written:
    """Write a file that is there only when it is whole, readable by this user alone."""
    if path.exists():
        raise RefusedError(_("%s is there already. Give another name.") % path)
    with draft_of(path) as file:
        return write_company(file, seal=seal, progress=progress_line())


def asked_passphrase(path: Path | None, *, is_new: bool = False) -> str:
    if path:
        return path.read_text("utf-8").partition("\n")[0].rstrip("\r")
    given = os.environ.get("PAWFILE_PASSPHRASE")
    if given:
        return given
    answer: str = click.prompt(
        _("Passphrase"), hide_input=True, confirmation_prompt=is_new, err=True
    )
    return answer


@contextmanager
def said() -> Iterator[list[int]]:
    """Turns what can go wrong into a sentence and an exit code, the only element."""
    outcome = [WORKED]
    try:
        yield outcome
    except (RefusedError, VaultKeyError) as refusal:
        outcome[0] = REFUSED
        click.echo(str(refusal), err=True)
    except OSError as problem:
        outcome[0] = REFUSED
        click.echo(f"{problem.filename}: {problem.strerror}", err=True)
    except DatabaseError as problem:
        outcome[0] = FAILED
        click.echo(_("Stopped by the database: %s") % problem, err=True)


def say_written(written: Written, seconds: float) -> None:
    counts = {"rows": f"{written.rows:,}", "files": f"{written.files:,}", "seconds": seconds}
    click.echo(_("%(rows)s rows and %(files)s files in %(seconds).1f s.") % counts)
    if written.damaged:
        click.echo(_("%d secrets are damaged and were left out.") % written.damaged)
    for name in written.gone:
        click.echo(_("%s was deleted meanwhile and is not in the file.") % name)


def megabytes(path: Path) -> float:
    return path.stat().st_size / 1_000_000


def progress_line() -> Progress:
    """Writes how far it is, where a person watches."""
    if not sys.stderr.isatty():
        return lambda _done, _every: None

    def show(done: int, every: int) -> None:
        end = "\n" if done == every else ""
        sys.stderr.write(f"\r{done:,} / {every:,} {end}")
        sys.stderr.flush()

    return show
