"""Files in the browser: several at once, by drag and drop, without script, refused by name."""

import base64
import re

from playwright.sync_api import FilePayload, Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import ProfileFile
from pawfile.profiles.models.client import Client
from tests.browser.windows import PHONE, Windows, jpeg, overflow
from tests.profiles.documents import PDF

DROP = """(data) => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], "dropped.pdf", { type: "application/pdf" }));
  return dropped;
}"""


def chosen(name: str, data: bytes = PDF) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def rows(page: Page) -> list[str]:
    return page.locator(".file-row a[href^='/files/']:not(.icon-button)").all_text_contents()


def test_several_are_uploaded_at_once_and_what_is_none_is_named(
    window: Windows, ada: User, cleos_home: Client, complaints: list[str]
) -> None:
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/")
    page.get_by_label("Office", exact=True).check()
    files = [chosen("one.pdf"), chosen("none.pdf", b"<html>"), jpeg("two.jpg")]
    page.get_by_label("Add files").set_input_files(files)
    expect(page.locator(".file-row")).to_have_count(2)
    expect(page.locator(".file-lines")).to_have_text(re.compile("none.pdf is a web page"))
    assert rows(page) == ["two", "one"]
    assert set(ProfileFile.objects.values_list("sight", flat=True)) == {"office"}
    expect(page.get_by_label("Office", exact=True)).to_be_checked()
    assert [text for text in complaints if "422" not in text] == []
    complaints.clear()


def test_a_file_is_dropped(window: Windows, ada: User, cleos_home: Client) -> None:
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/files/")
    dropped = page.evaluate_handle(DROP, base64.b64encode(PDF).decode())
    page.dispatch_event(".file-drop", "drop", {"dataTransfer": dropped})
    expect(page.locator(".file-row")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="dropped", exact=True).click()
    assert download.value.suggested_filename == "dropped.pdf"
    assert download.value.path().read_bytes() == PDF


def test_a_client_adds_one_on_the_phone(window: Windows, cleo: User, cleos_home: Client) -> None:
    page = window(cleo, **PHONE)
    page.goto("/my-info/")
    page.get_by_label("Add files").set_input_files([jpeg("card.jpg")])
    expect(page.locator(".file-row")).to_have_count(1)
    assert overflow(page) == 0
    page.get_by_label("Change card").tap()
    page.get_by_role("button", name="Remove file").tap()
    expect(page.get_by_text("Administrators can bring it back")).to_be_visible()
    expect(page.locator(".file-row")).to_have_count(0)


def test_without_script_all_are_sent_with_one_button(
    window: Windows, ada: User, cleos_home: Client
) -> None:
    page = window(ada, java_script_enabled=False)
    page.goto(f"/clients/{cleos_home.pk}/files/")
    page.get_by_label("Add files").set_input_files([chosen("a.pdf"), chosen("b.pdf")])
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".file-row")).to_have_count(2)
