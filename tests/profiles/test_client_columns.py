"""The columns of the client table: chosen per person, remembered, shown as the policy allows."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Access, Kind
from pawfile.fields.values import CUSTOM_KINDS
from pawfile.profiles.actions import update_client
from pawfile.profiles.columns import listable
from pawfile.profiles.models import Client
from pawfile.resources.models import Territory, TerritoryZip, Vet
from tests.access.home import make_photo
from tests.factories import make_client, make_user
from tests.fields.custom import make_every_kind, make_field, rule
from tests.profiles.pages import Node, content, read
from tests.profiles.test_query_counts import queries

SignIn = Callable[[User], Browser]
URL = "/clients/columns/"
USUAL = ["Name", "Pets", "Phone", "Address", "Status", "Sitters", "Next visit"]


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def choose(browser: Browser, *keys: str) -> Any:
    return browser.post(URL, {"column": keys})


def headings(page: Node) -> list[str]:
    return [head.text for head in page.all("th", scope="col")]


def cells(browser: Browser, client: Client) -> dict[str, str]:
    """Heading → what stands in the client's row."""
    row = read(browser.get("/clients/")).one("tr", data_client=str(client.pk))
    return {cell.attrs["data-label"]: cell.text for cell in row.all("td", data_label="")}


def boxes(page: Node) -> dict[str, bool]:
    """Column → whether it is ticked in the menu."""
    found = page.one("details", cls="columns-menu").all("input", name="column")
    return {box.attrs["value"]: "checked" in box.attrs for box in found}


def test_without_a_choice_the_table_has_its_usual_columns(
    office: Browser, cleos_home: Client
) -> None:
    page = read(office.get("/clients/"))
    assert headings(page) == USUAL
    ticked = [key for key, is_ticked in boxes(page).items() if is_ticked]
    assert ticked == ["pets", "phone", "address", "status", "sitters", "next_visit"]


def test_the_choice_is_kept_for_this_person_alone(
    office: Browser, signed_in: SignIn, mona: User, ada: User, cleos_home: Client
) -> None:
    answer = choose(office, "referral", "phone", "email")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/clients/?q=")
    for browser in (office, signed_in(mona)):
        page = read(browser.get("/clients/"))
        assert headings(page) == ["Name", "Phone", "E-mail", "How they found us"]
        assert [key for key, ticked in boxes(page).items() if ticked] == [
            "phone", "email", "referral",
        ]  # fmt: skip
    assert cells(office, cleos_home) == {
        "Phone": "(614) 555-0123", "E-mail": "cleo@example.com", "How they found us": "",
    }  # fmt: skip
    assert headings(read(signed_in(ada).get("/clients/"))) == USUAL


def test_all_that_was_chosen_is_shown_however_narrow_the_window(
    office: Browser, cleos_home: Client
) -> None:
    def is_wide() -> bool:
        return bool(read(office.get("/clients/")).all("div", cls="table-wide"))

    assert not is_wide()
    choose(office, "phone", "next_visit")
    assert is_wide()
    office.post(URL, {"default": ""})
    assert not is_wide()


def test_back_to_the_default(office: Browser, cleos_home: Client, mona: User) -> None:
    choose(office, "email")
    office.post(URL, {"column": ["city"], "default": "yes"})
    assert headings(read(office.get("/clients/"))) == USUAL
    mona.refresh_from_db()
    assert mona.client_columns == []


def test_nothing_ticked_leaves_the_names(office: Browser, cleos_home: Client) -> None:
    choose(office)
    assert headings(read(office.get("/clients/"))) == ["Name"]


def test_search_and_filters_stay(office: Browser, cleos_home: Client) -> None:
    here = "http://testserver/clients/"
    asked = {
        f"{here}?q=m%C3%BCller&sort=-name&view=table": "q=m%C3%BCller&sort=-name",
        f"{here}?q=%0d%0aX: 1": "q=%0D%0AX%3A+1",
        here: "q=",
        "https://evil.example/?q=x": "q=",
        "": "q=",
    }
    for referer, back in asked.items():
        answer = office.post(URL, {"column": ["city"]}, headers={"Referer": referer})
        assert answer.headers["Location"] == f"/clients/?{back}"


def test_what_cannot_be_a_column_is_not_offered_nor_taken(
    office: Browser, mona: User, cleos_home: Client
) -> None:
    """Secrets and photos never; nor what does not exist."""
    secret, photo = (
        make_field("client", f"Own {kind}", kind) for kind in (Kind.SECRET, Kind.PHOTO)
    )
    offered = boxes(read(office.get("/clients/")))
    bad = [
        "door_code",
        "alarm_password",
        secret.key,
        photo.key,
        "cf_9",
        "custom",
        "logins",
        "x" * 900,
    ]
    assert [key for key in bad if key in offered] == []
    choose(office, "city", *bad)
    mona.refresh_from_db()
    assert mona.client_columns == ["name", "city"]
    mona.client_columns += bad
    mona.save()
    assert headings(read(office.get("/clients/"))) == ["Name", "City"]


def test_what_the_policy_hides_leaves_the_table_at_once_and_comes_back(
    office: Browser, mona: User, cleos_home: Client
) -> None:
    own = make_field("client", "Nanny")
    update_client(Client.objects.get(), values={own.key: "Mary Poppins"}, by=None)
    choose(office, "city", "sitters", own.key)
    assert cells(office, cleos_home) == {
        "Sitters": "Sam Sitter", "City": "Columbus", "Nanny": "Mary Poppins",
    }  # fmt: skip
    for key in ("city", "primary_sitter", "secondary_sitter"):
        FieldRule.objects.create(subject="client", key=key, manager=Access.HIDE)
    rule(own, manager=Access.HIDE)
    page = office.get("/clients/")
    assert headings(read(page)) == ["Name"]
    assert [text for text in ("Nanny", "Mary Poppins", "City") if text in content(page)] == []
    choose(office, "street")
    FieldRule.objects.all().delete()
    assert headings(read(office.get("/clients/"))) == ["Name", "Sitters", "Street", "City", "Nanny"]


def test_an_archived_field_is_no_column(office: Browser, cleos_home: Client) -> None:
    own = make_field("client", "Nanny")
    choose(office, own.key)
    own.archived_at = timezone.now()
    own.save()
    assert headings(read(office.get("/clients/"))) == ["Name"]


def test_every_kind_is_said_in_words(
    office: Browser, ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    keys = make_every_kind("client")
    vet, north = Vet.objects.create(name="Dr. Wu"), Territory.objects.create(name="North")
    answers: dict[Kind, tuple[Any, str]] = {
        Kind.TEXT: ("true", "true"),
        Kind.LONG_TEXT: ("one\ntwo " + "x" * 300, "one two " + "x" * 151 + "…"),
        Kind.YES_NO: (False, "No"),
        Kind.NUMBER: (Decimal("12.50"), "12.50"),
        Kind.DATE: (date(2026, 4, 12), "12 Apr 2026"),
        Kind.CHOICE: ("c2", "Green"),
        Kind.CHOICES: (["c3", "c1"], "Red, Blue"),
        Kind.EMAIL: ("a@example.com", "a@example.com"),
        Kind.EMAILS: (["a@x.org", "b@x.org"], "a@x.org, b@x.org"),
        Kind.PHONE: ("5550199", "5550199"),
        Kind.VET: (vet, "Dr. Wu"),
        Kind.SITTER: (sam, "Sam Sitter"),
        Kind.TERRITORY: (north, "North"),
    }
    values = {keys[kind]: answer[0] for kind, answer in answers.items()}
    values |= {keys[Kind.SECRET]: "4711#", keys[Kind.PHOTO]: make_photo(cleos_home)}
    values |= {
        "vet": vet,
        "secondary_sitter": sam,
        "tags": ["vip", "dog"],
        "trash_days": ["Friday"],
    }
    values |= {"primary_sitter": None, "blocked_sitters": [make_user(Role.SITTER, "Bad Bob")]}
    update_client(Client.objects.get(), values=values, by=None)
    shown = [
        "vet",
        "secondary_sitter",
        "primary_sitter",
        "tags",
        "blocked_sitters",
        "trash_days",
        "uses_keys",
    ]
    choose(office, *shown, *keys.values())
    row = cells(office, cleos_home)
    assert {label: text for label, text in row.items() if not label.startswith("Own ")} == {
        "Uses keys": "Yes", "Trash days": "Friday", "Vet": "Dr. Wu", "Primary sitter": "",
        "Secondary sitter": "Sam Sitter", "Blocked sitters": "Bad Bob", "Tags": "dog, vip",
    }  # fmt: skip
    assert {label: text for label, text in row.items() if label.startswith("Own ")} == {
        f"Own {kind}": answer[1] for kind, answer in answers.items()
    }


def test_a_territory_is_said_as_on_the_profile(office: Browser, cleos_home: Client) -> None:
    north = Territory.objects.create(name="North")
    TerritoryZip.objects.create(territory=north, zip_code="43085")
    south = make_client(territory=Territory.objects.create(name="South"), zip_code="43085-1234")
    plus = make_client(zip_code="43085-1234")
    choose(office, "territory")
    assert [cells(office, home)["Territory"] for home in (cleos_home, south, plus)] == [
        "North (by zip)", "South", "North (by zip)",
    ]  # fmt: skip


@pytest.mark.parametrize("is_chosen", [True, False])
def test_what_depends_on_another_answer_is_blank_without_it(
    office: Browser, cleos_home: Client, is_chosen: bool
) -> None:
    asked, place = make_field("client", "Camera", Kind.YES_NO), make_field("client", "Where")
    rule(place, condition={"key": asked.key, "value": True})
    choose(office, "alarm_company", place.key, *([asked.key, "has_alarm"] * is_chosen))
    rows = []
    for answer in (True, False):
        values = {
            asked.key: answer,
            "has_alarm": answer,
            "alarm_company": "Ring",
            place.key: "hall",
        }
        update_client(Client.objects.get(), values=values, by=None)
        row = cells(office, cleos_home)
        rows.append((row["Alarm company"], row["Where"]))
    assert rows == [("Ring", "hall"), ("", "")]


def test_markup_in_a_cell_is_text(office: Browser, cleos_home: Client) -> None:
    own = make_field("client", "A <b>{label}</b>")
    update_client(Client.objects.get(), values={own.key: '"><script>x</script>{pk}'}, by=None)
    choose(office, own.key)
    assert cells(office, cleos_home) == {"A <b>{label}</b>": '"><script>x</script>{pk}'}


def test_the_table_costs_the_same_whatever_is_chosen_and_however_many_rows(
    signed_in: SignIn, ada: User, sam: User
) -> None:
    """Each kind of link costs one query, each many-to-many field one; nothing else costs any."""
    keys = make_every_kind("client")
    more = [make_field("client", f"More {number}").key for number in range(40)]
    second_vet = make_field("client", "Night vet", Kind.VET).key
    browser = signed_in(ada)

    def add(count: int) -> None:
        for number in range(count):
            vet = Vet.objects.create(name=f"Dr. {number}")
            north = Territory.objects.create(name=f"North {Territory.objects.count()}")
            make_client(
                vet=vet, primary_sitter=sam, territory=north, tags=["vip"],
                blocked_sitters=[make_user(Role.SITTER, "Bad Bob")],
                **{keys[Kind.VET]: vet, keys[Kind.SITTER]: sam, keys[Kind.TERRITORY]: north,
                   second_vet: vet, more[0]: "x"},
            )  # fmt: skip

    add(1)
    usual = queries(browser, "/clients/")
    choose(
        browser,
        "next_visit",
        "city",
        "email",
        "has_alarm",
        "alarm_company",
        *more,
        keys[Kind.CHOICES],
    )
    assert queries(browser, "/clients/") == usual
    choose(browser, "next_visit", "vet", keys[Kind.VET], second_vet)
    assert queries(browser, "/clients/") == usual + 1
    choose(browser, *listable(policy_for(User.objects.get(pk=ada.pk), "client")))
    everything = queries(browser, "/clients/")
    assert everything <= usual + 3 + 2 + 1
    add(20)
    assert queries(browser, "/clients/") == everything


def test_answers_that_are_not_shown_are_not_read(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    shown, silent = make_field("client", "Shown"), make_field("client", "Silent")
    update_client(Client.objects.get(), values={shown.key: "a", silent.key: "b"}, by=None)
    browser = signed_in(ada)
    choose(browser, shown.key)
    with CaptureQueriesContext(connection) as asked:
        browser.get("/clients/")
    (sql,) = [query["sql"] for query in asked if '"custom"' in query["sql"]]
    assert (shown.key in sql, silent.key in sql) == (True, False)
    assert not sql.partition(" FROM ")[0].rstrip().endswith('"custom"')


def test_a_sitter_chooses_among_what_sitters_see(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    browser = signed_in(sam)
    offered = boxes(read(browser.get("/clients/")))
    assert [key for key in ("referral", "tags", "status", "office_notes") if key in offered] == []
    choose(browser, "city", "referral", "tags", "status")
    assert headings(read(browser.get("/clients/"))) == ["Name", "City"]


def test_every_custom_kind_but_two_can_be_a_column(signed_in: SignIn, ada: User) -> None:
    keys = make_every_kind("client")
    offered = boxes(read(signed_in(ada).get("/clients/?q=")))
    kinds = {kind for kind in CUSTOM_KINDS if keys[kind] in offered}
    assert kinds == set(CUSTOM_KINDS) - {Kind.SECRET, Kind.PHOTO}
