"""Codes of invites: easy to read aloud and to type, impossible to guess."""

import hashlib
import secrets

#: Crockford's base 32: no letter that looks like a digit, and no word comes of it by accident.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 5 bits each: 100 bits.
LENGTH, GROUP = 20, 5
_READ_AS = str.maketrans("OIL", "011", " -–—\t\r\n\u00a0")


def new_code() -> str:
    """Like ``7K3QM-X9R2V-B4HTN-P8WDC``."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest(code: str) -> str:
    """What is kept of a code. Capitals, spaces and hyphens do not matter, nor O for 0, I for 1.

    "" for what cannot be a code.
    """
    signs = code[:200].upper().translate(_READ_AS)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return ""
    return hashlib.sha256(signs.encode("ascii")).hexdigest()
