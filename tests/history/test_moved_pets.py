"""A pet that moved to another home: what was said of it in the old one stays with the office."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_user
from tests.profiles.pages import content
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
OLD_WORDS = ("Mornings, when Cleo is at the clinic", "Cleo", "Cleopatra")


@pytest.fixture
def nia(db: None) -> User:
    return make_user(Role.CLIENT, "Nia Newhome")


@pytest.fixture
def new_home(nia: User, sam: User) -> Client:
    return make_client(first_name="Nia", last_name="Newhome", logins=[nia], primary_sitter=sam)


@pytest.fixture
def moved(rex: Pet, cleo: User, ada: User, new_home: Client) -> Pet:
    """Fed otherwise by the old home, moved and fed anew in one save, then fed otherwise."""
    pet = Pet.objects.get(pk=rex.pk)
    update_pet(pet, values={"feeding": OLD_WORDS[0]}, by=cleo)
    update_pet(pet, values={"client": new_home, "feeding": "Twice a day"}, by=ada)
    update_pet(pet, values={"feeding": "Three times a day"}, by=ada)
    return pet


def urls_of(pet: Pet, home: Client) -> list[str]:
    return [
        f"/pets/{pet.pk}/",
        f"/pets/{pet.pk}/changes/feeding/",
        f"/pets/{pet.pk}/changes/client/",
        f"/clients/{home.pk}/changes/",
        f"/clients/{home.pk}/changes/?about={pet.pk}",
        f"/clients/{home.pk}/as-of/?on={in_days(0)}",
        f"/clients/{home.pk}/as-of/?on={in_days(-2)}",
    ]


@pytest.mark.parametrize("who", ["nia", "sam"])
def test_the_new_home_and_its_sitter_read_nothing_of_the_old_one(
    signed_in: SignIn, request: pytest.FixtureRequest, moved: Pet, new_home: Client, who: str
) -> None:
    put_back_in_time(moved, new_home)
    browser = signed_in(request.getfixturevalue(who))
    for url in urls_of(moved, new_home):
        answer = browser.get(url)
        assert answer.status_code in (200, 404), url
        assert [word for word in OLD_WORDS if word in content(answer)] == [], url
    newest = browser.get(f"/pets/{moved.pk}/changes/feeding/")
    assert "Three times a day" in content(newest)


def put_back_in_time(pet: Pet, home: Client) -> None:
    """Both in the book for three days; the pet is at this home since yesterday."""
    early = timezone.now() - timedelta(days=3)
    for record in (pet, home):
        type(record)._base_manager.filter(pk=record.pk).update(created_at=early)
    pet.changes.update(changed_at=timezone.now() - timedelta(days=1))


def test_the_office_reads_it_all(
    signed_in: SignIn, mona: User, moved: Pet, new_home: Client
) -> None:
    page = content(signed_in(mona).get(f"/clients/{new_home.pk}/changes/"))
    assert OLD_WORDS[0] in page
    assert "Twice a day" in page


def test_the_mark_counts_what_can_be_read(
    signed_in: SignIn, nia: User, mona: User, moved: Pet
) -> None:
    for reader, count in ((nia, 1), (mona, 3)):
        page = content(signed_in(reader).get(f"/pets/{moved.pk}/"))
        assert f"x{count}<" in page.replace(" ", ""), reader


def test_nothing_of_the_old_home_is_put_back_or_told_by_a_forged_version(
    signed_in: SignIn, nia: User, moved: Pet
) -> None:
    browser = signed_in(nia)
    old = moved.changes.filter(key="feeding").earliest("pk")
    newest = moved.changes.filter(key="feeding").latest("pk")
    assert browser.get(f"/pets/{moved.pk}/restore/{newest.pk}/").status_code == 200
    assert browser.get(f"/pets/{moved.pk}/restore/{old.pk}/").status_code == 404
    sent = {"version": "1", "feeding": "Once a day", "name": "Rex", "animal": "Dog"}
    answer = browser.post(f"/pets/{moved.pk}/edit/", sent)
    assert OLD_WORDS[0] not in content(answer)


def test_on_a_day_before_it_came_the_pet_is_not_at_the_home(
    signed_in: SignIn, mona: User, moved: Pet, new_home: Client
) -> None:
    put_back_in_time(moved, new_home)
    pages = [
        content(signed_in(mona).get(f"/clients/{new_home.pk}/as-of/?on={day}"))
        for day in (in_days(0), in_days(-2))
    ]
    assert ["Rex" in page for page in pages] == [True, False]
