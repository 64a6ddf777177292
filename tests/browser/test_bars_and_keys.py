"""Small things under the fingers: what covers the focus, keys that do nothing."""

import pytest
from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, Windows


@pytest.mark.parametrize("who", ["mona", "cleo"])
def test_what_has_the_focus_is_never_covered(
    window: Windows, request: pytest.FixtureRequest, cleos_home: Client, who: str
) -> None:
    page = window(request.getfixturevalue(who), **PHONE)
    page.goto(f"/clients/{cleos_home.pk}/edit/")
    page.locator("#id_first_name").focus()
    covered = []
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const here = document.activeElement, box = here.getBoundingClientRect();
              const top = document.elementFromPoint(box.left + box.width / 2, box.bottom - 3);
              return here.closest(".save-bar") || here.contains(top) || top?.contains(here)
                ? "" : here.id || here.textContent;
            }"""
        )
        covered.append(found)
    assert [name for name in covered if name] == []


def test_space_presses_the_arrow_of_a_row(window: Windows, mona: User, cleos_home: Client) -> None:
    page = window(mona)
    page.goto("/clients/")
    arrow = page.get_by_role("button", name="Show Carter, Cleo here")
    arrow.press("Space")
    expect(page.locator(".row-detail")).to_contain_text("12 Maple Street")
    arrow.press("Space")
    expect(page.locator(".row-detail")).to_be_hidden()


def test_ctrl_s_saves_with_caps_lock_on(window: Windows, mona: User, cleos_home: Client) -> None:
    page = window(mona)
    page.goto(f"/clients/{cleos_home.pk}/edit/")
    page.get_by_label("Directions").fill("Over the bridge")
    page.keyboard.press("Control+S")
    expect(page.get_by_text("Saved.")).to_be_visible()


def test_without_script_the_search_for_the_owner_does_not_stand_beside_the_choice(
    window: Windows, mona: User, cleos_home: Client
) -> None:
    page = window(mona, java_script_enabled=False)
    page.goto("/pets/new/")
    expect(page.get_by_label("Owner*", exact=True)).to_be_visible()
    expect(page.get_by_role("combobox", name="Find the owner")).to_be_hidden()
