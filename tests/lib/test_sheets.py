"""CSV as any program writes it: read row by row, or refused with what would be right."""

import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pawfile.lib import sheets
from pawfile.lib.sheets import Sheet, SheetError, open_sheet

Opener = Callable[[str | bytes], Sheet]


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Opens a file with this content."""

    def run(content: str | bytes) -> Sheet:
        path = tmp_path / "clients.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_sheet(path)

    return run


def test_rows_have_the_numbers_a_spreadsheet_program_shows(opened: Opener) -> None:
    sheet = opened('Name,Note\r\nAnn,"two\r\nlines"\r\n\r\n , \r\nBob,x\r\n')
    assert sheet.headings == ["Name", "Note"]
    assert list(sheet) == [(2, ["Ann", "two\r\nlines"]), (5, ["Bob", "x"])]
    assert sheet.blank_rows == 2


def test_a_sheet_can_be_read_again(opened: Opener) -> None:
    sheet = opened("Name\nAnn\n\nBob\n")
    assert list(sheet) == list(sheet) == [(2, ["Ann"]), (4, ["Bob"])]
    assert sheet.blank_rows == 1


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_line_end_and_delimiter_is_found_out(
    opened: Opener, delimiter: str, end: str
) -> None:
    rows = [["Name", "Note"], ["Ann", f'"a{end}b{delimiter}c"'], ["Bob", "Lee, 1;5"]]
    rows[2][1] = f'"{rows[2][1]}"'
    sheet = opened(end.join(delimiter.join(row) for row in rows))
    assert sheet.delimiter == delimiter
    assert list(sheet) == [(2, ["Ann", f"a{end}b{delimiter}c"]), (3, ["Bob", "Lee, 1;5"])]


def test_mixed_line_ends_are_read(opened: Opener) -> None:
    sheet = opened("Name,Note\r\nAnn,1\nBob,2\rCleo,3")
    assert list(sheet) == [(2, ["Ann", "1"]), (3, ["Bob", "2"]), (4, ["Cleo", "3"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_a_sep_line_names_the_delimiter_and_is_no_row(opened: Opener, delimiter: str) -> None:
    for line in (f"sep={delimiter}\r\n", f"\ufeffSEP={delimiter}\n", f'"sep={delimiter}"\r'):
        sheet = opened(f"{line}Name{delimiter}Note\r\nAnn{delimiter}1,2;3\r\n")
        if delimiter not in ",;":
            assert list(sheet) == [(2, ["Ann", "1,2;3"])]
        assert sheet.delimiter == delimiter
        assert sheet.headings == ["Name", "Note"]


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("Name;Price\nWalk, long;1,5\nStay, short;2,5\n", ";"),
        ("Name,Tags\nAnn,a;b;c\nBob,d;e;f\n", ","),
        ("Client list, as of today\n\nName;Phone;Note\nAnn;1;a, b\nBob;2;c\n", ";"),
        ("Name\nAnn\nBob\n", ","),
        ("Name\tNote\nAnn\tCall, then; wait | see\n", "\t"),
    ],
)
def test_the_delimiter_is_the_one_that_divides_most_evenly(
    opened: Opener, content: str, delimiter: str
) -> None:
    assert opened(content).delimiter == delimiter


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "cp1252", "mac_roman"),
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"),
    ],
)
def test_every_encoding_gives_the_same_text(opened: Opener, encoding: str) -> None:
    text = 'Prénom,Note\r\n"Zoë",“ça va” – très bien\r\nJosé,naïve\r\n'
    sheet = opened(text.encode(encoding))
    assert sheet.headings == ["Prénom", "Note"]
    assert list(sheet) == [(2, ["Zoë", "“ça va” – très bien"]), (3, ["José", "naïve"])]


def test_what_was_found_out_wrongly_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes("Clients\n\nΌνομα;Note\nΕλένη;x\n".encode("iso8859-7"))
    sheet = open_sheet(path, encoding="iso8859-7", delimiter=";", headings_row=3)
    assert sheet.headings == ["Όνομα", "Note"]
    assert list(sheet) == [(4, ["Ελένη", "x"])]


def test_the_headings_are_the_first_row_that_is_not_blank(opened: Opener) -> None:
    sheet = opened("\n,,\nName,Phone\nAnn,1\n")
    assert (sheet.headings, sheet.headings_row) == (["Name", "Phone"], 3)
    assert list(sheet) == [(4, ["Ann", "1"])]
    assert sheet.blank_rows == 0


def test_no_heading_is_blank_or_twice(opened: Opener) -> None:
    sheet = opened('Name ,,File,File,File#2,File,"First\nname"\n1,2,3,4,5,6,7\n')
    assert sheet.headings[:3] == ["Name", "column 2", "File"]
    assert sheet.headings[3:] == ["File#3", "File#2", "File#4", "First name"]


def test_short_rows_are_filled_and_long_ones_keep_their_cells(opened: Opener) -> None:
    sheet = opened("a,b,c\n1\n1,2,3,4\n1,2,3, ,\n")
    assert list(sheet) == [(2, ["1", "", ""]), (3, ["1", "2", "3", "4"]), (4, ["1", "2", "3"])]


def test_cells_are_kept_as_they_are(opened: Opener) -> None:
    sheet = opened('a,b,c\n 01 ,"say ""hi""",=1+1\n')
    assert list(sheet) == [(2, [" 01 ", 'say "hi"', "=1+1"])]


def _zip(name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty. Choose the file with the rows."),
        (b"\xef\xbb\xbf\r\n \r\n", "This file is empty."),
        (b"Name,Phone\r\n", "There are no rows below the headings."),
        (b"Name,Phone\r\n,\r\n\r\n", "There are no rows below the headings."),
        (_zip("xl/workbook.xml"), "This is an Excel workbook; save it as CSV first."),
        (_zip("a.csv"), "This is a zip archive; save it as CSV first."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "This is an old Excel or Word file; save it as"),
        (b"%PDF-1.7\n", "This is a PDF; save it as CSV first."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "This is a picture (PNG); save it as CSV first."),
        (b"<html><table>", "This is a web page; save it as CSV first."),
        (b"Name,Phone\r\nAnn,1\r\nBo\0b,2\r\n", "Row 3 has zero bytes, as no text has."),
        (
            "José,Zoë\nñ,ü\n".encode() + b"\xe9,1\n",
            "Some of this file is not UTF-8 as the rest is.",
        ),
        ("a,b\n1,2\n".encode("utf-16") + b"\0\xd8a", "Some of this file is not UTF-16 as the rest"),
        (b'a,b\n1,"2\n3,4\n5,6\n', "Row 2 has a quotation mark that is never closed."),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_what_would_be_right(
    opened: Opener, content: bytes, message: str
) -> None:
    with pytest.raises(SheetError) as refusal:
        list(opened(content))
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("start", ["BMI", "MZ", "ID3 tag", "8BPS"])
def test_a_heading_that_looks_like_a_file_type_is_a_heading(opened: Opener, start: str) -> None:
    assert opened(f"{start},Name\n1,Ann\n").headings == [start, "Name"]


def test_a_file_over_200_megabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    with path.open("wb") as file:
        file.truncate(sheets.MAX_BYTES + 1)
    with pytest.raises(SheetError, match="larger than 200 MB"):
        open_sheet(path)


def test_5000_columns_are_read_and_more_are_refused(opened: Opener) -> None:
    row = ",".join("x" * 5000)
    assert len(opened(f"{row}\n{row}\n").headings) == 5000
    with pytest.raises(SheetError, match="Row 1 has more than 5,000 columns"):
        opened(f"{row},x\n{row}\n")
    with pytest.raises(SheetError, match="Row 3 has more than 5,000 columns"):
        list(opened(f"{row}\n{row}\n{row},x\n"))


def test_a_cell_of_a_megabyte_is_read_and_a_longer_one_is_refused(opened: Opener) -> None:
    cell = "x" * sheets.MAX_CELL
    assert list(opened(f"a,b\n1,{cell}\n")) == [(2, ["1", cell])]
    with pytest.raises(SheetError, match="Row 3 has a cell of over 1 MB"):
        list(opened(f"a,b\n1,2\n1,{cell}x\n"))


def test_a_row_of_eight_megabytes_is_refused(opened: Opener) -> None:
    line = ",".join(["x" * 900_000] * 10)
    with pytest.raises(SheetError, match="Row 2 is longer than 8 MB"):
        list(opened(f"a,b\n{line}\n"))


def test_a_quotation_mark_never_closed_in_a_long_file_is_found(opened: Opener) -> None:
    with pytest.raises(SheetError, match="Row 2 has a cell of over 1 MB, or a quotation mark"):
        list(opened('a,b\n"1,2\n' + "3,4\n" * 300_000))


def test_memory_stays_flat_however_long_the_file_is(opened: Opener) -> None:
    content = "Name,Note\n" + "Ann,an ordinary note about a dog\n" * 30_000
    sheet = opened(content)
    tracemalloc.start()
    try:
        assert sum(1 for _ in sheet) == 30_000
        assert tracemalloc.get_traced_memory()[1] < len(content) / 4
    finally:
        tracemalloc.stop()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(alphabet='a,;"\r\n\t|=sep', max_size=60))
def test_any_bytes_are_read_or_refused(opened: Opener, content: str | bytes) -> None:
    try:
        rows = list(opened(content))
    except SheetError:
        return
    assert [number for number, _ in rows] == sorted({number for number, _ in rows})
    assert all(any(map(str.strip, cells)) for _, cells in rows)
