"""Whole files through the importer, judged against what is known of them."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pawfile.imports.command import UNUSABLE, WORKED, import_and_report
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Issue, Kind
from pawfile.imports.models import SourceClient
from pawfile.imports.run import ImportRun
from pawfile.lib.columns import key_ring
from pawfile.lib.formulas import as_written
from pawfile.lib.sheets import SheetError, open_sheet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet

pytestmark = [pytest.mark.corpora, pytest.mark.django_db]

PLAIN = ["clients-and-pets.csv", "clients-and-pets.cp1252.semicolon.csv", "cr-only.csv"]
CLIENT_TEXTS = [
    *("first_name", "last_name", "partner_first_name", "partner_last_name", "street", "street2"),
    *("city", "state", "zip_code", "emergency_name", "status"),
]
PET_TEXTS = [
    *("name", "animal", "breed", "sex", "color_markings", "weight", "microchip", "feeding"),
    *("medication", "office_notes"),
]
SECRETS = ["door_code", "lockbox_code", "alarm_code"]
PHONES = ["cell_phone", "home_phone", "emergency_phone"]


def finished(path: Path, *mapped: str, fixed: tuple[str, ...] = ()) -> ImportRun:
    run = ImportRun(path, mapped=mapped, fixed=fixed)
    run.run()
    return run


def outcomes(run: ImportRun) -> list[dict[str, int]]:
    tallies = (run.tally.clients, run.tally.pets)
    return [{name: count for name, count in tally.items() if count} for tally in tallies]


@pytest.fixture
def truth(corpora: Path) -> Iterator[dict[str, Any]]:
    """What is true of the invented company, with the clock on its day."""
    known = json.loads((corpora / "exports" / "expected.json").read_text(encoding="utf-8"))
    with time_machine.travel(f"{known['as_of']} 12:00:00Z"):
        yield known


def client_truth(client: dict[str, Any], clinics: dict[str, Any]) -> dict[str, Any]:
    vet = clinics.get(client.get("vet", ""))
    return {
        **{key: client.get(key, "") for key in (*CLIENT_TEXTS, *SECRETS)},
        **{key: client.get(key, "") for key in PHONES},
        "email": client.get("email", ""),
        "uses_keys": client["uses_keys"],
        "vet": (vet["clinic"], vet["phone"]) if vet else None,
    }


def client_read(client: Client) -> dict[str, Any]:
    vet = client.vet
    return {
        **{key: getattr(client, key) for key in CLIENT_TEXTS},
        **{key: key_ring().unseal(getattr(client, key)) for key in SECRETS},
        **{key: client.phones_e164.get(key, "") for key in PHONES},
        "email": client.email,
        "uses_keys": client.uses_keys,
        "vet": (vet.name, f"+1{vet.phone.replace('-', '')}") if vet else None,
    }


def pet_truth(pet: dict[str, Any]) -> dict[str, Any]:
    return {
        **{key: pet.get(key, "") for key in PET_TEXTS},
        "born": pet.get("born", ""),
        "spayed_neutered": pet.get("spayed_neutered"),
        "active": pet["active"],
    }


def pet_read(pet: Pet) -> dict[str, Any]:
    return {
        **{key: getattr(pet, key) for key in PET_TEXTS},
        "born": pet.born.iso(),
        "spayed_neutered": pet.spayed_neutered,
        "active": pet.active,
    }


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_table_comes_to_what_is_true(
    corpora: Path, truth: dict[str, Any], name: str
) -> None:
    path = corpora / "exports" / "plain" / name
    first = finished(path)
    assert outcomes(first) == [{"created": 400}, {"created": 654}]
    assert first.tally.rows == {"pets": 654, "clients only": 10, "blank": 0, "repeated": 0,
                                "problems": 0}  # fmt: skip
    company = truth["company"]
    clinics = {vet["ref"]: vet for vet in company["vets"]}
    pets = {pet["ref"]: pet for pet in company["pets"]}
    read = {client.phones_e164["cell_phone"]: client for client in Client.objects.all()}
    assert len(read) == 400
    for client in company["clients"]:
        stored = read[client["cell_phone"]]
        assert client_read(stored) == client_truth(client, clinics), client["ref"]
        assert sorted_pets(pet_read(pet) for pet in stored.pets.all()) == sorted_pets(
            pet_truth(pets[ref]) for ref in client.get("pets", [])
        ), client["ref"]
    assert Vet.objects.count() == 12
    assert first.layouts[0].left_out == ["Client Since"]
    second = finished(path)
    assert outcomes(second) == [{"unchanged": 400}, {"unchanged": 654}]
    assert (Client.objects.count(), Pet.objects.count(), Vet.objects.count()) == (400, 654, 12)


def sorted_pets(pets: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(pets, key=lambda pet: (pet["name"], pet["animal"], pet["born"]))


def test_pairs_of_one_name_stay_apart_and_no_day_is_invented(
    corpora: Path, truth: dict[str, Any]
) -> None:
    finished(corpora / "exports" / "plain" / PLAIN[0])
    clients = {client["ref"]: client for client in truth["company"]["clients"]}
    pets = {pet["ref"]: pet for pet in truth["company"]["pets"]}
    for pair in truth["facts"]["clients_of_one_name"]:
        phones = {clients[ref]["cell_phone"] for ref in pair}
        first, last = clients[pair[0]]["first_name"], clients[pair[0]]["last_name"]
        found = Client.objects.filter(first_name=first, last_name=last)
        assert {client.phones_e164["cell_phone"] for client in found} == phones
    for one, other in truth["facts"]["pets_of_one_name"]:
        owner = clients[pets[one]["owner"]]["cell_phone"]
        both = Pet.objects.filter(client__phones_e164__cell_phone=owner, name=pets[one]["name"])
        assert sorted(both.values_list("animal", flat=True)) == sorted(
            [pets[one]["animal"], pets[other]["animal"]]
        )
    for ref in truth["facts"]["no_birth_day"]:
        owner = clients[pets[ref]["owner"]]["cell_phone"]
        of_name = Pet.objects.filter(client__phones_e164__cell_phone=owner, name=pets[ref]["name"])
        known = {pet.born.iso() for pet in of_name if pet.animal == pets[ref]["animal"]}
        assert pets[ref].get("born", "") in known


def test_codes_of_the_plain_table_are_nowhere_but_in_the_vault(
    corpora: Path, truth: dict[str, Any]
) -> None:
    run = finished(corpora / "exports" / "plain" / PLAIN[0])
    phones = {client["cell_phone"]: client for client in truth["company"]["clients"]}
    count = 0
    for client in Client.objects.all():
        known = phones[client.phones_e164["cell_phone"]]
        codes = {known[key] for key in SECRETS if key in known}
        texts = {value for value in vars(client).values() if isinstance(value, str)}
        assert codes & texts == set(), known["ref"]
        count += len(codes)
    assert count > 300
    assert not {issue.column for issue in run.issues} & {"Door Code", "Lockbox Code"}


SEATTLE = ("License Number=client.source_id",)


def by_kind(issues: Issues) -> dict[Kind, list[Issue]]:
    groups: dict[Kind, list[Issue]] = {}
    for issue in issues:
        groups.setdefault(issue.kind, []).append(issue)
    return groups


def test_every_seattle_licence_is_accounted_for(corpora: Path) -> None:
    path = corpora / "seattle-pet-licences" / "Seattle_Pet_Licenses.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    nameless = [number for number, row in enumerate(rows, 2) if not row["Animal's Name"].strip()]
    blank_zips = {row["License Number"] for row in rows if not row["ZIP Code"]}
    first = finished(path, *SEATTLE)
    assert len(rows) == first.tally.rows.total() == 45_591
    assert outcomes(first) == [{"created": 45_585}, {"created": 45_558, "problems": 33}]
    groups = by_kind(first.issues)
    assert [issue.row for issue in groups[Kind.PET_NAME_MISSING]] == nameless
    assert len(nameless) == 33
    assert {issue.column for issue in groups[Kind.ZIP]} == {"ZIP Code"}
    assert sorted(issue.value for issue in groups[Kind.ZIP]) == [
        *("5471", "7302", "7302", "7601", "981", "9810", "9811"),
    ]
    assert {issue.value for issue in groups[Kind.REPEATED_ID]} == {
        *("S117283", "S104231", "82838", "S104449", "S114511", "21091"),
    }
    assert {issue.row for issue in groups[Kind.ROWS_DISAGREE]} == {18_097, 19_502, 40_880}
    assert {issue.value for issue in groups[Kind.NEW_ANIMAL]} == {"Goat", "Pig"}
    without = SourceClient.objects.filter(client__zip_code="")
    assert set(without.values_list("source_id", flat=True)) == blank_zips
    assert len(blank_zips) == 181
    assert Pet.objects.filter(animal="Goat").count() == 37
    second = finished(path, *SEATTLE)
    assert outcomes(second) == [{"unchanged": 45_585}, {"unchanged": 45_558, "problems": 33}]
    assert (Client.objects.count(), Pet.objects.count()) == (45_585, 45_558)


def test_every_new_york_licence_is_accounted_for(corpora: Path) -> None:
    path = corpora / "nyc-dog-licence-sample" / "NYC_Dog_Licensing_Dataset.csv"
    mapped = (
        *("AnimalName=client.last_name", "AnimalName=pet.name"),
        *("AnimalBirthYear=pet.born", "BreedName=pet.breed"),
    )
    fixed = ("client.first_name=Home of", "pet.animal=Dog")
    run = finished(path, *mapped, fixed=fixed)
    assert run.tally.rows.total() == run.tally.rows["pets"] == 228
    assert outcomes(run) == [{"created": 228}, {"created": 228}]
    assert list(run.issues) == []
    with path.open(encoding="utf-8-sig", newline="") as file:
        years = sorted(int(row["AnimalBirthYear"]) for row in csv.DictReader(file))
    assert sorted(pet.born.year or 0 for pet in Pet.objects.all()) == years
    assert not Pet.objects.exclude(born_month=None).exists()
    assert outcomes(finished(path, *mapped, fixed=fixed)) == [
        {"unchanged": 228},
        {"unchanged": 228},
    ]


@pytest.mark.parametrize("folder", ["blns", "xss-payload-list"])
def test_hostile_lines_come_in_as_text(corpora: Path, tmp_path: Path, folder: str) -> None:
    """Each line is the name, note and door code of a client of its own; the apostrophe that makes
    a formula inert is no part of the text."""
    lines = [
        line.strip()
        for path in sorted((corpora / folder).rglob("*.txt"))
        if path.name != "SOURCE.txt"
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip() and "\0" not in line
    ]
    assert len(lines) > 500
    table = tmp_path / "hostile.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Client ID", "First Name", "Last Name", "Office notes", "Door Code"])
        for number, text in enumerate(lines, 1):
            writer.writerow([f"h{number}", text, "Lee", text, text])
    run = finished(table)
    made = run.tally.clients
    assert made["created"] + made["problems"] == run.tally.rows.total() == len(lines)
    notes = dict(SourceClient.objects.values_list("source_id", "client__office_notes"))
    changed = {f"h{issue.row - 1}" for issue in run.issues if issue.row}
    wrong = [
        text
        for number, text in enumerate(lines, 1)
        if f"h{number}" not in changed and notes[f"h{number}"] != as_written(text)
    ]
    assert wrong == []
    assert len(changed) < len(lines) / 20


def test_no_table_of_any_kind_brings_the_command_down(corpora: Path) -> None:
    """Every other table, its first column as the client's id: an exit code, never a crash."""
    folders = [
        *("exports", "csv-spectrum-npm", "csvlint-fixtures", "django-import-export"),
        *("frictionless-data", "phpspreadsheet-readers", "roundcube-contacts", "csv-injection"),
    ]
    endings = {".csv", ".tsv", ".txt", ".vcf", ".xml", ".xls", ".xlsx", ".ods"}
    paths = [
        path
        for folder in folders
        for path in sorted((corpora / folder).rglob("*"))
        if path.suffix.lower() in endings
    ]
    codes: Counter[int] = Counter()
    for path in paths:
        for mapped in ((), (f"{first_heading(path)}=client.source_id",)):
            said: list[str] = []
            code = import_and_report(
                path, mapped=mapped, fixed=(), is_dry=True, table=None, say=said.append
            )
            assert code == UNUSABLE or said[-1].startswith("clients: created"), path
            codes[code] += 1
    assert len(paths) > 150
    assert set(codes) == {WORKED, UNUSABLE}
    assert codes[WORKED] > 80


def first_heading(path: Path) -> str:
    try:
        return open_sheet(path).headings[0]
    except SheetError:
        return "none"
