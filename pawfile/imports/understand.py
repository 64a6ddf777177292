"""What a cell says: yes or no, one of some choices, a word for nothing."""

import re
from collections.abc import Iterable, Mapping

from pawfile.lib.text import fold

NOTHING = frozenset(
    {"", "-", "--", "---", "—", "–", "?", "n/a", "n.a.", "na", "none", "nil", "null", "unknown"}
)
"""Words for nothing, in cells of phones, e-mails, links, codes and choices. Text keeps them."""

_YES = frozenset({"y", "yes", "yep", "yeah", "true", "t", "1", "x", "on", "✓", "✔", "☑"})
_NO = frozenset({"n", "no", "nope", "false", "f", "0", "off", "✗", "✘", "☐"})
_OWN_WORDS: Mapping[str, Mapping[str, bool]] = {
    "uses_keys": {"no key": False, "no keys": False, "key": True, "has key": True},
    "active": {"active": True, "inactive": False},
    "spayed_neutered": {"spayed": True, "neutered": True, "fixed": True, "intact": False},
}

# All control characters but tab and line break, and halves of characters: no database takes them
# all, no screen shows them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PARTS = re.compile(r"[,;/|&+\n]+| and ", re.IGNORECASE)


def without_controls(text: str) -> tuple[str, int]:
    """The text trimmed, with plain line breaks, without control characters, and their number."""
    if text.isprintable():
        return text.strip(), 0
    broken = text.replace("\r\n", "\n").replace("\r", "\n")
    plain, count = _CONTROL.subn("", broken)
    return plain.strip(), count


def is_nothing(text: str) -> bool:
    return text.casefold() in NOTHING


def yes_or_no(text: str, key: str = "") -> bool | None:
    """Yes, no, or ``None`` when it is neither; some fields have words of their own."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    return _OWN_WORDS.get(key, {}).get(word)


def one_of(text: str, choices: Iterable[tuple[str, str]]) -> str | None:
    """The choice (value, label) that the text is, whole or as the only one that begins so."""
    word = fold(text)
    folded = [(value, {fold(value), fold(label)}) for value, label in choices]
    for value, names in folded:
        if word in names:
            return value
    begun = [value for value, names in folded if any(name.startswith(word) for name in names)]
    if len(begun) == 1:
        return begun[0]
    is_none = word in NOTHING or word == "no"
    return "N/A" if is_none and any(value == "N/A" for value, _names in folded) else None


_WITH_ZERO = frozenset(["CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"])
"""States whose zip codes begin with a zero."""


def without_lost_zero(zip_code: str, state: str, region: str) -> str:
    """A zip code with the zero that a spreadsheet took, where the state says there was one.

    Without a state four digits of the US are those of such a state, but for 09…: no state has
    these, and so "9810" lost its end.
    """
    if len(zip_code) != 4 or not zip_code.isdigit():
        return zip_code
    is_certain = state.strip().upper() in _WITH_ZERO
    is_likely = not state.strip() and region == "US" and zip_code[0] in "12345678"
    return f"0{zip_code}" if is_certain or is_likely else zip_code


def zip_key(zip_code: str) -> str:
    """A zip code as it is compared: five digits, a leading zero or none is no difference."""
    return zip_code[:5].lstrip("0")


def parts_of(text: str) -> list[str]:
    """Several choices in one cell, apart."""
    return [part for part in (piece.strip() for piece in _PARTS.split(text)) if part]


_NUMERIC_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?=$|[ T(])")


def iso_day(text: str, *, day_first: bool) -> str:
    """A day in numbers as 2026-04-12 where the order is known; anything else as it is."""
    found = _NUMERIC_DAY.match(text.strip())
    if not found:
        return text
    first, _mark, second, year = found.groups()
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return text
    return f"{year}-{int(month):02}-{int(day):02}{text.strip()[found.end() :]}"
