"""Database columns of our own: folded text that sorts alike everywhere, and sealed secrets."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from pawfile.lib.vault import KeyRing, Secret, VaultError


class FoldedField(models.CharField[str, str]):
    """Text compared byte by byte on every database, so that an index serves order and prefixes."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters: dict[str, Any] = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


@cache
def key_ring() -> KeyRing:
    """The installation's keys, read once; made on the very first use."""
    return KeyRing.load(settings.VAULT_KEYS_FILE, settings.VAULT_KEYS)


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
