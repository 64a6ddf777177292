"""``pawfile backup``: one moment of a company, secrets as they are stored, and its keys apart."""

import re
import shutil
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from pawfile.exports.refusals import RefusedError

_OURS = re.compile(r"pawfile-\d{4}-\d\d-\d\d-\d{6}\.zip")


def new_path(folder: Path) -> Path:
    """Where the next backup goes; the folder is made if it is not there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"pawfile-{timezone.now():%Y-%m-%d-%H%M%S}.zip"


def forget_old(folder: Path, *, keep: int) -> list[Path]:
    """Delete backups but the newest ones; files of other names stay."""
    ours = sorted(path for path in folder.iterdir() if _OURS.fullmatch(path.name))
    old = ours[:-keep]
    for path in old:
        path.unlink()
    return old


def copy_keys(folder: Path, *, beside: Path) -> list[Path]:
    """Copy the keys' files to a folder that is not the one of the backups."""
    if folder.resolve() == beside.resolve():
        raise RefusedError(
            "Keep the keys apart from the backups: whoever has both opens every code. "
            "Give --keys another folder."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = f"{timezone.now():%Y-%m-%d-%H%M%S}"
    copied = []
    for source in (settings.VAULT_KEYS_FILE, settings.DATA / "keys" / "secret_key"):
        if source.exists():
            target = folder / f"{stamp}-{source.name}"
            target.touch(mode=0o600)
            shutil.copyfile(source, target)
            copied.append(target)
    return copied
