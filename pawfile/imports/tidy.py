"""Cells as they are to be read: no passwords, no markup, accents once."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.layout import Layout
from pawfile.lib.formulas import as_written
from pawfile.lib.plain_text import encoded_once, is_markup, without_markup


class Tidy:
    """Goes over the rows of one table; says what it mended, markup once a column."""

    def __init__(self, layout: Layout, issues: Issues) -> None:
        self.layout = layout
        self.issues = issues
        self._refused = frozenset(
            proposal.index for proposal in layout.proposals if proposal.is_refused
        )

    def row(self, number: int, cells: Sequence[str]) -> list[str]:
        return [self._cell(number, index, cell) if cell else "" for index, cell in enumerate(cells)]

    def _cell(self, number: int, index: int, cell: str) -> str:
        if index in self._refused:
            return ""
        if cell[0] == "'":
            cell = as_written(cell)
        if not cell.isascii():
            mended = encoded_once(cell)
            if mended != cell:
                self._say(Kind.DOUBLED, _("Now it reads “%s”.") % mended[:60], number, index, cell)
                cell = mended
        if self.layout.has_html and is_markup(cell):
            heading = self._heading(index)
            self.issues.add_once(
                Kind.HTML, _("In this column HTML was made plain text."), row=number,
                column=heading, value=heading, table=self.layout.title,
            )  # fmt: skip
            return without_markup(cell)
        return cell

    def _say(self, kind: Kind, message: str, number: int, index: int, cell: str) -> None:
        self.issues.add(
            kind, message, row=number, column=self._heading(index), value=cell,
            table=self.layout.title,
        )  # fmt: skip

    def _heading(self, index: int) -> str:
        headings = self.layout.headings
        return headings[index] if index < len(headings) else ""
