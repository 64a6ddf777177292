"""Lists as files: who, what, and that nothing in them runs."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.cli import main
from pawfile.exports.lists import LISTS
from pawfile.fields.registry import Kind
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.resources.models import Vet
from tests.exports.workbooks import rows_of
from tests.factories import make_client, make_key, make_pet, make_visit
from tests.fields.custom import make_field
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]
pytestmark = pytest.mark.django_db


def downloaded(browser: Browser, url: str, format_: str = "csv") -> bytes:
    answer = browser.post(url, {"format": format_})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{format_}"')
    return b"".join(answer)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


@pytest.fixture
def hard(cleos_home: Client) -> Client:
    """A client whose texts are hard on a file."""
    own = make_field("client", "Gate remote", Kind.DATE)
    return make_client(
        first_name="=cmd|' /C calc'!A0", last_name="Ångström, \"Zoë\"", zip_code="02134",
        cell_phone="+1 614 555 0142", house_notes="- two bins\n+ one\n@home", street="'tis",
        door_code="4711#", **{own.key: date(2026, 3, 4)},
    )  # fmt: skip


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_clients_with_every_field_but_secrets(
    signed_in: SignIn, ada: User, hard: Client, format_: str
) -> None:
    data = downloaded(signed_in(ada), "/export/clients/", format_)
    if format_ == "csv":
        rows, mark = table(data), "'"
    else:
        headings, *cells = rows_of(data)
        rows, mark = [dict(zip(headings, row, strict=False)) for row in cells], ""
    (row,) = [row for row in rows if "Zoë" in row["Last name"]]
    assert row["First name"] == f"{mark}=cmd|' /C calc'!A0"
    assert row["House notes"] == f"{mark}- two bins\n+ one\n@home"
    assert (row["Zip code"], row["Gate remote"]) == ("02134", "2026-03-04")
    assert row["Cell phone"] == f"{mark}+1 614 555 0142"
    assert "Door code" not in row
    assert "4711#" not in str(rows)
    assert len(rows) == 2


def test_a_list_comes_back_unchanged(
    signed_in: SignIn, ada: User, hard: Client, tmp_path: Path
) -> None:
    """Of clients and of pets: the importer finds everybody, and nothing to change."""
    make_pet(hard, name="=1+1", breed="-Mix", color_markings="'@'")
    for name, count in (("clients", 2), ("pets", 1)):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(downloaded(signed_in(ada), f"/export/{name}/"))
        answer = CliRunner().invoke(main, ["import", str(path), "--dry-run"])
        last = answer.output.splitlines()[-1]
        unchanged = f"created 0, updated 0, unchanged {count}, problems 0"
        assert last.startswith(f"clients: {unchanged}"), answer.output
        assert name == "clients" or last.endswith(f"pets: {unchanged}"), answer.output


def test_a_list_goes_by_the_filters_of_its_page(signed_in: SignIn, ada: User) -> None:
    for number, status in enumerate(("Active", "Active", "Inactive")):
        make_client(first_name=f"No{number}", status=status)
    browser = signed_in(ada)
    names = {
        query: [
            row["First name"] for row in table(downloaded(browser, f"/export/clients/?{query}"))
        ]
        for query in ("", "status=Inactive", "q=no1")
    }
    assert names == {"": ["No0", "No1"], "status=Inactive": ["No2"], "q=no1": ["No1"]}


def test_only_the_ticked_clients(signed_in: SignIn, ada: User) -> None:
    one, _two, three = (make_client(first_name=name) for name in ("One", "Two", "Three"))
    url = f"/export/clients/?client={one.pk}&client={three.pk}&client=x"
    assert [row["First name"] for row in table(downloaded(signed_in(ada), url))] == ["One", "Three"]


def test_the_other_lists(signed_in: SignIn, ada: User, cleos_home: Client, sam: User) -> None:
    browser = signed_in(ada)
    Vet.objects.create(name="Dr. Herriot", clinic="=Skeldale")
    Vet.objects.create(name="Dr. Farnon")
    (vet,) = table(downloaded(browser, "/export/vets/?q=herriot"))
    assert (vet["Name"], vet["Clinic"]) == ("Dr. Herriot", "'=Skeldale")
    key = make_key(cleos_home, note="-spare")
    (row,) = table(downloaded(browser, "/export/keys/"))
    assert (row["Key code"], row["Client"], row["Note"]) == (
        key.code, cleos_home.list_name, "'-spare",
    )  # fmt: skip
    pet = make_pet(cleos_home, name="Rex")
    visit = make_visit(cleos_home, sitter=sam)
    visit.pets.add(pet)
    (row,) = table(downloaded(browser, f"/export/visits/?on={visit.visit_on}&view=table"))
    assert (row["Day"], row["Pets"], row["Sitter"], row["Price"]) == (
        visit.visit_on.isoformat(), "Rex", sam.name, str(visit.price),
    )  # fmt: skip
    (row,) = [row for row in table(downloaded(browser, "/export/pets/")) if row["Name"] == "Rex"]
    assert row["Client Last name"] == cleos_home.last_name


def test_managers_only_if_the_company_lets_them(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    browser = signed_in(mona)
    SiteOptions.load()
    assert [browser.get("/export/clients/").status_code] == [403]
    assert browser.post("/export/clients/").status_code == 403
    assert "/export/" not in browser.get("/clients/").content.decode()
    SiteOptions.objects.update(has_manager_export=True)
    assert "/export/clients/" in browser.get("/clients/").content.decode()
    assert len(table(downloaded(browser, "/export/clients/"))) == 1


def test_sitters_and_clients_never(signed_in: SignIn, sam: User, cleo: User) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_manager_export=True)
    assert {signed_in(who).post("/export/clients/").status_code for who in (sam, cleo)} == {403}


def test_an_unknown_list_is_not_found(signed_in: SignIn, ada: User) -> None:
    assert signed_in(ada).get("/export/passwords/").status_code == 404


def test_it_is_written_down(signed_in: SignIn, ada: User, cleos_home: Client) -> None:
    browser = signed_in(ada)
    browser.get("/export/clients/")
    assert not Activity.objects.filter(kind=ActivityKind.EXPORT).exists()
    downloaded(browser, "/export/clients/", "xlsx")
    entry = Activity.objects.get(kind=ActivityKind.EXPORT)
    assert (entry.by, entry.about, entry.new_text, entry.note) == (ada, "Clients", "1 row", "XLSX")


def test_a_text_too_long_for_a_workbook_is_named(signed_in: SignIn, ada: User) -> None:
    make_client(house_notes="x" * 40_000)
    browser = signed_in(ada)
    answer = browser.post("/export/clients/", {"format": "xlsx"})
    assert answer.status_code == 422
    said = "Row 2 has a text that is too long for a workbook. Choose CSV."
    assert said in read(answer).text
    assert len(downloaded(browser, "/export/clients/")) > 40_000
    assert Activity.objects.filter(kind=ActivityKind.EXPORT).count() == 1


@pytest.mark.parametrize("name", ["clients", "pets", "vets", "keys", "visits"])
def test_queries_do_not_grow_with_the_rows(ada: User, name: str) -> None:
    SiteOptions.load()

    def grow() -> None:
        vet = Vet.objects.create(name="Dr. Herriot")
        client = make_client(vet=vet, zip_code="43201")
        pet = make_pet(client, pet_vet=vet)
        make_key(client)
        make_visit(client).pets.add(pet)

    def queries() -> int:
        query = {"on": "2026-03-02", "stretch": "31"}
        with CaptureQueriesContext(connection) as seen:
            assert list(LISTS[name].listing(ada, query, []).rows)
        return len(seen)

    grow()
    queries()  # what is read once and kept
    one = queries()
    grow()
    grow()
    assert queries() == one


def test_the_page_says_how_many_and_leads_back(signed_in: SignIn, ada: User) -> None:
    make_client(first_name="One", status="Inactive")
    page: Any = read(signed_in(ada).get("/export/clients/?status=Inactive"))
    assert "1 row, as the list is filtered now" in page.text
    back = page.one("main").all("a", href="/clients/?status=Inactive")
    assert [link.text for link in back] == ["Clients", "Cancel"]
