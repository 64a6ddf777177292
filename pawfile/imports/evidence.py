"""What the cells of a column say about a guess at its heading."""

import re
from collections.abc import Iterable, Sequence

from pawfile.imports import columns
from pawfile.imports.understand import is_nothing

_WRITTEN_AS_HTML = re.compile(r"<br ?/?>|&(?:amp|nbsp|quot|#0?39);", re.IGNORECASE)
_ACTIVE = re.compile(r"<script|javascript:|\bon[a-z]{3,20}\s*=", re.IGNORECASE)
_FEWEST = 3
"""So many cells that are filled are needed to say anything."""


def speaks_against(column: columns.Column, cells: Iterable[str]) -> bool:
    """Whether most cells are nothing such a column could read."""
    filled = [cell.strip() for cell in cells if cell.strip() and not is_nothing(cell.strip())]
    if len(filled) < _FEWEST:
        return False
    fitting = sum(1 for cell in filled if fits(column, cell))
    return fitting * 2 < len(filled)


def fits(column: columns.Column, cell: str) -> bool:
    match column:
        case columns.EmailColumn() | columns.EmailsColumn():
            return "@" in cell
        case columns.PhoneColumn():
            return sum(map(str.isdigit, cell)) >= 5
        case columns.ZipColumn():
            return any(map(str.isdigit, cell)) and len(cell) <= 12
        case columns.YesNoColumn():
            return column.clean(cell, silent) is not None
        case columns.BornColumn() | columns.DateColumn():
            return any(map(str.isdigit, cell)) and len(cell) <= 40
        case columns.ParagraphColumn() | columns.SecretColumn():
            return True
        case columns.LineColumn() if column.key in ("first_name", "last_name", "city", "name"):
            return "@" not in cell and not re.fullmatch(r"[\d\s().+-]+", cell)
    return True


def silent(*_words: object, **_more: object) -> None:
    """Takes what a column has to say of a cell that is only tried."""


def has_markup(samples: Sequence[Sequence[str]]) -> bool:
    """Whether a program wrote these texts as HTML: line breaks as tags, signs as entities.

    Where more cells are scripts, people wrote them, and their texts stay as they are.
    """
    cells = [cell for row in samples for cell in row if "<" in cell or "&" in cell]
    written = sum(1 for cell in cells if _WRITTEN_AS_HTML.search(cell))
    return written > sum(1 for cell in cells if _ACTIVE.search(cell))
