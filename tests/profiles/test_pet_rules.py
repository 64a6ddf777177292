"""What RULES says of pets, through the pages that people use."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.lib.dates import PartialDate
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet, Photo, PhotoState
from tests.factories import make_pet

SignIn = Callable[[User], Browser]
DOG = {"name": "Bruno", "animal": "Dog"}
PEOPLE = ["ada", "mona", "sam", "cleo"]


def text(page: Any) -> str:
    found: str = page.content.decode()
    return found


def picture(name: str = "bruno.jpg", size: tuple[int, int] = (60, 40)) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, "tan").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def test_a_new_pet_belongs_to_its_owner(ada: User, cleos_home: Client, signed_in: SignIn) -> None:
    """Rule 26."""
    page = signed_in(ada).post("/pets/new/", {**DOG, "client": cleos_home.pk})
    assert page.status_code == 302
    assert [pet.name for pet in cleos_home.pets.all()] == ["Bruno"]


def test_a_pet_without_owner_is_refused(ada: User, signed_in: SignIn) -> None:
    """Rule 27."""
    page = signed_in(ada).post("/pets/new/", {**DOG, "weight": "12 lb", "client": ""})
    assert page.status_code == 422
    assert ">Owner</a>: Fill this in." in text(page)
    assert 'value="12 lb"' in text(page)
    assert not Pet.objects.exists()


def test_inside_a_client_the_owner_is_preset(
    ada: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 28."""
    address = f"/pets/new/?client={cleos_home.pk}"
    page = text(signed_in(ada).get(address))
    assert re.search(rf'name="client" value="{cleos_home.pk}"', page)
    assert f'href="{address}"' in text(signed_in(ada).get(f"/clients/{cleos_home.pk}/"))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (PartialDate(2019, None, None), date(2025, 6, 1), "about 6 years"),
        (PartialDate(2019, 4, None), date(2025, 6, 1), "6 years"),
        (PartialDate(2025, 1, None), date(2025, 6, 1), "5 months"),
        (PartialDate(2019, 6, 2), date(2025, 6, 1), "5 years"),
        (PartialDate(2019, 6, 2), date(2025, 6, 2), "6 years"),
        (PartialDate(None, None, None), date(2025, 6, 1), ""),
    ],
)
def test_the_age_follows_from_what_is_known(born: PartialDate, day: date, age: str) -> None:
    """Rules 29 to 32."""
    pet = Pet()
    pet.born = born
    assert pet.age_on(day) == age


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("2019", "", "3"), "A day needs a month too."),
        (("", "4", ""), "A month needs a year too."),
        (("2019", "4", "31"), ""),
        (("2019", "2", "29"), ""),
        (("2090", "", ""), ""),
        (("abc", "", ""), ""),
        (("2019", "13", ""), ""),
        (("18", "", ""), ""),
    ],
)
def test_an_impossible_birthday_is_refused_on_the_field(
    ada: User, cleos_home: Client, signed_in: SignIn, parts: tuple[str, ...], said: str
) -> None:
    """Rule 33."""
    names = ("born_year", "born_month", "born_day")
    sent = {**DOG, "client": cleos_home.pk, **dict(zip(names, parts, strict=True))}
    page = signed_in(ada).post("/pets/new/", sent)
    assert page.status_code == 422
    assert said in text(page)
    assert re.search(r'<a href="#id_born_(year|month|day)">', text(page))
    assert not Pet.objects.exists()


def test_a_photo_is_uploaded_shown_and_selected_again(
    ada: User, sam: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rules 34 and 35."""
    browser = signed_in(ada)
    browser.post("/pets/new/", {**DOG, "client": cleos_home.pk, "photo": picture()})
    photo = Photo.objects.get()
    assert photo.state == PhotoState.READY
    shown = signed_in(sam).get(f"/photos/{photo.pk}/small/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(shown.streaming_content))).size == (320, 320)  # type: ignore[attr-defined]
    assert f"/photos/{photo.pk}/small/" in text(browser.get(f"/clients/{cleos_home.pk}/"))
    luna = make_pet(cleos_home, name="Luna")
    page = text(browser.get(f"/pets/{luna.pk}/edit/"))
    assert f'name="photo_choice" value="{photo.pk}"' in page
    browser.post(f"/pets/{luna.pk}/edit/", {"photo_choice": photo.pk})
    luna.refresh_from_db()
    assert (luna.photo_id, Photo.objects.count()) == (photo.pk, 1)
    browser.post(f"/pets/{luna.pk}/edit/", {"photo_choice": "none"})
    luna.refresh_from_db()
    assert luna.photo_id is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rex.jpg", b"%PDF-1.7 not a picture"),
        ("rex.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("rex.jpg", b""),
        ("<b>rex</b>.jpg", b"MZ\x90\x00 disguised"),
        ("rex.gif", b"GIF89a\xff\xff\xff\xff\x00\x00\x00"),
    ],
)
def test_what_is_no_photo_is_refused_by_name(
    ada: User, cleos_home: Client, signed_in: SignIn, name: str, content: bytes
) -> None:
    """Rule 35."""
    upload = SimpleUploadedFile(name, content, "image/jpeg")
    sent = {**DOG, "client": cleos_home.pk, "photo": upload, "feeding": "Twice a day"}
    page = signed_in(ada).post("/pets/new/", sent)
    assert page.status_code == 422
    assert "Twice a day" in text(page)
    assert "<b>rex</b>" not in text(page)
    assert not Pet.objects.exists()
    assert not Photo.objects.exists()


def test_a_photo_of_another_client_cannot_be_selected(
    ada: User, carls_home: Client, rex: Pet, signed_in: SignIn
) -> None:
    other = Photo.objects.create(client=carls_home, state=PhotoState.READY)
    page = signed_in(ada).post(f"/pets/{rex.pk}/edit/", {"photo_choice": other.pk})
    assert page.status_code == 422
    assert "Select one of this client&#x27;s photos." in text(page)


@pytest.mark.parametrize("who", PEOPLE)
def test_an_inactive_pet_is_for_administrators_alone(
    who: str, request: pytest.FixtureRequest, ada: User, rex: Pet, signed_in: SignIn
) -> None:
    """Rules 36, 37 and 38."""
    browser = signed_in(request.getfixturevalue(who))
    pages = [f"/clients/{rex.client_id}/", "/pets/?active=all" if who == "ada" else "/pets/"]

    def listed() -> list[bool]:
        return [f'data-pet="{rex.pk}"' in text(browser.get(page)) for page in pages]

    assert listed() == [True, True]
    update_pet(rex, values={"active": False}, by=ada)
    sees = who == "ada"
    assert listed() == [sees, sees]
    status = 200 if sees else 404
    assert browser.get(f"/pets/{rex.pk}/").status_code == status
    assert browser.get(f"/pets/{rex.pk}/changes/active/").status_code == status
    update_pet(rex, values={"active": True}, by=ada)
    assert listed() == [True, True]


def test_a_field_hidden_for_an_animal_is_not_required_of_it(
    ada: User, cleos_home: Client, signed_in: SignIn
) -> None:
    """Rule 62."""
    FieldRule.objects.create(
        subject="pet", key="leash_location", manager=Access.REQUIRED, animals=["Dog"]
    )
    sent = {"client": cleos_home.pk, "name": "Bruno"}
    browser = signed_in(ada)
    assert browser.post("/pets/new/", {**sent, "animal": "Cat"}).status_code == 302
    refused = browser.post("/pets/new/", {**sent, "animal": "Dog"})
    assert refused.status_code == 422
    assert ">Where the leash is</a>: Fill this in." in text(refused)


def test_pets_come_after_the_client_in_the_document(sam: User, rex: Pet, signed_in: SignIn) -> None:
    """Rule 56: a narrow screen shows the page in this order."""
    page = text(signed_in(sam).get(f"/clients/{rex.client_id}/"))
    assert 0 < page.index('id="contact"') < page.index(f'data-pet="{rex.pk}"')


def test_an_animal_that_left_the_list_stays(ada: User, rex: Pet, signed_in: SignIn) -> None:
    update_pet(rex, values={"animal": "Goat"}, by=None)
    browser = signed_in(ada)
    assert '<option value="Goat" selected>Goat</option>' in text(
        browser.get(f"/pets/{rex.pk}/edit/")
    )
    assert (
        browser.post(f"/pets/{rex.pk}/edit/", {"animal": "Goat", "weight": "9"}).status_code == 302
    )


def test_only_administrators_delete_a_pet(
    ada: User, mona: User, rex: Pet, signed_in: SignIn
) -> None:
    """Rule 80."""
    address = f"/pets/{rex.pk}/delete/"
    assert signed_in(mona).post(address, {"name": "Rex"}).status_code == 403
    assert signed_in(ada).post(address, {"name": "rex"}).status_code == 422
    assert signed_in(ada).post(address, {"name": "Rex"}).status_code == 302
    assert not Pet.objects.exists()
