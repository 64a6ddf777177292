"""A company with 300 fields of its own asks the database hardly more often."""

from itertools import cycle, islice
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Kind
from pawfile.fields.values import CUSTOM_KINDS
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Territory, Vet
from tests.access.home import make_photo
from tests.factories import make_pet
from tests.fields.custom import COLOURS, make_field
from tests.profiles.pages import fill_in, read
from tests.profiles.test_query_counts import browser_of, queries

MANY = 300
#: Vets, sitters, territories.
KINDS = 3


def make_many(subject: str) -> list[CustomField]:
    kinds = islice(cycle(CUSTOM_KINDS), MANY)
    return [make_field(subject, f"Own {number}", kind) for number, kind in enumerate(kinds)]


def answers(home: Client, sam: User) -> dict[Kind, Any]:
    return {
        Kind.TEXT: "words", Kind.YES_NO: True, Kind.CHOICE: COLOURS[0]["value"],
        Kind.CHOICES: [COLOURS[1]["value"]], Kind.SECRET: "4711", Kind.PHOTO: make_photo(home),
        Kind.VET: Vet.objects.create(name="Dr. Wu"), Kind.SITTER: sam,
        Kind.TERRITORY: Territory.objects.create(name="North"),
    }  # fmt: skip


def answer_all(home: Client, pet: Pet, sam: User) -> None:
    given = answers(home, sam)
    for subject in ("client", "pet"):
        fields = make_many(subject)
        values = {each.key: given[Kind(each.kind)] for each in fields if each.kind in given}
        if subject == "client":
            update_client(Client.objects.get(pk=home.pk), values=values, by=None)
        else:
            update_pet(Pet.objects.get(pk=pet.pk), values=values, by=None)


@pytest.mark.parametrize("who", ["ada", "mona"])
def test_table_and_form_ask_as_often_with_300_own_fields_as_without(
    cleos_home: Client, sam: User, who: str, request: pytest.FixtureRequest
) -> None:
    browser, pet = browser_of(who, request), make_pet(cleos_home)
    urls = ["/clients/", f"/clients/{cleos_home.pk}/edit/", "/clients/new/"]
    without = {url: queries(browser, url) for url in urls}
    answer_all(cleos_home, pet, sam)
    assert {url: queries(browser, url) for url in urls} == without


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
def test_the_names_of_a_profile_are_read_in_one_query(
    cleos_home: Client, sam: User, who: str, request: pytest.FixtureRequest
) -> None:
    """The one that asks for vet, sitters and territory anyway."""
    browser, pet = browser_of(who, request), make_pet(cleos_home)
    url = f"/clients/{cleos_home.pk}/"
    without = queries(browser, url)
    answer_all(cleos_home, pet, sam)
    assert queries(browser, url) == without
    page = browser.get(url).content.decode()
    assert page.count("Dr. Wu") == 2 * MANY / len(CUSTOM_KINDS)


@pytest.mark.parametrize("who", ["ada", "mona", "cleo"])
def test_answers_that_point_at_rows_cost_one_query_a_kind(
    cleos_home: Client, sam: User, who: str, request: pytest.FixtureRequest
) -> None:
    browser, pet = browser_of(who, request), make_pet(cleos_home)
    most = {f"/pets/{pet.pk}/": KINDS}
    most |= {f"/pets/{pet.pk}/edit/": KINDS}
    without = {url: queries(browser, url) for url in most}
    answer_all(cleos_home, pet, sam)
    more = {url: queries(browser, url) - without[url] for url in most}
    assert {url: asked for url, asked in more.items() if asked > most[url]} == {}


def test_a_form_of_300_own_fields_saves_them(ada: User, cleos_home: Client, sam: User) -> None:
    browser = Browser()
    browser.force_login(ada)
    fields, vet = make_many("client"), Vet.objects.create(name="Dr. Wu")
    url = f"/clients/{cleos_home.pk}/edit/"
    own = {each.kind: each.key for each in reversed(fields)}
    typed = {own[Kind.VET]: vet.pk, own[Kind.SITTER]: sam.pk, own[Kind.CHOICES]: ["c1", "c3"]}
    assert fill_in(browser, url, **typed).status_code == 302
    assert Client.objects.get(pk=cleos_home.pk).custom == typed
    assert len(read(browser.get(url)).all(data_field="")) > MANY
