"""Text as the search index keeps it: folded to plain small letters, cut into words."""

import re
import unicodedata

WORD_LENGTH = 40
"""No word is longer, so that a word fits the index column; longer ones are cut."""

_MARKS = (
    *range(0x0300, 0x0370),  # accents of Latin, Greek and Cyrillic
    *range(0x0591, 0x05C8),  # Hebrew points
    *range(0x064B, 0x0660),  # Arabic vowel signs
    0x0670,
    *range(0x1AB0, 0x1B00),
    *range(0x1DC0, 0x1E00),
    *range(0x20D0, 0x2100),
    *range(0xFE20, 0xFE30),
)
_INVISIBLE = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)

# Letters that Unicode does not take apart, and the many shapes of apostrophe and hyphen.
# Marks of other scripts stay: without them a Japanese or Hindi word is another word.
_LETTERS = (
    dict(zip("øłđðıħŧŋɨƀɓɗə", "olddihtnibbde", strict=True))
    | {"æ": "ae", "œ": "oe", "þ": "th", "‐": "-"}
    | dict.fromkeys("‘’‛ʻʼʽ′", "'")
)
_FOLDING: dict[int, str | None] = {
    **dict.fromkeys((*_MARKS, *_INVISIBLE)),
    **{ord(letter): plain for letter, plain in _LETTERS.items()},
}

_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_OTHER_WORD = re.compile(r"[^\s'-]+(?:['-][^\s'-]+)*")


def fold(text: str) -> str:
    """`text` in small letters without accents: "Łukasz Größe" becomes "lukasz grosse".

    Folding twice changes nothing. Scripts without capitals and accents come through readable.
    """
    if text.isascii():
        return text.lower()
    # The free-standing acute accent is typed as an apostrophe; NFKD would make a blank of it.
    apart = unicodedata.normalize("NFKD", text.replace("\u00b4", "'"))
    folded = apart.casefold().translate(_FOLDING)
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def words(text: str) -> list[str]:
    """The folded words of `text` in their order, without doubles, each at most WORD_LENGTH long.

    A word with apostrophes or hyphens gives itself joined and its parts of two characters or
    more: "O'Neil" gives "oneil", "neil"; "Smith-Jones" gives "smithjones", "smith", "jones".
    """
    folded = fold(text)
    if folded.isascii():
        if folded.isalnum():
            return [folded[:WORD_LENGTH]]
        found = _ASCII_WORD.findall(folded)
    else:
        found = _OTHER_WORD.findall("".join(c if _belongs(c) else " " for c in folded))
    if "'" in folded or "-" in folded:
        found = [word for compound in found for word in _taken_apart(compound)]
    return list(dict.fromkeys([word[:WORD_LENGTH] for word in found]))


def email_words(address: str) -> list[str]:
    """Words by which an e-mail address is found: all of it, then the words before the @."""
    whole = fold(address.strip())
    if not whole:
        return []
    local = whole.rpartition("@")[0] or whole
    return list(dict.fromkeys([whole[:WORD_LENGTH], *words(local)]))


def _belongs(character: str) -> bool:
    """Whether `character` can stand inside a word: letter, digit, vowel sign, joiner."""
    return (
        character.isalnum()
        or character in "'-"
        or unicodedata.category(character) in ("Mn", "Mc", "Me")
    )


def _taken_apart(compound: str) -> list[str]:
    """A word with apostrophes or hyphens, joined, then its parts longer than one character."""
    parts = re.split("['-]", compound)
    return ["".join(parts), *(part for part in parts if len(part) > 1)]
