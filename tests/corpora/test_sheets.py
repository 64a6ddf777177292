"""Real text tables against what they are known to say."""

import json
from pathlib import Path
from typing import Any

import pytest

from pawfile.lib.sheets import open_sheet

pytestmark = pytest.mark.corpora


@pytest.mark.parametrize(
    "name",
    [
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8",
    ],
)
def test_the_spectrum_of_csv_reads_as_its_json_says(corpora: Path, name: str) -> None:
    folder = corpora / "csv-spectrum-npm"
    sheet = open_sheet(folder / "csvs" / f"{name}.csv")
    right = json.loads((folder / "json" / f"{name}.json").read_text(encoding="utf-8"))
    assert [dict(zip(sheet.headings, cells, strict=True)) for _, cells in sheet] == right


def test_the_twelfth_of_the_spectrum_reads_as_its_csv_says(corpora: Path) -> None:
    folder = corpora / "csv-spectrum-npm"
    sheet = open_sheet(folder / "csvs" / "location_coordinates.csv")
    right = json.loads((folder / "json" / "location_coordinates.json").read_text(encoding="utf-8"))
    # Its JSON is one object instead of a list, and has a phone number that is not in its CSV.
    assert right["Contact Phone Number"] == "1234567890"
    right["Contact Phone Number"] = "2095257564"
    assert [dict(zip(sheet.headings, cells, strict=True)) for _, cells in sheet] == [right]


@pytest.mark.parametrize(
    "name",
    [
        "premiere.utf8bom.csv",
        "premiere.utf16be.csv",
        "premiere.utf32be.csv",
        "premiere.utf32bebom.csv",
        "premiere.utf32lebom.csv",
        "premiere.win1252.csv",
    ],
)
def test_one_text_in_six_encodings_is_one_text(corpora: Path, name: str) -> None:
    folder = corpora / "phpspreadsheet-readers" / "tests" / "data" / "Reader" / "CSV"
    sheet = open_sheet(folder / name)
    assert sheet.headings == ["première", "second", "troisième"]
    assert list(sheet) == [(2, ["Quatrième", "cinquième", "sixième"])]


@pytest.mark.parametrize(
    ("name", "book"),
    [
        ("books.csv", "Some book"),
        ("books-dos.csv", "Some book"),
        ("books-mac.csv", "Some book"),
        ("books-mac.tsv", "Some book"),
        ("books-unicode.csv", "Some bookš"),
        ("books-unicode.tsv", "Some bookš"),
        ("books-ISO-8859-1.csv", "Merci à toi"),
    ],
)
def test_one_book_is_read_from_every_line_end_and_encoding(
    corpora: Path, name: str, book: str
) -> None:
    sheet = open_sheet(corpora / "django-import-export" / "tests" / "core" / "exports" / name)
    assert sheet.headings == ["id", "name", "author_email"]
    assert list(sheet) == [(2, ["1", book, "test@example.com"])]


def test_leading_zeros_stay(corpora: Path) -> None:
    sheet = open_sheet(corpora / "frictionless-data" / "data" / "leading-zeros.csv")
    assert list(sheet) == [(2, ["01"]), (3, ["002"]), (4, ["00003"])]


def test_headings_below_a_comment_are_read_when_named(corpora: Path) -> None:
    sheet = open_sheet(corpora / "frictionless-data" / "data" / "country-2.csv", headings_row=2)
    assert sheet.headings == ["id", "neighbor_id", "name", "population"]
    assert [number for number, _ in sheet] == [3, 4, 5, 6, 7]


def test_one_company_in_three_encodings_is_one_company(corpora: Path) -> None:
    folder = corpora / "exports" / "plain"
    names = ["clients-and-pets.csv", "clients-and-pets.cp1252.semicolon.csv", "cr-only.csv"]
    first, windows, mac = (open_sheet(folder / name) for name in names)
    assert [first.encoding, windows.encoding, mac.encoding] == ["utf-8-sig", "cp1252", "mac_roman"]
    assert [first.delimiter, windows.delimiter, mac.delimiter] == [",", ";", ","]
    assert first.headings == windows.headings == mac.headings
    rows = list(first)
    assert [number for number, _ in rows] == list(range(2, 666))
    assert _without_line_ends(rows) == _without_line_ends(list(windows))
    assert _without_line_ends(rows) == _without_line_ends(list(mac))


def _without_line_ends(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Rows whose cells end their lines alike: programs write their own line ends in cells too."""
    return [(number, ["\n".join(cell.splitlines()) for cell in cells]) for number, cells in rows]


@pytest.mark.parametrize(
    ("program", "name", "headings_row", "rows"),
    [
        ("messy", "clients-and-pets.csv", 3, 679),
        ("timetopet", "clients.csv", 1, 401),
        ("timetopet", "keys.csv", 1, 306),
        ("petsitterplus", "clients.csv", 1, 400),
        ("petsitterplus", "pets.csv", 1, 656),
        ("petsitterplus", "vets.csv", 1, 12),
        ("square", "customers.csv", 1, 400),
        ("google", "contacts.csv", 1, 403),
    ],
)
def test_rows_and_their_numbers_are_those_of_a_spreadsheet_program(
    corpora: Path, program: str, name: str, headings_row: int, rows: int
) -> None:
    sheet = open_sheet(corpora / "exports" / program / name, headings_row=headings_row)
    cells = {number: dict(zip(sheet.headings, row, strict=True)) for number, row in sheet}
    assert len(cells) + sheet.blank_rows == rows
    expected: Any = json.loads((corpora / "exports" / "expected.json").read_text(encoding="utf-8"))
    wrong = []
    for problem in expected["formats"][program]["problems"]:
        value = problem.get("value")
        if problem["file"] == name and isinstance(value, str) and problem["column"]:
            cell = cells.get(problem["row"], {}).get(problem["column"], "")
            if value.strip() not in cell:
                wrong.append(problem)
    assert wrong == []


def test_45591_licences_are_read(corpora: Path) -> None:
    sheet = open_sheet(corpora / "seattle-pet-licences" / "Seattle_Pet_Licenses.csv")
    numbers = [number for number, cells in sheet if len(cells) == len(sheet.headings) == 7]
    assert numbers == list(range(2, 45_593))


def test_228_licences_are_read(corpora: Path) -> None:
    sheet = open_sheet(corpora / "nyc-dog-licence-sample" / "NYC_Dog_Licensing_Dataset.csv")
    numbers = [number for number, cells in sheet if len(cells) == len(sheet.headings) == 8]
    assert numbers == list(range(2, 230))
