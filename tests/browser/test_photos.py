"""Photos of pets: uploaded, shown, selected again, and files that are none."""

from playwright.sync_api import Locator, Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Pet, Photo
from tests.browser.windows import PHONE, Windows, jpeg
from tests.factories import make_pet


def upload(page: Page) -> Locator:
    return page.get_by_label("Upload a photo")


def save(page: Page) -> None:
    page.get_by_role("button", name="Save pet").click()


def card(page: Page, name: str) -> Locator:
    """A pet's card on My Pets, where a client comes back to after saving."""
    return page.locator(".pet-card").filter(has=page.get_by_role("heading", name=name))


def be_drawn(picture: Locator) -> None:
    """The browser has got the picture and could read it."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    expect(picture).not_to_have_js_property("naturalWidth", 0)


def test_an_upload_is_shown_and_can_be_selected_for_another_pet(
    window: Windows, cleo: User, rex: Pet
) -> None:
    page = window(cleo, **PHONE)
    page.goto(f"/pets/{rex.pk}/edit/")
    upload(page).set_input_files(jpeg())
    be_drawn(page.locator("#id_photo_preview"))
    save(page)
    be_drawn(card(page, "Rex").locator("img"))
    tiger = make_pet(rex.client, name="Tiger", animal="Cat")
    page.goto(f"/pets/{tiger.pk}/edit/")
    page.get_by_role("group", name="Or select one").locator("img").click()
    save(page)
    be_drawn(card(page, "Tiger").locator("img"))
    assert Photo.objects.count() == 1
    page.goto(f"/clients/{rex.client_id}/")
    expect(page.locator(".pet-card img")).to_have_count(2)
    page.goto(f"/pets/{tiger.pk}/edit/")
    page.get_by_text("No photo").click()
    save(page)
    expect(card(page, "Tiger")).to_be_visible()
    expect(card(page, "Tiger").locator("img")).to_have_count(0)


def test_a_disguised_file_is_refused_by_name_and_the_rest_stays(
    window: Windows, mona: User, rex: Pet
) -> None:
    page = window(mona)
    page.goto(f"/pets/{rex.pk}/edit/")
    page.get_by_label("Weight").fill("74 lbs")
    disguised = jpeg("holiday.jpg")
    disguised["buffer"] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
    upload(page).set_input_files(disguised)
    save(page)
    box = page.get_by_role("alert")
    expect(box).to_contain_text("holiday.jpg")
    expect(box).to_be_focused()
    expect(page.get_by_label("Weight")).to_have_value("74 lbs")
    box.get_by_role("link", name="Photo").click()
    expect(upload(page)).to_be_focused()
    upload(page).set_input_files(jpeg())
    save(page)
    be_drawn(page.get_by_role("img", name="Rex"))
    expect(page.get_by_text("74 lbs")).to_be_visible()
