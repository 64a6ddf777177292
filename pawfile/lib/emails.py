"""E-mail addresses as people type them: several in one box, some of them wrong."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

MAX_LENGTH = 254
"""Longest address in characters that mail can carry (RFC 5321, erratum 1690)."""

_BREAKS = re.compile(r"[,;\r\n]+")
_check = EmailValidator()


def split_emails(text: str) -> list[str]:
    """The addresses in `text`, split at commas, semicolons and line breaks.

    Trimmed, in their order; of two that differ only in capitals the first stays. Nothing is
    checked here: see `bad_emails`.
    """
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, _BREAKS.split(text))):
        found.setdefault(part.casefold(), part)
    return list(found.values())


def bad_emails(addresses: Iterable[str]) -> list[str]:
    """Those of `addresses` that are no e-mail address, in their order (Rule 59).

    Refused are also addresses over MAX_LENGTH and those with control or invisible characters,
    which could add a line to a mail's header.
    """
    return [address for address in addresses if not _is_good(address)]


def _is_good(address: str) -> bool:
    if len(address) > MAX_LENGTH:
        return False
    if any(unicodedata.category(character).startswith("C") for character in address):
        return False
    try:
        _check(address)
    except ValidationError:
        return False
    return True
