"""The child process that reads files of strangers: little memory, little time, nothing to lose.

``tables.py`` starts it. It writes lines of JSON: an object for each table, a list for some of its
rows, and at the end an object that says so or why the file is refused.
"""

import json
import resource
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

settings.configure(USE_I18N=False)  # the parent translates; loading all of Django takes too long

from django.utils.translation import gettext as _  # noqa: E402

from pawfile.lib.filetypes import described, kind_of_bytes  # noqa: E402
from pawfile.lib.sheets import SheetError, open_sheet  # noqa: E402

MEMORY = 512_000_000
_ROWS_A_LINE = 200
_MOST_TEXT_A_LINE = 1_000_000

Rows = Iterable[tuple[int, list[str]]]


def tables_of(path: Path) -> Iterator[tuple[dict[str, str], Rows]]:
    """What there is to say of each table, and its rows."""
    with path.open("rb") as file:
        head = file.read(4096)
    kind = kind_of_bytes(head)
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").upper()
    if kind == "OLE" or b"xl/workbook.bin" in _zip_names(path, kind):
        raise SheetError(
            _("This is an old Excel workbook (.xls, .xlsb) or has a password. Open it and save it "
              "as .xlsx.")
        )  # fmt: skip
    if kind in ("XLSX", "ODS", "ZIP", "DOCX"):
        from pawfile.lib.workbooks import workbook_tables

        names = _zip_names(path, kind)
        if kind == "DOCX" or not (b"xl/" in names or b"content.xml" in names):
            raise SheetError(_("This is %s; save it as CSV first.") % described(kind))
        for name, rows in workbook_tables(path):
            yield {"name": name, "format": "workbook"}, rows
    elif kind == "SPREADSHEETML" or b"<WORKBOOK" in start:
        from pawfile.lib.xml_sheets import xml_tables

        for name, rows in xml_tables(path):
            yield {"name": name, "format": "xml"}, rows
    elif start.startswith(b"BEGIN:VCARD"):
        from pawfile.lib.vcards import contact_rows

        yield {"name": "", "format": "vcard"}, contact_rows(path)
    else:
        sheet = open_sheet(path)
        about = {"encoding": sheet.encoding, "delimiter": sheet.delimiter}
        yield {"name": "", "format": "text", **about}, sheet.records()


def _zip_names(path: Path, kind: str) -> bytes:
    """The names in a zip archive's directory, which stands at its end."""
    if kind not in ("XLSX", "ODS", "ZIP", "DOCX"):
        return b""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 2_000_000))
        return file.read()


def write(thing: Any) -> None:
    sys.stdout.write(json.dumps(thing, ensure_ascii=True, separators=(",", ":")))
    sys.stdout.write("\n")


def tell(path: Path, only: int | None, most: int | None) -> None:
    """Write the tables: all, or the one of this number; of each at most so many rows."""
    count = 0
    for place, (about, rows) in enumerate(tables_of(path)):
        if only is not None and place != only:
            continue
        count += 1
        write({"table": {**about, "place": place}})
        batch: list[tuple[int, list[str]]] = []
        size, is_cut = 0, False
        for place_of_row, row in enumerate(rows):
            if place_of_row == most:
                is_cut = True
                break
            batch.append(row)
            size += sum(map(len, row[1]))
            if len(batch) >= _ROWS_A_LINE or size > _MOST_TEXT_A_LINE:
                write(batch)
                batch, size = [], 0
        if batch:
            write(batch)
        if is_cut:
            write({"cut": place})
        if only is not None:
            break
    if not count:
        raise SheetError(_("This file is empty. Choose the file with the rows."))


def main(path: str, only: str, most: str, seconds: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        tell(Path(path), int(only) if only else None, int(most) if most else None)
        write({"end": ""})
    except BrokenPipeError:
        return 0
    except SheetError as refusal:
        write({"refused": str(refusal)})
    except MemoryError:
        write({"refused": _("This file needs too much memory. Save it as CSV, or split it.")})
    except BaseException as problem:  # noqa: BLE001 - some readers raise what is no Exception
        write({"broken": type(problem).__name__})
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
