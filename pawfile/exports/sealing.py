"""How secrets travel: under a passphrase, under the installation's own keys, or not at all."""

import base64
import os
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from pawfile.exports.refusals import DamagedError, RefusedError, WrongPassphraseError
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import KeyRing, Secret, VaultError

SHORTEST = 12
#: 64 MB and about half a second: OWASP's equal of 2**17, 8, 1.
COST = {"n": 2**16, "r": 8, "p": 2}
#: What a file may ask for, lest a hostile one takes all memory.
MOST = {"n": 2**18, "r": 16, "p": 8}
KEY_ID = "passphrase"
PROOF = "pawfile"


@dataclass(frozen=True, slots=True)
class Seal:
    """``ring`` seals what goes into the file; ``None``: secrets are left out. ``about`` tells the
    reader of the file how to come to the keys."""

    ring: KeyRing | None
    about: dict[str, Any]

    @property
    def is_opening(self) -> bool:
        """Whether secrets are opened on the way, to be sealed with other keys."""
        return bool(self.about["secrets"] == "passphrase")

    def token(self, secret: Secret, source: KeyRing) -> str:
        """A stored secret as it stands in the file."""
        if self.ring is None or not secret:
            return ""
        if self.ring is source:
            return secret.token_for_database
        return self.ring.seal(source.unseal(secret)).token_for_database

    def text(self, plain: str) -> str:
        """A text that is no secret here (the hash of a password) and is one on the way."""
        return self.ring.seal(plain).token_for_database if self.ring else ""


def without_secrets() -> Seal:
    return Seal(None, {"secrets": "left out"})


def under_keys() -> Seal:
    """As they are stored: whoever restores needs the installation's keys of this day."""
    ring = key_ring()
    about = {"secrets": "keys", "key_ids": ring.key_ids, "proof": _proof(ring)}
    return Seal(ring, about)


def under_passphrase(passphrase: str) -> Seal:
    if len(passphrase) < SHORTEST:
        raise RefusedError(
            _("A passphrase has at least %d characters. Several words are easy to keep.") % SHORTEST
        )
    salt = os.urandom(16)
    return under_key(derived(passphrase, salt, COST), salt)


def under_key(key: bytes, salt: bytes) -> Seal:
    ring = KeyRing({KEY_ID: key})
    about = {
        "secrets": "passphrase",
        "kdf": {"name": "scrypt", "salt": base64.b64encode(salt).decode(), **COST},
        "proof": _proof(ring),
    }
    return Seal(ring, about)


def derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return Scrypt(salt=salt, length=32, **cost).derive(passphrase.encode())


def _proof(ring: KeyRing) -> str:
    """By which a wrong passphrase is known before anything is read."""
    return ring.seal(PROOF).token_for_database


def ring_for(about: dict[str, Any], *, passphrase: str, keys: KeyRing) -> KeyRing | None:
    """The keys to the secrets of a file; ``None`` if it has none. Raises WrongPassphraseError."""
    kind = about.get("secrets")
    if kind == "left out":
        return None
    ring = keys if kind == "keys" else _ring_of_passphrase(about, passphrase)
    if missing := [each for each in about.get("key_ids", []) if each not in ring.key_ids]:
        raise WrongPassphraseError(
            _("The secrets of this file need the keys %s. Say where they are with --keys.")
            % ", ".join(map(str, missing))
        )
    try:
        is_right = ring.matches(Secret(about["proof"]), PROOF)
    except (VaultError, KeyError, AttributeError):
        is_right = False
    if not is_right:
        raise WrongPassphraseError(
            _("The passphrase is not the one this file was made with.")
            if kind == "passphrase"
            else _("These keys are not the ones this file was made with.")
        )
    return ring


def _ring_of_passphrase(about: dict[str, Any], passphrase: str) -> KeyRing:
    unknown = DamagedError(_("The file does not say how its secrets are sealed."))
    try:
        kdf = about["kdf"]
        cost = {name: int(kdf[name]) for name in COST}
        salt = base64.b64decode(kdf["salt"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise unknown from None
    if kdf.get("name") != "scrypt" or not all(0 < cost[name] <= MOST[name] for name in cost):
        raise unknown
    return KeyRing({KEY_ID: derived(passphrase, salt, cost)})
