"""Birthdays in the messy sheet and in a licence register, against what they really say."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pawfile.lib.births import BornError, understand_born

pytestmark = pytest.mark.corpora


def test_every_age_and_birthday_of_the_messy_sheet_is_understood_or_questioned(
    corpora: Path,
) -> None:
    expected = json.loads((corpora / "exports" / "expected.json").read_text(encoding="utf-8"))
    today = date.fromisoformat(expected["as_of"])
    problems = {
        problem["row"]: problem
        for problem in expected["formats"]["messy"]["problems"]
        if problem["column"] == "Age / DOB"
    }
    sheet = corpora / "exports" / "messy" / "clients-and-pets.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        cells = {number: row[8] for number, row in enumerate(csv.reader(file), 1) if len(row) > 8}
    wrong = []
    for number, text in cells.items():
        if text != "Age / DOB" and not _as_expected(text, problems.get(number), today):
            wrong.append((number, text, problems.get(number)))
    assert wrong == []
    assert len(problems) == 347


def _as_expected(text: str, problem: dict[str, Any] | None, today: date) -> bool:
    kind = problem["kind"] if problem else None
    try:
        born = understand_born(text, today=today).iso()
    except BornError as error:
        readings = [day.iso() for day in error.readings]
        return error.kind == kind and readings == (problem or {}).get("accept", [])
    if problem is None:
        return bool(born) == bool(text)
    if kind == "age_text":
        years, months = problem["accept"]["years"], problem["accept"].get("months", [])
        return born in [*map(str, years), *months]
    if kind == "ambiguous_date":
        return problem["settled_by"] == "dots" and born in problem["accept"]
    return kind == "blank_word" and born == ""


def test_every_birth_year_of_the_new_york_sample_is_a_year(corpora: Path) -> None:
    sheet = corpora / "nyc-dog-licence-sample" / "NYC_Dog_Licensing_Dataset.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        years = [row["AnimalBirthYear"] for row in csv.DictReader(file)]
    assert len(years) == 228
    assert [understand_born(year, today=date(2026, 11, 22)).iso() for year in years] == years


def test_the_long_dates_of_the_seattle_register_are_read_to_the_day(corpora: Path) -> None:
    sheet = corpora / "seattle-pet-licences" / "Seattle_Pet_Licenses.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        days = {row["License Issue Date"] for row in csv.DictReader(file)}
    read = {understand_born(day, today=date(2026, 11, 22)) for day in days}
    assert all(day.day for day in read)
    assert len(read) == len(days) == 938
