"""Every page as everybody: nothing wider than the window, nothing that shuts somebody out.

The company is made of text that breaks pages: markup, words without end, both directions.
"""

from typing import Any, cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.lib.dates import PartialDate
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT, PET
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Territory, Vet
from tests.browser.windows import PHONE, WIDE, ZOOMED, Windows, overflow
from tests.factories import make_client, make_pet

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7 }}</textarea>"
ENDLESS = "W" * 200
RIGHT_TO_LEFT = "שלום עולם ‮ مرحبا بالعالم"
EMOJI = "👩‍👩‍👧‍👦🐕‍🦺" * 12
NAUGHTY = (ENDLESS, MARKUP, RIGHT_TO_LEFT, EMOJI)
TEXTS = {"text", "long text", "phone", "secret"}

#: The checker sets styles to measure with, which our Content-Security-Policy refuses.
WATCHED: dict[str, Any] = {"bypass_csp": True}
ROLES = ("ada", "mona", "sam", "cleo")


def naughty_values(subject: Any) -> dict[str, str]:
    keys = [key for key, field in subject.fields.items() if field.kind.value in TEXTS]
    return {key: NAUGHTY[number % len(NAUGHTY)] for number, key in enumerate(keys)}


@pytest.fixture
def home(cleos_home: Client, mona: User, sam: User) -> Client:
    """Cleo's home with every field full, a second pet without anything, and changes."""
    vet = Vet.objects.create(name=ENDLESS, clinic=MARKUP, phone=EMOJI[:90], address=RIGHT_TO_LEFT)
    Territory.objects.create(name=f"{ENDLESS[:90]}")
    for user in (mona, sam):
        user.name = ENDLESS
        user.save()
    values = naughty_values(CLIENT) | {
        "email": f"{'w' * 60}@{'w' * 60}.example.com",
        "has_alarm": True,
        "vet": vet,
        "tags": [ENDLESS[:100], MARKUP],
        "trash_days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    }
    update_client(cleos_home, values=values, by=mona)
    update_client(cleos_home, values={"city": ENDLESS, "directions": MARKUP}, by=mona)
    full = make_pet(cleos_home, name="Rex")
    update_pet(full, values=naughty_values(PET) | {"born": PartialDate(2019)}, by=mona)
    make_pet(cleos_home, name="Nil", animal="Other")
    make_client(first_name=RIGHT_TO_LEFT, last_name=EMOJI, primary_sitter=sam)
    return cleos_home


def addresses(user: User, home: Client) -> list[str]:
    """Where this person can go."""
    pet = home.pets.order_by("pk")[0].pk
    found = ["/", f"/clients/{home.pk}/", "/pets/", f"/pets/{pet}/", "/accounts/password/"]
    found += [f"/clients/{home.pk}/changes/city/", "/accounts/logout/", "/clients/99999/"]
    if user.role != "client":
        found += ["/clients/", "/clients/?q=nobody-at-all", "/vets/"]
    if user.role != "sitter":
        found += [f"/clients/{home.pk}/edit/", f"/pets/{pet}/edit/"]
        found += [f"/pets/new/?client={home.pk}"]
    if user.is_office:
        found += ["/clients/new/", f"/vets/{Vet.objects.get().pk}/edit/", "/vets/new/"]
    if user.is_administrator:
        found += [f"/clients/{home.pk}/delete/", f"/pets/{pet}/delete/", "/pets/?active=all"]
        found += ["/style/"]
    else:
        found += ["/style/"]  # refused, on a page of its own
    return found


def violations(page: Page, *rules: str) -> list[str]:
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    response = cast(dict[str, Any], Axe().run(page, options=only).response)
    return [
        f"{page.url} {found['id']}: {node['html'][:150]}"
        for found in response["violations"]
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("who", ROLES)
def test_no_page_is_wider_than_its_window_whatever_people_wrote(
    window: Windows, request: pytest.FixtureRequest, home: Client, who: str
) -> None:
    user = request.getfixturevalue(who)
    page = window(user, **ZOOMED)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wide = []
    for address in addresses(user, home):
        page.goto(address)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if found := overflow(page):
                wide.append(f"{address} at {width}: {found} px")
    assert wide == []
    assert dialogs == []


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_accessible_light_and_dark_wide_and_narrow(
    window: Windows, request: pytest.FixtureRequest, home: Client, who: str
) -> None:
    user = request.getfixturevalue(who)
    page = window(user, **WATCHED)
    found = []
    for address in addresses(user, home):
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE["viewport"])
        page.goto(address)
        found += violations(page)
        page.set_viewport_size(PHONE["viewport"])
        found += violations(page)
        page.emulate_media(color_scheme="dark")
        found += violations(page, "color-contrast")
    assert found == []


def test_the_pages_at_the_door_are_accessible(window: Windows) -> None:
    page = window(**ZOOMED, **WATCHED)
    found = []
    for address in ("login", "reset", "reset/sent", "reset/1-abc", "signup", "inactive"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=cast(Any, scheme))
            page.goto(f"/accounts/{address}/")
            found += violations(page)
            assert overflow(page) == 0
    assert found == []


def test_open_menus_rows_and_pop_ups_are_accessible(
    window: Windows, ada: User, home: Client
) -> None:
    page = window(ada, **WATCHED)
    page.goto("/clients/")
    page.get_by_role("button", name="Show").last.click()
    expect(page.locator(".row-detail")).to_be_visible()
    found = violations(page)
    page.keyboard.press("/")
    page.keyboard.type("w")
    expect(page.get_by_role("listbox", name="Found")).to_be_visible()
    found += violations(page)
    page.goto(f"/clients/{home.pk}/")
    page.get_by_text("Actions").click()
    found += violations(page)
    page.locator("[data-field=city]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += violations(page)
    page.goto("/pets/new/")
    page.get_by_role("button", name="Save pet").click()
    expect(page.get_by_role("alert")).to_be_focused()
    found += violations(page)
    assert found == []
