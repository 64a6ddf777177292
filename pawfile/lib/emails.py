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


_BETWEEN = re.compile(r"\s*(?:[&/|]|\band\b)\s*|\s+", re.IGNORECASE)
_NAMED = re.compile(r"[^<>@]*<([^<>@\s]+@[^<>\s]+)>")


def emails_in(text: str) -> list[str]:
    """As ``split_emails``, for cells of other programs' files: also "a@b.org & c@d.org" and
    "Ann <a@b.org>"."""
    found: dict[str, str] = {}
    for part in split_emails(text):
        pieces = _BETWEEN.split(part) if part.count("@") > 1 and "<" not in part else [part]
        whole = pieces if all("@" in piece for piece in pieces) else [part]
        for piece in whole:
            named = _NAMED.fullmatch(piece)
            address = named[1] if named else piece
            found.setdefault(address.casefold(), address)
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
