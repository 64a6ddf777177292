"""Cells that a spreadsheet program would take for a formula."""

import re

#: What Excel, LibreOffice and Google Sheets begin a formula with, also after blanks and in full
#: width; a tab or a line break at the beginning hides what comes after it.
_RISKY = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def inert(text: str) -> str:
    """With an apostrophe before whatever could run as a formula; ``as_written`` takes it off."""
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def as_written(cell: str) -> str:
    """The text of a cell that ``inert`` went over; any other cell as it is."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
