"""What a company decides about its own fields: required, conditions, animals, choices, archive."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from tests.fields.custom import COLOURS, make_field, rule
from tests.profiles.pages import content, facts, fill_in, labels, problems, read, shown_clients

SignIn = Callable[[User], Browser]


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


def archive(field: CustomField) -> None:
    field.archived_at = timezone.now()
    field.save()


def answer(home: Client, **custom: Any) -> None:
    update_client(Client.objects.get(pk=home.pk), values=custom, by=None)


def test_an_own_field_can_be_required(office: Browser, cleos_home: Client, rex: Pet) -> None:
    kinds = (Kind.TEXT, Kind.YES_NO, Kind.NUMBER, Kind.DATE, Kind.CHOICES, Kind.SECRET, Kind.PHOTO)
    for subject, record in (("client", cleos_home), ("pet", rex)):
        for kind in kinds:
            rule(make_field(subject, f"Own {kind}", kind), manager=Access.REQUIRED)
        url = f"/{subject}s/{record.pk}/edit/"
        page = read(fill_in(office, url))
        assert problems(page) == [f"Own {kind}: Fill this in." for kind in kinds]
        stars = [label for label in labels(page).values() if label.startswith("Own ")]
        assert stars == [f"Own {kind}*" for kind in kinds]


def test_no_and_nought_are_answers(office: Browser, cleos_home: Client) -> None:
    asked = make_field("client", "Ground floor", Kind.YES_NO)
    number = make_field("client", "Steps", Kind.NUMBER)
    for field in (asked, number):
        rule(field, manager=Access.REQUIRED)
    url = f"/clients/{cleos_home.pk}/edit/"
    assert fill_in(office, url, **{asked.key: "no", number.key: "0"}).status_code == 302
    assert Client.objects.get().custom == {asked.key: False, number.key: "0"}
    assert fill_in(office, url).status_code == 302


@pytest.mark.parametrize(
    ("condition", "yes", "no"), [(True, "yes", "no"), (False, "no", "yes"), ("c2", "c2", "c1")]
)
def test_an_own_field_can_depend_on_an_own_answer(
    office: Browser, cleos_home: Client, condition: bool | str, yes: str, no: str
) -> None:
    """Where the answer is another one, the field is neither asked, shown nor kept."""
    kind = Kind.YES_NO if isinstance(condition, bool) else Kind.CHOICE
    first, second = make_field("client", "Camera", kind), make_field("client", "Camera's place")
    needs = {"key": first.key, "value": condition}
    rule(second, condition=needs, manager=Access.REQUIRED)
    page, url = f"/clients/{cleos_home.pk}/", f"/clients/{cleos_home.pk}/edit/"
    box = read(office.get(url)).one("div", data_shows_when=first.key)
    assert (box.attrs["data-shows-value"], box.one(data_field="").attrs["data-field"]) == (
        yes,
        second.key,
    )
    assert fill_in(office, url, **{first.key: no, second.key: "hall"}).status_code == 302
    assert second.key not in Client.objects.get().custom
    assert problems(read(fill_in(office, url, **{first.key: yes}))) == [
        "Camera's place: Fill this in."
    ]
    assert fill_in(office, url, **{first.key: yes, second.key: "hall"}).status_code == 302
    assert facts(read(office.get(page)))["Camera's place"] == "hall"
    assert fill_in(office, url, **{first.key: no}).status_code == 302
    assert "Camera's place" not in facts(read(office.get(page)))
    assert Client.objects.get().custom[second.key] == "hall"


def test_a_shipped_field_can_depend_on_an_own_answer(office: Browser, cleos_home: Client) -> None:
    asked = make_field("client", "Has a car", Kind.YES_NO)
    FieldRule.objects.create(
        subject="client", key="parking", condition={"key": asked.key, "value": True}
    )
    url = f"/clients/{cleos_home.pk}/edit/"
    fill_in(office, url, **{asked.key: "no", "parking": "in the yard"})
    assert Client.objects.get().parking == ""
    fill_in(office, url, **{asked.key: "yes", "parking": "in the yard"})
    assert Client.objects.get().parking == "in the yard"


def test_an_own_field_can_be_for_some_animals(office: Browser, cleos_home: Client) -> None:
    """Rule 62 for the company's own: on a cat it is not asked, required, kept nor shown."""
    field = make_field("pet", "Crate")
    rule(field, animals=["Dog"], manager=Access.REQUIRED)
    new = {"client": cleos_home.pk, "name": "Tom", field.key: "in the hall"}
    assert office.post("/pets/new/", {**new, "animal": "Cat"}).status_code == 302
    cat = Pet.objects.get()
    assert cat.custom == {}
    assert problems(read(office.post("/pets/new/", {**new, "animal": "Dog", field.key: ""}))) == [
        "Crate: Fill this in."
    ]
    office.post("/pets/new/", {**new, "animal": "Dog"})
    dog = Pet.objects.get(animal="Dog")
    pages = [facts(read(office.get(f"/pets/{pet.pk}/"))) for pet in (cat, dog)]
    assert [page.get("Crate") for page in pages] == [None, "in the hall"]


@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.CHOICES])
def test_a_retired_choice_stays_with_those_who_have_it(
    office: Browser, cleos_home: Client, carls_home: Client, kind: Kind
) -> None:
    field = make_field("client", "Door colour", kind)
    has_green = ["c2"] if kind == Kind.CHOICES else "c2"
    answer(cleos_home, **{field.key: has_green})
    field.choices = [COLOURS[0], {**COLOURS[1], "is_retired": True}, COLOURS[2]]
    field.save()
    urls = [f"/clients/{home.pk}/edit/" for home in (cleos_home, carls_home)]
    assert [sorted(offered(office, url, field.key)) for url in urls] == [
        ["c1", "c2", "c3"],
        ["c1", "c3"],
    ]
    assert facts(read(office.get(urls[0][:-5])))["Door colour"] == "Green"
    assert fill_in(office, urls[0]).status_code == 302
    assert Client.objects.get(pk=cleos_home.pk).custom == {field.key: has_green}
    assert fill_in(office, urls[1], **{field.key: has_green}).status_code == 422
    assert fill_in(office, urls[0], **{field.key: ["c1"]}).status_code == 302
    assert sorted(offered(office, urls[0], field.key)) == ["c1", "c3"]


def offered(browser: Browser, url: str, key: str) -> list[str]:
    box = read(browser.get(url)).one(data_field=key)
    values = [node.attrs.get("value", "") for node in box.walk() if "value" in node.attrs]
    return [value for value in values if value]


def test_a_renamed_choice_takes_its_answers_along(office: Browser, cleos_home: Client) -> None:
    field = make_field("client", "Door colour", Kind.CHOICE)
    answer(cleos_home, **{field.key: "c2"})
    field.choices = [{"value": "c2", "label": "Emerald"}]
    field.save()
    assert facts(read(office.get(f"/clients/{cleos_home.pk}/")))["Door colour"] == "Emerald"


@pytest.mark.parametrize(
    ("kind", "value", "queries"),
    [
        (Kind.PHONE, "(614) 555-0199", ["6145550199", "555-0199"]),
        (Kind.EMAIL, "nanny@example.org", ["nanny@example.org", "nanny"]),
        (Kind.EMAILS, ["nanny@example.org", "b@x.org"], ["b@x.org"]),
        (Kind.TEXT, "Mühlenhof", ["muhlenhof", "Mühl", "mulenhof"]),
    ],
)
def test_a_client_is_found_by_a_searched_own_field(
    office: Browser, cleos_home: Client, kind: Kind, value: Any, queries: list[str]
) -> None:
    found = make_field("client", "Nanny", kind, is_searched=True)
    silent = make_field("client", "Other", kind)
    answer(cleos_home, **{found.key: value})
    for query in queries:
        page = read(office.get("/clients/", {"q": query}))
        assert shown_clients(page) == [cleos_home.pk], query
    answer(cleos_home, **{found.key: [] if kind == Kind.EMAILS else "", silent.key: value})
    for query in queries:
        assert shown_clients(read(office.get("/clients/", {"q": query}))) == [], query


def test_a_client_is_found_by_a_pets_own_field(office: Browser, rex: Pet) -> None:
    field = make_field("pet", "Breeder", is_searched=True)
    fill_in(office, f"/pets/{rex.pk}/edit/", **{field.key: "Rosenhof"})
    assert shown_clients(read(office.get("/clients/", {"q": "rosenhof"}))) == [rex.client_id]


def test_an_archived_field_is_nowhere_and_keeps_its_answers(
    office: Browser, cleos_home: Client
) -> None:
    field = make_field("client", "Old question", is_searched=True)
    kept = make_field("client", "New question")
    answer(cleos_home, **{field.key: "rosebud"})
    answer(cleos_home, **{field.key: "rosebuds"})
    pages = [f"/clients/{cleos_home.pk}/", f"/clients/{cleos_home.pk}/edit/", "/clients/"]
    history = f"/clients/{cleos_home.pk}/changes/{field.key}/"
    assert [text in content(office.get(pages[0])) for text in ("Old question", history)] == [
        True,
        True,
    ]
    archive(field)
    for url in pages:
        page = content(office.get(url))
        assert [text for text in ("Old question", "rosebud", field.key) if text in page] == []
    assert office.get(history).status_code == 404
    assert shown_clients(read(office.get("/clients/", {"q": "rosebuds"}))) == []
    url = f"/clients/{cleos_home.pk}/edit/"
    fill_in(office, url, **{field.key: "forged", kept.key: "yes"})
    assert Client.objects.get().custom == {field.key: "rosebuds", kept.key: "yes"}
    field.archived_at = None
    field.save()
    assert facts(read(office.get(pages[0])))["Old question"] == "rosebuds"
    assert shown_clients(read(office.get("/clients/", {"q": "rosebuds"}))) == [cleos_home.pk]
