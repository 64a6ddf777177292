"""Folders of odd text tables: every file read as it is, or refused by name."""

from pathlib import Path

import pytest

from pawfile.lib.sheets import SheetError, open_sheet

pytestmark = pytest.mark.corpora

EMPTY = "This file is empty. Choose the file with the rows."
NO_ROWS = "There are no rows below the headings. Choose the file with rows."
ZIP = "This is a zip archive; save it as CSV first."

#: By file: encoding, delimiter, headings, rows, blank rows, rows with more cells than headings;
#: or the refusal.
Reading = tuple[str, str, int, int, int, int] | str

CSVLINT: dict[str, Reading] = {
    "cr-line-endings.csv": ("utf-8", ",", 3, 2, 0, 0),
    "crlf-line-endings.csv": ("utf-8", ",", 3, 2, 0, 0),
    "inconsistent-line-endings-unquoted.csv": ("utf-8", ",", 3, 2, 0, 0),
    "inconsistent-line-endings.csv": ("utf-8", ",", 3, 2, 0, 0),
    "invalid-byte-sequence.csv": ("latin-1", ",", 7, 23, 0, 0),
    "invalid_many_rows.csv": ("utf-8", ",", 3, 9, 2, 0),
    "lf-line-endings.csv": ("utf-8", ",", 3, 2, 0, 0),
    "title-row.csv": ("utf-8", ",", 3, 3, 0, 0),
    "valid.csv": ("utf-8", ",", 3, 2, 0, 0),
    "valid_many_rows.csv": ("utf-8", ",", 3, 6, 0, 0),
    "white space in filename.csv": ("utf-8", ",", 3, 2, 0, 0),
    "windows-line-endings.csv": ("utf-8", ",", 3, 1, 0, 0),
}
DJANGO_IMPORT_EXPORT: dict[str, Reading] = {
    "books-sample.csv": ("utf-8", ",", 10, 3, 0, 0),
    "core/exports/authors.csv": ("utf-8", ",", 2, 1, 0, 0),
    "core/exports/books-ISO-8859-1.csv": ("latin-1", ",", 3, 1, 0, 0),
    "core/exports/books-dos.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/books-for-delete.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/books-invalid-date.csv": ("utf-8", ",", 3, 2, 0, 0),
    "core/exports/books-mac.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/books-mac.tsv": ("utf-8", "\t", 3, 1, 0, 0),
    "core/exports/books-no-headers.csv": NO_ROWS,
    "core/exports/books-unicode.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/books-unicode.tsv": ("utf-8", "\t", 3, 1, 0, 0),
    "core/exports/books.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/child.csv": ("utf-8", ",", 3, 1, 0, 0),
    "core/exports/ebooks.csv": ("utf-8", ",", 3, 1, 0, 0),
}
FRICTIONLESS: dict[str, Reading] = {
    "[table].csv": ("utf-8", ",", 2, 2, 0, 0),
    "blank-rows-multiple.csv": ("utf-8", ",", 3, 2, 11, 0),
    "blank-rows-no-fields.csv": ("utf-8", ",", 3, 2, 1, 0),
    "bom.csv": ("utf-8-sig", ",", 2, 2, 0, 0),
    "capital-3.csv": ("utf-8", ",", 2, 5, 0, 0),
    "capital-invalid.csv": ("utf-8", ",", 3, 10, 1, 1),
    "capitals.csv": ("utf-8", ",", 3, 5, 0, 0),
    "chunk3.csv": NO_ROWS,
    "compression/implicit-zip.csv": ZIP,
    "countries-cleaned.csv": ("utf-8", ",", 4, 4, 0, 0),
    "countries-truefalsevalues.csv": ("utf-8", ",", 2, 2, 0, 0),
    "country-2.csv": ("utf-8", ";", 1, 6, 0, 6),
    "country-3.csv": ("utf-8", ",", 4, 5, 0, 0),
    "data.csv": ("utf-8", ",", 4, 2, 0, 0),
    "data2.csv": ("utf-8", ",", 2, 3, 0, 0),
    "delimiter.csv": ("utf-8", ";", 2, 2, 0, 0),
    "duplicate-column.csv": ("utf-8", ",", 4, 1, 0, 0),
    "duplicate-rows.csv": ("utf-8", ",", 3, 3, 0, 0),
    "empty.csv": EMPTY,
    "floats.csv": ("utf-8", ",", 1, 5, 0, 0),
    "geopoint/data/geopoint-object.csv": ("utf-8", ",", 2, 3, 0, 0),
    "invalid/data.csv": ("utf-8", ",", 4, 2, 1, 0),
    "invalid/data2.csv": ("utf-8", ",", 2, 3, 1, 0),
    "invalid.csv": ("utf-8", ",", 4, 3, 1, 1),
    "issue-1004-data1.csv": ("utf-8", ",", 4, 5, 0, 1),
    "issue-1004-data2.csv": ("utf-8", ",", 4, 3, 1, 1),
    "issue-1009-semicolon.csv": ("utf-8", ";", 2, 1, 0, 0),
    "issue-1066-largecellsize.csv": ("utf-8", ",", 2, 19, 0, 0),
    "issue-1066-largecellsizewithdeviation.csv": ("utf-8", ",", 2, 19, 0, 0),
    "issue-1066-smallcellsizewithdeviation.csv": ("utf-8", ",", 2, 12, 0, 0),
    "issue-1100.csv": ("utf-8", ";", 2, 2, 0, 0),
    "issue-305.csv": ("utf-8", ",", 31, 338, 0, 0),
    "issue-833.csv": ("utf-8", ",", 2, 3, 0, 0),
    "issue-905/bad.csv": ("utf-8", ",", 2, 1, 0, 0),
    "issue-905/ok1.csv": ("utf-8", ",", 2, 1, 0, 0),
    "issue-991.csv": ("utf-8", ",", 3, 1, 0, 0),
    "latin1.csv": ("latin-1", ",", 2, 2, 0, 0),
    "leading-zeros.csv": ("utf-8", ",", 1, 3, 0, 0),
    "long.csv": ("utf-8", ",", 2, 6, 0, 0),
    "matrix-with-comment.csv": ("utf-8", ",", 1, 5, 0, 5),
    "matrix.csv": ("utf-8", ",", 4, 4, 0, 0),
    "nested-invalid.csv": ("utf-8", ",", 3, 5, 0, 0),
    "nested.csv": ("utf-8", ",", 3, 4, 0, 0),
    "package/data2.csv": ("utf-8", ",", 2, 3, 0, 0),
    "package-dialect-no-header.csv": ("utf-8", ",", 3, 2, 0, 0),
    "primary-file-types.csv": ("utf-8", ",", 3, 2, 0, 0),
    "skip-blank-at-the-end.csv": ("utf-8", ",", 2, 2, 1, 0),
    "skip-rows.csv": ("utf-8", ",", 1, 4, 0, 3),
    "structure-errors.csv": ("utf-8", ",", 3, 3, 1, 1),
    "sync-schema.csv": ("utf-8", ",", 2, 2, 0, 0),
    "table-1MB.csv": ("utf-8", ",", 10, 9999, 0, 0),
    "table-chunks/data1/chunk2.csv": ("utf-8", ",", 2, 1, 0, 0),
    "table-delimiter.csv": ("utf-8", ";", 2, 2, 0, 0),
    "table-infer-iso-8859-7.csv": ("latin-1", ",", 3, 4, 0, 0),
    "table-infer-missing-values.csv": ("utf-8", ",", 3, 7, 0, 0),
    "table-infer-row-limit.csv": ("utf-8", ",", 3, 11, 0, 0),
    "table-infer.csv": ("utf-8", ",", 3, 4, 0, 0),
    "table-limits.csv": ("utf-8", ",", 4, 3, 0, 0),
    "table.csv": ("utf-8", ",", 2, 2, 0, 0),
    "timezone-with-id.csv": ("utf-8", ",", 3, 4, 0, 0),
    "timezone.csv": ("utf-8", ",", 2, 4, 0, 0),
    "transform-pivot.csv": ("utf-8", ",", 4, 12, 0, 0),
    "transform.csv": ("utf-8", ",", 3, 3, 0, 0),
    "transpose.csv": ("utf-8", ",", 4, 2, 0, 0),
    "unique-field.csv": ("utf-8", ",", 3, 9, 0, 0),
    "vix.csv": ("utf-8", ";", 5, 2, 0, 0),
    "zipped-resources/ogd10_energieforschungstatistik_ch.csv": ("utf-8", ",", 6, 2311, 0, 0),
    "Таблица.csv": ("utf-8", ",", 2, 2, 0, 0),
}
PHPSPREADSHEET: dict[str, Reading] = {
    "CSV/NumberFormatTest.de.csv": ("utf-8", ",", 3, 4, 0, 0),
    "CSV/empty.csv": EMPTY,
    "CSV/encoding.utf16be.csv": ("utf-16-be", ",", 2, 1, 0, 0),
    "CSV/encoding.utf16le.csv": ("utf-16-le", ",", 2, 1, 0, 0),
    "CSV/encoding.utf32be.csv": ("utf-32-be", ",", 2, 1, 0, 0),
    "CSV/encoding.utf32le.csv": ("utf-32-le", ",", 2, 1, 0, 0),
    "CSV/encoding.utf8bom.csv": ("utf-8-sig", ",", 2, 1, 0, 0),
    "CSV/escape.csv": ("utf-8", ";", 10, 3, 0, 0),
    "CSV/issue.2232.csv": ("utf-8", ",", 3, 4, 0, 0),
    "CSV/line_break_escaped_32le.csv": ("utf-32-le", ",", 3, 4, 0, 0),
    "CSV/line_break_in_enclosure.csv": ("utf-8", ",", 3, 5, 0, 0),
    "CSV/line_break_in_enclosure_with_escaped_quotes.csv": ("utf-8", ",", 3, 4, 0, 0),
    "CSV/linend.mac.csv": ("utf-8", ",", 2, 1, 0, 0),
    "CSV/linend.win.csv": ("utf-8", ",", 2, 1, 0, 0),
    "CSV/premiere.utf16be.csv": ("utf-16-be", ",", 3, 1, 0, 0),
    "CSV/premiere.utf32be.csv": ("utf-32-be", ",", 3, 1, 0, 0),
    "CSV/premiere.utf32bebom.csv": ("utf-32", ",", 3, 1, 0, 0),
    "CSV/premiere.utf32lebom.csv": ("utf-32", ",", 3, 1, 0, 0),
    "CSV/premiere.utf8bom.csv": ("utf-8-sig", ",", 3, 1, 0, 0),
    "CSV/premiere.win1252.csv": ("latin-1", ",", 3, 1, 0, 0),
    "HTML/csv_with_angle_bracket.csv": NO_ROWS,
}


def reading(path: Path) -> Reading:
    try:
        sheet = open_sheet(path)
        rows = list(sheet)
    except SheetError as refusal:
        return str(refusal)
    width = len(sheet.headings)
    assert all(len(cells) >= width for _, cells in rows)
    too_long = sum(len(cells) > width for _, cells in rows)
    return sheet.encoding, sheet.delimiter, width, len(rows), sheet.blank_rows, too_long


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("csvlint-fixtures/features/fixtures", CSVLINT),
        ("django-import-export/tests", DJANGO_IMPORT_EXPORT),
        ("frictionless-data/data", FRICTIONLESS),
        ("phpspreadsheet-readers/tests/data/Reader", PHPSPREADSHEET),
    ],
    ids=["csvlint", "django-import-export", "frictionless", "phpspreadsheet"],
)
def test_every_table_is_read_as_it_is_or_refused_by_name(
    corpora: Path, folder: str, expected: dict[str, Reading]
) -> None:
    base = corpora / folder
    there = {str(path.relative_to(base)) for path in base.rglob("*.[ct]sv")}
    assert there == set(expected)
    assert {name: reading(base / name) for name in expected} == expected
