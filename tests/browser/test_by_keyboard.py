"""No mouse: menus, the drawer, rows, pop-ups."""

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, Windows


def test_menus_open_move_and_close(window: Windows, ada: User, cleos_home: Client) -> None:
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    summary = page.locator("main [data-menu] > summary")
    for _ in range(6):
        page.keyboard.press("Tab")
        if summary.evaluate("summary => summary === document.activeElement"):
            break
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Edit").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Delete")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.get_by_role("link", name="Delete")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="Delete")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Delete")).to_be_hidden()


def test_a_pop_up_keeps_the_focus_inside(
    window: Windows, ada: User, mona: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"street": "12 Oak Street"}, by=mona)
    page = window(ada)
    page.goto("/clients/")
    page.get_by_role("button", name="Show Carter, Cleo here").press("Enter")
    mark = page.locator(".row-detail [data-field=street]")
    mark.press("Enter")
    popup = page.get_by_role("dialog", name="Street")
    expect(popup.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Enter")
    expect(popup).to_be_hidden()
    expect(mark).to_be_focused()


def test_the_drawer_of_a_narrow_desk_opens_and_closes(window: Windows, mona: User) -> None:
    page = window(mona, **PHONE)
    page.goto("/")
    button = page.get_by_role("button", name="Menu", exact=True)
    drawer = page.get_by_role("navigation", name="Main")
    expect(drawer).to_be_hidden()
    button.press("Enter")
    expect(drawer.get_by_role("link", name="Vets")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(button).to_be_focused()
