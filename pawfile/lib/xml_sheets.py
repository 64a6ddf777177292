"""Rows of Excel-2003 XML (SpreadsheetML). Only the limited child process calls this."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # nosec B405

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from pawfile.lib.sheets import MAX_COLUMNS, SheetError

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def xml_tables(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Name and rows of each sheet. Cells and rows may leave gaps (``ss:Index``)."""
    try:
        yield from _tables(path)
    except DefusedXmlException as problem:
        raise SheetError(
            _("This XML file refers to other files or declares entities. Save it as .xlsx.")
        ) from problem
    except (ParseError, LookupError, ValueError) as problem:
        if isinstance(problem, SheetError):
            raise
        raise SheetError(
            _("This XML workbook is damaged. Open it in a spreadsheet program and save it as "
              ".xlsx.")
        ) from problem  # fmt: skip


def _tables(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    rows: list[tuple[int, list[str]]] = []
    name, number = "", 0
    for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            if element.tag == f"{_SS}Worksheet":
                name, number, rows = element.get(f"{_SS}Name", ""), 0, []
            continue
        if element.tag == f"{_SS}Row":
            number = _place(element, number)
            cells = _cells(element)
            rows.append((number, cells))
            number += _span(element, f"{_SS}Span")
            element.clear()
        elif element.tag == f"{_SS}Worksheet":
            element.clear()
            if rows:
                yield name, iter(rows)


def _place(element: Element, before: int) -> int:
    place = int(element.get(f"{_SS}Index", before + 1))
    if place <= before:
        raise ValueError(place)
    return place


def _span(element: Element, name: str) -> int:
    return max(0, int(element.get(name, 0)))


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    place = 0
    for cell in row.iter(f"{_SS}Cell"):
        place = _place(cell, place)
        if place > MAX_COLUMNS:
            raise SheetError(_("A sheet has more than 5,000 columns. Keep the columns you need."))
        cells += [""] * (place - 1 - len(cells))
        data = cell.find(f"{_SS}Data")
        cells.append("" if data is None else _text(data))
        place += _span(cell, f"{_SS}MergeAcross")
    return cells


def _text(data: Element) -> str:
    text = "".join(data.itertext())
    if data.get(f"{_SS}Type") == "DateTime":
        return text.removesuffix("T00:00:00.000")
    return text
