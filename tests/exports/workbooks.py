"""A workbook as a spreadsheet program reads it: the kind and the text of each cell."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(data: bytes) -> list[list[str]]:
    """The texts of the first sheet. Fails on a cell that is no text: a formula, or a number."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        sheet = ET.fromstring(file.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        cells: dict[int, str] = {}
        for cell in row:
            assert cell.get("t") == "inlineStr", ET.tostring(cell)
            cells[column(cell.get("r") or "")] = "".join(cell.itertext())
        rows.append([cells.get(place, "") for place in range(max(cells, default=-1) + 1)])
    return rows


def column(reference: str) -> int:
    number = 0
    for sign in filter(str.isalpha, reference):
        number = number * 26 + ord(sign) - 64
    return number - 1
