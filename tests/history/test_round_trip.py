"""A form that is opened and sent back untouched changes nothing, whatever is filled in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access, Kind, Subject
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import create_pet, update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from tests.access.home import make_photo
from tests.factories import make_client, make_pet, make_user
from tests.fields.sentinels import value_of
from tests.profiles.pages import read, send

SignIn = Callable[[User], Browser]

#: Texts that forms, browsers and databases like to bend.
AWKWARD = (
    "  blanks around  ", "two  blanks", '"quoted" & <b>marked</b>', "'); DROP TABLE x; --",
    "{{ user }} {% now %}", "é e\u0301 ﬁ ß", "🐕‍🦺 👩🏽", "عربى עברית", "\u00a0",
    "tab\there", "0", "-",
)  # fmt: skip
NAMES = {"first_name", "last_name", "name"}
#: Of several lines; browsers send CR LF.
LONG = ("one\ntwo", "\nstarts with a line break", "ends with one\n", "\n\n", "a\n\n  b\n")


def texts(subject: Subject, number: int) -> dict[str, str]:
    """An awkward text in every field that takes any; another one for each number."""
    made = {}
    for place, (key, field) in enumerate(subject.fields.items()):
        choices = AWKWARD + LONG if field.kind == Kind.LONG_TEXT else AWKWARD
        if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.SECRET) and key not in NAMES:
            made[key] = choices[(place + number) % len(choices)]
    return made


def filled(subject: Subject, **given: Any) -> dict[str, Any]:
    """Something in every field."""
    made: dict[str, Any] = texts(subject, 0)
    for key, field in subject.fields.items():
        if field.choices:
            value = field.choices[-1][0]
            made[key] = [value] if field.kind == Kind.CHOICES else value
        elif key not in made | given:
            made[key] = value_of(subject, field, "now")
    return made | given


@pytest.fixture
def home(cleo: User, sam: User) -> Client:
    """A home with everything filled in and people on it who have left since."""
    blocked = [
        make_user(Role.SITTER, "Zoe Zander", is_active=False),
        make_user(Role.SITTER, "Al Abel"),
        make_user(Role.SITTER, "Mel Moved"),
    ]
    names = {"first_name": " Cléo", "last_name": 'O"Hara <x>'}
    sitters = {"secondary_sitter": sam, "blocked_sitters": blocked}
    home = make_client(**filled(CLIENT, **names, **sitters), logins=[cleo])
    mel = User.objects.get(name="Mel Moved")
    mel.role = Role.MANAGER
    mel.save()
    return home


@pytest.fixture
def pet(home: Client) -> Pet:
    given = {"name": "  Rex & <Co>", "animal": "Axolotl", "photo": make_photo(home), "active": True}
    values = filled(PET, client=home, **given)
    return create_pet(values=values, by=None)


def everything() -> list[Any]:
    """All rows that a save of a client or pet could touch."""
    rows: list[Any] = [list(model.objects.values()) for model in (Client, Pet)]
    rows += [ClientChange.objects.count(), PetChange.objects.count()]
    for client in Client.objects.order_by("pk"):
        for many in (client.tags, client.blocked_sitters, client.logins):
            rows.append(sorted(many.values_list("pk", flat=True)))
    return rows


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
@pytest.mark.parametrize("number", range(4))
def test_an_untouched_client_form_changes_nothing(
    home: Client, who: str, number: int, request: pytest.FixtureRequest
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    for key in CLIENT.fields:
        levels = dict.fromkeys(("manager", "sitter", "client"), Access.SHOW)
        FieldRule.objects.create(subject="client", key=key, **levels)
    awkward = {**texts(CLIENT, number), "last_name": AWKWARD[number]}
    update_client(Client.objects.get(pk=home.pk), values=awkward, by=None)
    browser, before = Browser(), everything()
    browser.force_login(request.getfixturevalue(who))
    url = f"/clients/{home.pk}/edit/"
    answer = send(browser, url, read(browser.get(url)))
    assert (answer.status_code, everything()) == (302, before)


@pytest.mark.parametrize("who", ["ada", "mona", "sam", "cleo"])
@pytest.mark.parametrize("number", range(3))
def test_an_untouched_pet_form_changes_nothing(
    pet: Pet, who: str, number: int, request: pytest.FixtureRequest
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_sitter_editing": True})
    awkward = texts(PET, number)
    update_pet(Pet.objects.get(pk=pet.pk), values=awkward, by=None)
    browser, before = Browser(), everything()
    browser.force_login(request.getfixturevalue(who))
    url = f"/pets/{pet.pk}/edit/"
    answer = send(browser, url, read(browser.get(url)))
    assert (answer.status_code, everything()) == (302, before)


def test_an_empty_client_and_pet_stay_empty(signed_in: SignIn, ada: User) -> None:
    client = make_client()
    pet = make_pet(client)
    before = everything()
    for url in (f"/clients/{client.pk}/edit/", f"/pets/{pet.pk}/edit/"):
        assert send(signed_in(ada), url, read(signed_in(ada).get(url))).status_code == 302
    assert everything() == before


def test_a_choice_that_the_company_gave_up_may_stay(
    signed_in: SignIn, mona: User, pet: Pet
) -> None:
    url = f"/pets/{pet.pk}/edit/"
    page = read(signed_in(mona).get(url))
    chosen = [o.text for o in page.one("select", name="animal").all("option", selected="")]
    assert chosen == ["Axolotl"]


def test_a_blocked_sitter_who_left_stays_blocked(
    signed_in: SignIn, mona: User, home: Client
) -> None:
    """Whoever comes back later must not find the door open."""
    url = f"/clients/{home.pk}/edit/"
    page = read(signed_in(mona).get(url))
    assert send(signed_in(mona), url, page, city="Dublin").status_code == 302
    assert Client.objects.get(pk=home.pk).field_text("blocked_sitters") == (
        "Al Abel, Mel Moved, Zoe Zander"
    )
    assert home.changes.filter(key="blocked_sitters").count() == 0
