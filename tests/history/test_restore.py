"""An earlier value is put back: a change like any other, or a clear sentence why not."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.lib.dates import PartialDate
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Territory, Vet
from tests.factories import make_user
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]


def save(record: Any, by: User | None = None, **values: object) -> None:
    update: Any = update_pet if isinstance(record, Pet) else update_client
    update(fresh(record), values=values, by=by)


def changed(record: Any, by: User | None = None, **values: object) -> str:
    """Save these values; the address that puts back what was before, of the last of them."""
    save(record, by, **values)
    change = record.change_model.objects.filter(record=record, key=list(values)[-1]).latest("pk")
    return f"/{record.subject.key}s/{record.pk}/restore/{change.pk}/"


def put_back(browser: Browser, url: str) -> Any:
    """Open the page, then press its button."""
    page = read(browser.get(url))
    return browser.post(url, {"version": page.one("input", name="version").attrs["value"]})


def said(answer: Any) -> str:
    return read(answer).one(role="alert").text


def fresh(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


def test_the_value_before_a_change_is_put_back_as_a_change(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, ada, street="1 Elm Street")
    save(cleos_home, ada, street="2 Elm Street")
    answer = put_back(signed_in(mona), url)
    assert (answer.status_code, answer.url) == (302, f"/clients/{cleos_home.pk}/changes/")
    newest = cleos_home.changes.latest("pk")
    assert fresh(cleos_home).street == "12 Maple Street"
    assert (newest.old_text, newest.new_text) == ("2 Elm Street", "12 Maple Street")
    assert newest.changed_by == mona


def test_a_page_that_only_looks_changes_nothing(
    signed_in: SignIn, mona: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, None, street="1 Elm Street")
    page = content(signed_in(mona).get(url))
    assert "12 Maple Street" in page
    assert fresh(cleos_home).street == "1 Elm Street"


VALUES: dict[str, tuple[Any, Any]] = {
    "street": ("  two  blanks ", ""),
    "house_notes": ("one\n\n  two\n", "other"),
    "cell_phone": ("614 555 0199", ""),
    "email": ("a@example.com", "b@example.com"),
    "alternate_emails": (["a@example.com", "b@example.com"], []),
    "has_alarm": (True, False),
    "emergency_has_key": (None, True),
    "uses_keys": (False, True),
    "fence": ("Invisible", ""),
    "pool": ("", "Indoor"),
    "trash_days": (["Tuesday", "Friday"], ["Monday"]),
    "communication_topics": ([], ["Marketing"]),
    "tags": (["VIP", "late payer"], []),
    "status": ("Active", "Inactive"),
}


@pytest.mark.parametrize("key", VALUES)
def test_each_kind_comes_back_from_its_words(
    signed_in: SignIn, ada: User, cleos_home: Client, key: str
) -> None:
    old, new = VALUES[key]
    save(cleos_home, None, **{key: old})
    url = changed(cleos_home, None, **{key: new})
    before = cleos_home.changes.latest("pk").old_text
    assert put_back(signed_in(ada), url).status_code == 302
    found = fresh(cleos_home)
    assert found.field_text(key) == before
    if key != "tags":
        assert found.field_value(key) == old


PET_VALUES: dict[str, tuple[Any, Any]] = {
    "born": (PartialDate(2019, 4, 12), PartialDate(2020)),
    "animal": ("Cat", "Dog"),
    "sex": ("", "male"),
    "active": (True, False),
    "weight": ("12 kg", ""),
}
BIRTHS = [PartialDate(2019), PartialDate(2019, 5), PartialDate(2020, 2, 29), PartialDate()]


@pytest.mark.parametrize("key", PET_VALUES)
def test_each_kind_of_a_pet_comes_back(signed_in: SignIn, ada: User, rex: Pet, key: str) -> None:
    old, new = PET_VALUES[key]
    save(rex, None, **{key: old})
    url = changed(rex, None, **{key: new})
    assert put_back(signed_in(ada), url).status_code == 302
    assert fresh(rex).field_value(key) == old


@pytest.mark.parametrize("born", BIRTHS, ids=str)
def test_a_day_of_birth_known_in_part_comes_back(
    signed_in: SignIn, ada: User, rex: Pet, born: PartialDate
) -> None:
    save(rex, None, name="Rexie", born=PartialDate(2001, 1, 1))
    save(rex, None, name="Rex", born=born) if born else changed(rex, None, born=born)
    url = changed(rex, None, born=PartialDate(2002))
    assert put_back(signed_in(ada), url).status_code == 302
    assert fresh(rex).born == born


OWN: dict[Kind, tuple[Any, Any]] = {
    Kind.NUMBER: (Decimal("12.50"), Decimal(3)),
    Kind.DATE: (date(1999, 12, 31), date(2020, 2, 29)),
    Kind.CHOICE: ("c1", "c2"),
    Kind.CHOICES: (["c1", "c2"], ["c3"]),
}
CHOICES = [
    {"value": "c1", "label": "Left, then right"},
    {"value": "c2", "label": "Left"},
    {"value": "c3", "label": "Right"},
]


@pytest.mark.parametrize("kind", OWN)
def test_answers_to_own_fields_come_back(
    signed_in: SignIn, ada: User, cleos_home: Client, kind: Kind
) -> None:
    """Also choices with a comma in their name."""
    own = CustomField.objects.create(
        subject="client", label="Own", kind=kind, choices=CHOICES if kind in CHOOSING else []
    )
    SiteOptions.renew_fields()
    old, new = OWN[kind]
    save(cleos_home, None, **{own.key: old})
    url = changed(cleos_home, None, **{own.key: new})
    assert put_back(signed_in(ada), url).status_code == 302
    assert fresh(cleos_home).field_value(own.key) == old


CHOOSING = (Kind.CHOICE, Kind.CHOICES)


def test_rows_of_lists_come_back_by_their_names(
    signed_in: SignIn, ada: User, sam: User, stan: User, cleos_home: Client
) -> None:
    vet = Vet.objects.create(name="Dr. Vetter", clinic="Paws, Inc.")
    north = Territory.objects.create(name="North")
    values: dict[str, Any] = {"vet": vet, "territory": north, "secondary_sitter": stan}
    values |= {"blocked_sitters": [make_user(Role.SITTER, name) for name in ("Sue, Jr.", "Sue")]}
    save(cleos_home, None, **values)
    urls = [
        changed(cleos_home, None, **{key: [] if key == "blocked_sitters" else None})
        for key in values
    ]
    before = {key: fresh(cleos_home).field_text(key) for key in values}
    assert set(before.values()) == {""}
    browser = signed_in(ada)
    assert [put_back(browser, url).status_code for url in urls] == [302] * 4
    home = fresh(cleos_home)
    assert (home.vet, home.territory, home.secondary_sitter) == (vet, north, stan)
    assert home.field_text("blocked_sitters") == "Sue, Sue, Jr."


def test_the_territory_by_zip_comes_back_as_none_set(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    north, south = (Territory.objects.create(name=name) for name in ("North", "South"))
    north.zips.create(zip_code="43085")
    url = changed(cleos_home, None, territory=south)
    assert cleos_home.changes.latest("pk").old_text == "North (by zip)"
    assert put_back(signed_in(ada), url).status_code == 302
    assert fresh(cleos_home).territory is None


# What cannot be put back


def refused(browser: Browser, url: str, record: Any) -> str:
    """What is said when one looks, and when one presses all the same; nothing is saved."""
    before, page = fresh(record).version, browser.get(url)
    answer = browser.post(url, {"version": str(before)})
    assert (page.status_code, answer.status_code) == (200, 422)
    assert read(page).all("button", type="submit", cls="button-primary") == []
    assert said(page) == said(answer)
    assert fresh(record).version == before
    return said(page)


def test_a_choice_that_is_gone_is_named(signed_in: SignIn, ada: User, rex: Pet) -> None:
    save(rex, None, animal="Horse")
    url = changed(rex, None, animal="Dog")
    SiteOptions.load()
    SiteOptions.objects.update(animals=["Dog", "Cat"])
    text = refused(signed_in(ada), url, rex)
    assert text == ("“Horse” is no valid choice any more. Edit the profile and choose another one.")


def test_a_vet_that_is_gone_is_named(signed_in: SignIn, ada: User, cleos_home: Client) -> None:
    vet = Vet.objects.create(name="Dr. Vetter")
    save(cleos_home, None, vet=vet)
    url = changed(cleos_home, None, vet=None)
    vet.delete()
    assert refused(signed_in(ada), url, cleos_home) == (
        "“Dr. Vetter” is not there to choose any more. Edit the profile and choose another."
    )


def test_of_two_vets_of_one_name_none_is_guessed(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    vets = [Vet.objects.create(name="Dr. Vetter") for _number in range(2)]
    save(cleos_home, None, vet=vets[0])
    url = changed(cleos_home, None, vet=None)
    assert refused(signed_in(ada), url, cleos_home).startswith("More than one is called")


def test_a_code_a_photo_and_an_owner_say_where_to_go(
    signed_in: SignIn, ada: User, cleos_home: Client, carls_home: Client, rex: Pet
) -> None:
    browser = signed_in(ada)
    url = changed(cleos_home, None, door_code="4711")
    assert refused(browser, url, cleos_home).startswith("Codes are not kept in the history.")
    url = changed(rex, None, client=carls_home)
    assert refused(browser, url, rex).startswith("The owner is chosen in the pet’s form")


def test_what_must_be_filled_in_is_not_emptied(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, None, parking="Behind the house")
    FieldRule.objects.create(subject="client", key="parking", manager=Access.REQUIRED)
    SiteOptions.renew_fields()
    text = refused(signed_in(mona), url, cleos_home)
    assert text == "It was empty then, and must be filled in now."


def test_a_value_that_a_form_would_refuse_is_refused(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    save(cleos_home, None, email="no address at all")
    url = changed(cleos_home, None, email="cleo@example.com")
    assert "is not an e-mail address" in refused(signed_in(ada), url, cleos_home)


def test_words_that_read_otherwise_are_not_put_back(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, None, has_alarm=True)
    cleos_home.changes.filter(key="has_alarm").update(old_text="vielleicht")
    assert "cannot be read back" in refused(signed_in(ada), url, cleos_home)


def test_what_is_like_that_already_needs_no_button(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, None, street="1 Elm Street")
    save(cleos_home, None, street="12 Maple Street")
    assert refused(signed_in(ada), url, cleos_home) == "It is like that already."


def test_who_saved_the_field_meanwhile_is_not_overwritten(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    url, browser = changed(cleos_home, ada, street="1 Elm Street"), signed_in(mona)
    version = read(browser.get(url)).one("input", name="version").attrs["value"]
    save(cleos_home, ada, street="2 Elm Street")
    answer = browser.post(url, {"version": version})
    assert answer.status_code == 409
    assert said(answer).startswith("Somebody changed it meanwhile")
    assert "2 Elm Street" in content(answer)
    assert fresh(cleos_home).street == "2 Elm Street"
    again = read(answer).one("input", name="version").attrs["value"]
    assert browser.post(url, {"version": again}).status_code == 302
    assert fresh(cleos_home).street == "12 Maple Street"


def test_another_field_saved_meanwhile_does_not_matter(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client
) -> None:
    url, browser = changed(cleos_home, ada, street="1 Elm Street"), signed_in(mona)
    version = read(browser.get(url)).one("input", name="version").attrs["value"]
    save(cleos_home, ada, city="Dublin")
    assert browser.post(url, {"version": version}).status_code == 302
    assert (fresh(cleos_home).street, fresh(cleos_home).city) == ("12 Maple Street", "Dublin")


# Who may


def test_only_those_who_may_edit_the_field_put_it_back(
    signed_in: SignIn, *, ada: User, sam: User, cleo: User, stan: User, cleos_home: Client
) -> None:
    url = changed(cleos_home, ada, street="1 Elm Street")
    form = {"version": "99"}
    got = [signed_in(who).post(url, form).status_code for who in (sam, stan)]
    assert got == [403, 404]
    assert signed_in(sam).get(f"/clients/{cleos_home.pk}/changes/street/").status_code == 200
    assert "/restore/" not in content(signed_in(sam).get(f"/clients/{cleos_home.pk}/changes/"))
    SiteOptions.load()
    SiteOptions.objects.update(has_sitter_editing=True)
    assert put_back(signed_in(sam), url).status_code == 302
    url = changed(cleos_home, ada, street="3 Elm Street")
    assert put_back(signed_in(cleo), url).status_code == 302


def test_a_change_of_another_record_is_not_found(
    signed_in: SignIn, ada: User, cleos_home: Client, carls_home: Client
) -> None:
    change = changed(cleos_home, ada, street="1 Elm Street").split("/")[-2]
    url = f"/clients/{carls_home.pk}/restore/{change}/"
    assert signed_in(ada).get(url).status_code == 404


def test_who_views_as_the_client_puts_nothing_back(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client
) -> None:
    url, browser = changed(cleos_home, None, street="1 Elm Street"), signed_in(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    assert browser.post(url, {"version": "99"}).status_code == 403
    page = content(browser.get(f"/clients/{cleos_home.pk}/changes/"))
    assert ("1 Elm Street" in page, "/restore/" in page) == (True, False)
