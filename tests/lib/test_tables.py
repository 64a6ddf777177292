"""Files of strangers are read by a child: tables come out, or a refusal that says why."""

import zipfile
from pathlib import Path

import pytest

from pawfile.lib.headings import find_headings
from pawfile.lib.sheets import SheetError
from pawfile.lib.tables import open_tables

XML = """<?xml version="1.0"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{sheets}</Workbook>"""
SHEET = """<Worksheet ss:Name="{name}"><Table>
<Row><Cell><Data ss:Type="String">Name</Data></Cell>
<Cell><Data ss:Type="String">Zip</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="String"><![CDATA[0<1]]></Data></Cell></Row>
</Table></Worksheet>"""


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SheetError) as problem:
        open_tables(path)
    return str(problem.value)


def test_a_text_file_is_one_table(tmp_path: Path) -> None:
    (table,) = open_tables(written(tmp_path, "a.csv", "Name,Zip\nAnn,02134\n\nBob\n"))
    assert (table.title, table.headings) == ("a.csv", ["Name", "Zip"])
    assert list(table) == [(2, ["Ann", "02134"]), (4, ["Bob", ""])]
    assert table.blank_rows == 1


def test_a_long_table_is_read_anew_each_time(tmp_path: Path) -> None:
    rows = "".join(f"{number},x\n" for number in range(1000))
    (table,) = open_tables(written(tmp_path, "a.csv", f"Name,Zip\n{rows}"))
    assert table.whole is None
    assert len(list(table)) == len(list(table)) == 1000


def test_every_sheet_of_an_xml_workbook_is_a_table_with_its_gaps(tmp_path: Path) -> None:
    sheets = SHEET.format(name="One") + SHEET.format(name="Two")
    tables = open_tables(written(tmp_path, "a.xml", XML.format(sheets=sheets)))
    assert [table.title for table in tables] == ["a.xml, One", "a.xml, Two"]
    assert list(tables[1]) == [(4, ["", "0<1"])]


def test_contacts_are_rows(tmp_path: Path) -> None:
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nN:Lee;Ann;;;\n"
        "TEL;TYPE=HOME:303-555-0122\nEND:VCARD\n"
    )
    (table,) = open_tables(written(tmp_path, "a.vcf", card))
    assert dict(zip(table.headings, table.samples[0][1], strict=True)) == {
        "First name": "Ann", "Last name": "Lee", "Home phone": "303-555-0122",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"Name,Zip\n", "no rows below the headings"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 no archive at all", "zip archive"),
        (",".join(f"c{place}" for place in range(5001)).encode() + b"\n1\n", "5,000 columns"),
        (b"BEGIN:VCARD\nnonsense", "contacts"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Workbook>&b;", "entities"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(written(tmp_path, "a.csv", content))


def test_a_workbook_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    assert "too large" in refusal(path)


def test_a_text_file_of_over_200_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"Name,Zip\n")
        file.truncate(200_000_001)
    assert "200 MB" in refusal(path)


def test_a_second_row_of_groups_is_part_of_the_headings() -> None:
    found = find_headings([
        (1, ["Name", "Phone", "Name", "Phone", "Email", "Note", "Key", "Zip"]),
        (2, ["Owner", "Owner", "Owner", "Owner", "Other", "Other", "Other", "Other"]),
        (3, ["Ann", "1", "Bob", "2", "a@b.org", "", "", "02134"]),
    ])  # fmt: skip
    assert found is not None
    assert (found.row, found.last_row) == (1, 2)
    assert found.names[:2] == ["Name [Owner]", "Phone [Owner]"]


def test_a_title_above_the_headings_is_no_heading() -> None:
    found = find_headings([(1, ["Our clients"]), (3, ["Name", "Zip", "City"]), (4, list("ABC"))])
    assert found is not None
    assert (found.row, found.names) == (3, ["Name", "Zip", "City"])
