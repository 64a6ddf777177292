"""Database columns of our own: folded text that sorts alike everywhere, and sealed secrets."""

import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from pawfile.lib.vault import KeyRing, Secret, VaultError, VaultKeyError

logger = logging.getLogger(__name__)


class FoldedField(models.CharField[str, str]):
    """Text compared byte by byte on every database, so that an index serves order and prefixes."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@dataclass(frozen=True, slots=True)
class _Loaded:
    source: object
    stamp: object
    ring: KeyRing


_loaded: dict[str, _Loaded] = {}


def key_ring() -> KeyRing:
    """The installation's keys, made on the very first use, read again when the file is another.

    So a server that runs opens what ``pawfile rotate-keys`` seals meanwhile: do not keep the ring
    for longer than a moment. When the file goes or breaks meanwhile, the keys at hand stay in use.
    """
    source = settings.VAULT_KEYS or settings.VAULT_KEYS_FILE
    stamp, known = _stamp(), _loaded.get("ring")
    if known is None or known.source != source:
        ring = KeyRing.load(settings.VAULT_KEYS_FILE, settings.VAULT_KEYS)
    elif stamp is None or known.stamp == stamp:
        return known.ring
    else:
        try:
            ring = KeyRing.load(settings.VAULT_KEYS_FILE, settings.VAULT_KEYS)
        except VaultKeyError as problem:
            logger.warning("The keys of the vault changed and cannot be used: %s", problem)
            return known.ring
    _loaded["ring"] = _Loaded(source, stamp or _stamp(), ring)
    return ring


def _stamp() -> object:
    """Another one whenever the file of the keys was written; ``None`` where there is no file."""
    if settings.VAULT_KEYS:
        return None
    try:
        found = settings.VAULT_KEYS_FILE.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def can_open(secret: Secret) -> bool:
    """Whether the key of a secret is here and fits."""
    try:
        key_ring().unseal(secret)
    except VaultError:
        return False
    return True


class SecretField(models.TextField[Secret, Secret]):
    """A column that holds only sealed tokens; in Python a ``Secret``, never a string."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Secret)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *unused: object) -> Secret:
        return Secret(value or "")

    def get_prep_value(self, value: Secret) -> str:
        if not isinstance(value, Secret):
            raise TypeError("A secret column takes only sealed values.")
        return value.token_for_database

    def to_python(self, value: Secret) -> Secret:
        if not isinstance(value, Secret):
            raise TypeError("A secret column takes only sealed values.")
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("A secret is not serialised.")
