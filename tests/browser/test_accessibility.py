"""Every page, light and dark, wide and narrow: no violation that axe can find.

A manager's pages are the administrator's with less on them.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.options.actions import change_options
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.resources.models import Vet
from pawfile.schedule.actions.journals import add_note
from tests.browser.places import DOOR, places
from tests.browser.windows import PHONE, WIDE, Windows
from tests.factories import make_client
from tests.schedule.journals import make_journal, snap

#: axe measures with styles of its own, which our Content-Security-Policy refuses; and it must not
#: measure colours half-way.
MEASURED: dict[str, Any] = {"bypass_csp": True, "reduced_motion": "reduce"}
SCRIPT = Axe().axe_script
#: What can differ between the two looks of a page; all other rules are asked once.
LOOKS = [
    "color-contrast", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
    "button-name", "link-name", "landmark-unique", "region",
]  # fmt: skip


@pytest.fixture
def home(rex: Pet, mona: User) -> Client:
    client = rex.client
    values = {"city": "Dublin", "has_alarm": True, "alarm_code": "4711#", "office_notes": "Pays."}
    update_client(client, values={**values, "vet": Vet.objects.create(name="Dr. Wu")}, by=mona)
    rex.refresh_from_db()
    update_pet(rex, values={"behavior_warnings": "Bites hats.", "weight": "70 lb"}, by=mona)
    change_options(values={"change_window": 30}, opened={"change_window": "90"}, by=mona)
    record_activity(by=mona, kind=ActivityKind.FIELD, about="Street", new="A help text. " * 20)
    sitter = client.primary_sitter
    assert sitter
    make_journal(client, sitter, photos=[snap()])
    add_note(client=client, text="Key turns left.", by=sitter)
    make_client(first_name="Ivo", last_name="Idle", status="Inactive", primary_sitter=None)
    return client


#: What axe loads a second time, slowly, for its rules about turned screens and about sound.
LOADED = """() => [...document.querySelectorAll("link[rel=stylesheet], style, audio, video")]
    .map(element => element.outerHTML).join()"""


def violations(page: Page, rules: list[str] | None = None, *, preload: bool = True) -> list[str]:
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(SCRIPT)
    asked = {"resultTypes": ["violations"], "preload": preload}
    asked |= {"runOnly": rules} if rules else {}
    found = page.evaluate("asked => axe.run(asked).then(run => run.violations)", asked)
    return [
        f"{page.url} {violation['id']}: {node['html'][:150]}"
        for violation in found
        for node in violation["nodes"]
    ]


def wide_and_light_then_narrow_and_dark(page: Page, addresses: list[str]) -> list[str]:
    found: list[str] = []
    loaded: set[str] = set()
    for address in addresses:
        page.set_viewport_size(WIDE["viewport"])
        page.emulate_media(color_scheme="light")
        page.goto(address)
        here = page.evaluate(LOADED)
        found += violations(page, preload=here not in loaded)
        loaded.add(here)
        page.set_viewport_size(PHONE["viewport"])
        page.emulate_media(color_scheme="dark")
        found += violations(page, LOOKS)
    return found


#: An administrator has so many pages that they are looked at in parts, side by side.
PARTS = {"ada": 4, "sam": 1, "cleo": 1}


@pytest.mark.parametrize(
    ("who", "part"), [(who, part) for who, count in PARTS.items() for part in range(count)]
)
def test_every_page_is_for_everybody(
    window: Windows, request: pytest.FixtureRequest, home: Client, who: str, part: int
) -> None:
    user = request.getfixturevalue(who)
    page = window(user, **MEASURED)
    mine = places(user, home)[part :: PARTS[who]]
    assert wide_and_light_then_narrow_and_dark(page, mine) == []


def test_so_are_the_pages_in_front_of_the_door(window: Windows) -> None:
    assert wide_and_light_then_narrow_and_dark(window(**MEASURED), list(DOOR)) == []


def test_so_is_what_opens_on_a_page(window: Windows, ada: User, home: Client) -> None:
    page = window(ada, **MEASURED)
    page.goto("/clients/")
    page.get_by_role("button", name="Show Carter, Cleo here").click()
    expect(page.locator(".row-detail")).to_contain_text("Dublin")
    found = violations(page)
    page.locator(".columns-menu summary").click()
    found += violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("carter")
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
