"""Arranging the fields in a browser: by hand, by keyboard, and what the others then see."""

import pytest
from playwright.sync_api import Locator, Page, expect

from pawfile.accounts.models import User
from pawfile.fields.catalogue import catalogue
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, Windows
from tests.fields.own_fields import order, stored_choices

LIST = "/options/clients/"


@pytest.fixture
def page(window: Windows, ada: User, cleos_home: Client) -> Page:
    found = window(ada)
    found.goto(LIST)
    found.wait_for_load_state("networkidle")  # the counts come after the list
    return found


def names(page: Page, section: str) -> Locator:
    return page.locator(f"[data-section={section}] .field-name")


def drag(page: Page, key: str, over: str) -> None:
    """Take a row by its grip and let it go on the upper half of another one."""
    page.locator(f"#field-{over}").evaluate("row => row.scrollIntoView({block: 'center'})")
    start = page.locator(f"#grip-{key}").bounding_box()
    end = page.locator(f"#field-{over}").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, start["y"] - 5, steps=3)
    page.mouse.move(start["x"] + 10, end["y"] + 5, steps=8)


def test_a_field_is_dragged_to_another_place(page: Page) -> None:
    drag(page, "zip_code", "street2")
    with page.expect_response("**/move/"):
        page.mouse.up()
    wanted = ["Street", "Zip code", "Apartment, unit", "City", "State", "Directions"]
    expect(names(page, "address")).to_have_text(wanted)
    expect(page.locator("#grip-zip_code")).to_be_focused()
    assert order("address")[:2] == ["street", "zip_code"]
    page.reload()
    expect(names(page, "address")).to_have_text(wanted)


def test_a_field_is_dragged_into_another_section_and_escape_puts_it_back(page: Page) -> None:
    before = order("address")
    drag(page, "street", "partner_email")
    expect(names(page, "contact")).to_contain_text(["Street"])
    page.keyboard.press("Escape")
    expect(names(page, "address")).to_contain_text(["Street"])
    page.mouse.up()
    assert order("address") == before
    drag(page, "street", "partner_email")
    with page.expect_response("**/move/"):
        page.mouse.up()
    expect(page.locator("#undo")).to_have_text("Undo: Moved “Street”")
    assert order("contact")[-3:] == ["street", "partner_email", "communication_topics"]


def test_a_field_is_moved_by_keyboard_and_keeps_the_focus(page: Page) -> None:
    grip = page.locator("#grip-city")
    grip.press("Enter")
    page.keyboard.press("ArrowDown")
    up = page.locator("#up-city")
    expect(up).to_be_focused()
    for wanted in (1, 0):
        page.keyboard.press("Enter")
        expect(names(page, "address").nth(wanted)).to_have_text("City")
        expect(up).to_be_focused()
    page.keyboard.press("Escape")
    expect(grip).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(names(page, "address").nth(1)).to_have_text("City")
    expect(grip).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("City: Service address, 2 / 6")
    assert order("address")[:2] == ["street", "city"]


def test_a_field_is_moved_to_a_place_chosen_from_a_list(page: Page) -> None:
    page.locator("#grip-city").click()
    page.locator("#field-city").get_by_role("link", name="Move to…").click()
    page.get_by_label("Where to").select_option("before “Vet”")
    page.get_by_role("button", name="Move field").click()
    expect(names(page, "vet")).to_have_text(["City", "Vet"])


def test_a_changed_right_is_seen_on_the_profile_and_undone(
    page: Page, window: Windows, sam: User, cleos_home: Client
) -> None:
    sitter = window(sam)
    sitter.goto(f"/clients/{cleos_home.pk}/")
    expect(sitter.locator("main")).to_contain_text("12 Maple Street")
    page.get_by_label("Street: Sitter", exact=True).focus()
    page.get_by_label("Street: Sitter", exact=True).select_option("Hide")
    expect(page.locator(".toast")).to_contain_text("“Street” saved.")
    expect(page.get_by_label("Street: Sitter", exact=True)).to_be_focused()
    sitter.reload()
    expect(sitter.locator("main")).not_to_contain_text("12 Maple Street")
    page.get_by_role("button", name="Undo: Changed “Street”").click()
    expect(page.locator(".toast")).to_contain_text("Undone: Changed “Street”")
    expect(page.get_by_label("Street: Sitter", exact=True)).to_have_value("2")
    sitter.reload()
    expect(sitter.locator("main")).to_contain_text("12 Maple Street")


def test_a_choice_field_is_made_and_answered(page: Page, cleos_home: Client) -> None:
    page.get_by_role("link", name="New field", exact=True).click()
    page.locator("#id_label").fill("Bed time")
    choices = page.get_by_role("group", name="Choices")
    expect(choices).to_be_hidden()
    page.get_by_label("Kind of answer").select_option("One choice")
    boxes = choices.get_by_role("textbox")
    boxes.first.fill("Late")
    boxes.first.press("Enter")
    page.keyboard.type("Early")
    choices.get_by_role("button", name="Move up").last.click()
    page.get_by_label("Section").select_option("Home")
    page.get_by_role("button", name="Add field").click()
    expect(names(page, "home").last).to_have_text("Bed time")
    (field,) = catalogue("client").custom
    assert [each["label"] for each in stored_choices(field.key)] == ["Early", "Late"]
    page.goto(f"/clients/{cleos_home.pk}/edit/")
    page.locator("details#home > summary").click()
    page.get_by_label("Bed time").select_option("Early")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#home")).to_contain_text("Early")
    page.goto(LIST)
    expect(page.locator(f"#count-{field.key}")).to_have_text("1 client")


def test_the_answer_on_offer_follows_the_chosen_field(page: Page) -> None:
    page.goto(f"{LIST}client/parking/")
    answer = page.get_by_label("is answered")
    expect(answer).to_be_hidden()
    page.get_by_label("Ask only when").select_option("Fence")
    answer.select_option("Electric")
    page.get_by_label("Ask only when").select_option("Home alarm system")
    expect(answer).to_have_value("")
    answer.select_option("has_alarm=no")
    page.get_by_role("button", name="Save field").click()
    expect(page.locator("#field-parking")).to_contain_text("Home alarm system: No")


def test_the_list_narrows_as_one_types(page: Page) -> None:
    expect(page.locator("#count-city")).to_have_text("1 client")
    page.get_by_label("Find a field").fill("é-mail")
    shown = page.locator(".field-name:visible")
    expect(shown).to_have_text(["E-mail", "Alternate e-mails", "Partner's e-mail"])
    page.get_by_label("Find a field").fill("zzz")
    expect(page.get_by_role("heading", name="No field fits")).to_be_visible()
    page.get_by_label("Find a field").fill("")
    expect(shown).to_have_count(len(catalogue("client").fields))


def test_on_a_phone_sections_open_one_by_one(window: Windows, ada: User) -> None:
    page = window(ada, **PHONE)
    page.goto(LIST)
    expect(page.locator(".field-name:visible")).to_have_count(13)
    page.get_by_role("heading", name="Service address").click()
    expect(page.locator("#field-city")).to_be_visible()


def test_the_preview_goes_on_to_another_client(page: Page, carls_home: Client) -> None:
    page.goto(f"{LIST}preview/?as=client")
    picker = page.get_by_role("combobox", name="Whose profile")
    picker.fill("cooper")
    page.get_by_role("option", name="Cooper").click()
    expect(page.locator("[data-seen-as=client] h2").first).to_have_text("Carl Cooper")


def test_everything_is_done_without_script(window: Windows, ada: User) -> None:
    page = window(ada, java_script_enabled=False)
    page.goto(LIST)
    page.get_by_label("City: Sitter", exact=True).select_option("Hide")
    page.get_by_role("button", name="Save City").click()
    expect(page.locator(".toast")).to_contain_text("“City” saved.")
    page.locator("#grip-city").click()
    page.locator("#up-city").click()
    expect(names(page, "address").nth(1)).to_have_text("City")
    page.get_by_role("link", name="Show how many have answered each field").click()
    expect(page.locator("#count-city")).to_have_text("0 clients")
    page.get_by_role("button", name="Undo: Moved “City”").click()
    expect(names(page, "address").nth(2)).to_have_text("City")


def test_the_menu_of_the_fields_opens_inside_a_phone(window: Windows, ada: User) -> None:
    page = window(ada, **PHONE)
    page.goto(LIST)
    page.get_by_text("More", exact=True).first.tap()
    box = page.locator("[data-menu][open] .menu-list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
