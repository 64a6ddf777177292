"""Sealed secrets: door codes and passwords, encrypted one by one with keys kept elsewhere.

A sealed secret is the text "v1.<key id>.<nonce and ciphertext in base64>" (AES-GCM, 256-bit
keys, a random 96-bit nonce; version and key id are authenticated with it). Messages here are not
translated: they are for the person who runs the server, and keys load before translations do.
"""

import base64
import binascii
import hmac
import os
import re
from pathlib import Path
from typing import NoReturn, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pawfile.lib import key_file

_VERSION = "v1"
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_SHAPE = "A key is written id:key, the key being 32 random bytes in base64"


class VaultError(Exception):
    """A sealed text that cannot be opened: damaged, tampered with, or sealed elsewhere."""


class VaultKeyError(VaultError):
    """The key that is needed is missing, or keys are written wrongly. Names no key material."""


class Secret:
    """A sealed text that refuses to show itself, sealed or plain.

    Only `KeyRing.unseal` opens it. It is true if there is something in it, equal to a secret with
    the same sealed text (the same plain text sealed twice is not equal: see `KeyRing.matches`).
    """

    __slots__ = ("_token",)

    def __init__(self, token: str = "") -> None:
        """`token` is sealed text out of the database; "" is the empty secret."""
        self._token = token

    @property
    def token_for_database(self) -> str:
        """The sealed text, for the database field only."""
        return self._token

    def __bool__(self) -> bool:
        return bool(self._token)

    def __eq__(self, other: object) -> bool:
        return self._token == other._token if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._token)

    def __repr__(self) -> str:
        return "<Secret>"

    def __str__(self) -> NoReturn:
        raise TypeError("A secret does not render.")

    def __html__(self) -> NoReturn:
        raise TypeError("A secret does not render.")

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("A secret does not render.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A secret does not pickle.")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self


class KeyRing:
    """Keys by their id. The first one seals; all of them open what they sealed."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        """`keys` maps key ids to 32 bytes each, the sealing key first; VaultKeyError if none."""
        if not keys:
            raise VaultKeyError(f"There is no key. {_SHAPE}.")
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._first = next(iter(keys))

    def __repr__(self) -> str:
        return f"<KeyRing {', '.join(self._ciphers)}>"

    @property
    def key_ids(self) -> list[str]:
        """The one that seals first."""
        return list(self._ciphers)

    @classmethod
    def load(cls, path: Path, environment: str | None) -> Self:
        """Keys from the environment's text "id:key,id:key", else from the file, one a line.

        A missing file is made with one fresh key, readable by this user only; of processes that
        start at once all get the same key. Blank lines and lines that start with # are skipped.
        Raises VaultKeyError, naming the entry, if keys are missing or written wrongly.
        """
        if environment and environment.strip():
            return cls(_read_keys(environment.split(","), "the environment"))
        try:
            if not path.exists():
                key_file.create(path)
            lines = path.read_text(encoding="ascii").splitlines()
        except UnicodeDecodeError:
            raise VaultKeyError(f"The key file {path} is not plain text. {_SHAPE}.") from None
        except OSError as error:
            raise VaultKeyError(
                f"The key file {path} cannot be read or made: {error.strerror}. Give this user "
                "the right to read it and to write in its folder."
            ) from error
        return cls(_read_keys(lines, f"the key file {path}"))

    def seal(self, plain: str) -> Secret:
        """`plain` sealed with the first key; "" gives the empty secret."""
        if not plain:
            return Secret()
        nonce = os.urandom(_NONCE_BYTES)
        head = f"{_VERSION}.{self._first}"
        sealed = nonce + self._ciphers[self._first].encrypt(nonce, plain.encode(), head.encode())
        return Secret(f"{head}.{base64.urlsafe_b64encode(sealed).decode()}")

    def unseal(self, secret: Secret) -> str:
        """The plain text. VaultKeyError if its key is not here, VaultError if it was altered."""
        if not secret:
            return ""
        key_id, body = _token_parts(secret)
        if key_id not in self._ciphers:
            raise VaultKeyError(f"The key {key_id} is missing: add it to the vault's keys again.")
        try:
            sealed = base64.b64decode(body, altchars=b"-_", validate=True)
            nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            head = f"{_VERSION}.{key_id}".encode()
            return self._ciphers[key_id].decrypt(nonce, ciphertext, head).decode()
        except (binascii.Error, InvalidTag, ValueError):
            raise VaultError("A secret was altered after it was sealed, or is damaged.") from None

    def matches(self, secret: Secret, plain: str) -> bool:
        """Whether `secret` holds `plain`; raises what `unseal` raises."""
        return hmac.compare_digest(self.unseal(secret).encode(), plain.encode())

    def is_same(self, one: Secret, other: Secret) -> bool:
        """Whether both hold the same text, whenever and with whichever key they were sealed."""
        return one == other or self.matches(one, self.unseal(other))

    def reseal(self, secret: Secret) -> Secret:
        """`secret` under the first key, for rotation; the same object if it is so already."""
        if not secret or key_id_of(secret) == self._first:
            return secret
        return self.seal(self.unseal(secret))


def key_id_of(secret: Secret) -> str:
    """The id of the key that sealed it; VaultError if it is empty or damaged."""
    return _token_parts(secret)[0]


def _token_parts(secret: Secret) -> tuple[str, str]:
    """Key id and base64 body of a secret that is not empty; VaultError if it has no such shape."""
    version, _, rest = secret.token_for_database.partition(".")
    key_id, _, body = rest.partition(".")
    if version != _VERSION or not _KEY_ID.fullmatch(key_id):
        raise VaultError(f'A secret is damaged: a sealed text starts with "{_VERSION}." and a key.')
    return key_id, body


def _read_keys(entries: list[str], source: str) -> dict[str, bytes]:
    """Keys by id, in their order. Errors name `source` and the entry's number, never its text."""
    keys: dict[str, bytes] = {}
    for number, entry in enumerate(map(str.strip, entries), start=1):
        if not entry or entry.startswith("#"):
            continue
        where = f"Key {number} in {source}"
        key_id, colon, text = entry.partition(":")
        if not colon or not _KEY_ID.fullmatch(key_id):
            raise VaultKeyError(
                f"{where} has no proper id. {_SHAPE}; an id is letters, digits, - and _."
            )
        if key_id in keys:
            raise VaultKeyError(f"{where} has the id of an earlier key. Give each its own id.")
        try:
            key = base64.b64decode(text.strip().translate({45: "+", 95: "/"}), validate=True)
        except (binascii.Error, ValueError):
            raise VaultKeyError(f"{where} is not base64. {_SHAPE}.") from None
        if len(key) != key_file.KEY_BYTES:
            raise VaultKeyError(f"{where} has {len(key)} bytes. {_SHAPE}.")
        keys[key_id] = key
    if not keys:
        raise VaultKeyError(f"There is no key in {source}. {_SHAPE}.")
    return keys
