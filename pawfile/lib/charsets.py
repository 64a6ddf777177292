"""Which character encoding a text file was written in, decided from all of its bytes."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20
_SAMPLE = 1 << 16

# The four-byte marks first: the one of UTF-32 starts with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_ONE_BYTE = ("cp1252", "mac_roman")
_FOREIGN = re.compile(rb"[\x20-\x7f]?[\x80-\xff]+[\x20-\x7f]?")
_SIGN_BYTES = re.compile(rb"[\x80-\x9f]")

_USUAL = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÙÚÜŒ")
_SIGNS = frozenset("‘’“”„–—…•€£¢©®™°«»·½¼¾¿¡ºª\u00a0")


def encoding_of(path: Path) -> str:
    """The Python name of the encoding of the text file at `path`.

    "utf-8-sig", "utf-16" or "utf-32" by the byte order mark, else "utf-16-le", "utf-32-be" and so
    on by where the zero bytes stand, else "utf-8" if all of it is, or most of it (which then
    fails to decode rather than come out garbled), else "latin-1", "cp1252"
    (Windows) or "mac_roman" by which reads most like words. Of Latin alphabets only: a Greek or
    Cyrillic one-byte file comes out as one of these. Reads all of the file, in pieces.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _by_zero_bytes(head)
    decoder, is_utf8 = codecs.getincrementaldecoder("utf-8")(), True
    foreign, has_signs = bytearray(), False
    for chunk in _chunks(path):
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if len(foreign) < _SAMPLE:
            foreign += b"\n".join(_FOREIGN.findall(chunk)) + b"\n"
        has_signs = has_signs or bool(_SIGN_BYTES.search(chunk))
    if (is_utf8 and not decoder.getstate()[0]) or _is_mostly_utf8(foreign):
        return "utf-8"
    best = max(_ONE_BYTE, key=lambda name: _likeness(foreign.decode(name, "replace")))
    # Without the bytes 128 to 159 the two are the same, and Latin-1 is the plainer name.
    return "latin-1" if best == "cp1252" and not has_signs else best


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _is_mostly_utf8(foreign: bytes | bytearray) -> bool:
    """Whether most letters outside ASCII are right as UTF-8; by chance hardly any ever is."""
    text = foreign.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) > 2 * wrong


def _by_zero_bytes(head: bytes) -> str:
    """UTF-16 or UTF-32 in the byte order that puts the zeros where they are; else UTF-8."""
    zeros = [head[place::4].count(0) for place in range(4)]
    most = len(head) // 4
    if min(zeros[0], zeros[1] + most // 10) >= most > 0:
        return "utf-32-be"
    if min(zeros[3], zeros[2] + most // 10) >= most > 0:
        return "utf-32-le"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) * 10 < len(head) // 2:
        return "utf-8"  # a stray zero, which makes no text wide
    if even > odd * 10:
        return "utf-16-be"
    return "utf-16-le" if odd > even * 10 else "utf-8"


def _likeness(text: str) -> int:
    """How much the letters and signs outside ASCII seem to belong between their neighbours.

    Only good for comparing two readings of the same bytes.
    """
    neighbours = zip(" " + text, text, text[1:] + " ", strict=False)
    return sum(_fits(*three) for three in neighbours if three[1] > "\x7f")


def _fits(before: str, letter: str, after: str) -> int:
    if letter.isalpha():
        # A capital ends no small word, and a small letter begins no capital one.
        if (letter.isupper() and before.islower()) or (letter.islower() and after.isupper()):
            return -3
        return 2 if letter in _USUAL else -1
    if letter == "’":
        return 2 if before.isalpha() else 1
    if before.isalpha() and (after.isalpha() or letter in "‘“„"):
        return -2 if letter in _SIGNS else -3
    return 1 if letter in _SIGNS else -2
