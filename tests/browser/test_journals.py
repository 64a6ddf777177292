"""A journal's way: written on the phone with a photo after the visit, read by the client."""

import re

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import VisitStatus
from tests.browser.windows import PHONE, Windows, jpeg, overflow
from tests.factories import make_service, make_visit


def test_a_journal_is_written_with_a_photo_and_read_by_the_client(
    window: Windows, cleo: User, sam: User, rex: Pet
) -> None:
    """Rule 96: the icon is filled until the client has opened it."""
    walk = make_service(client_name="Dog walk")
    make_visit(rex.client, sitter=sam, pets=[rex], service=walk, status=VisitStatus.IN_PROGRESS)
    sitter = window(sam, **PHONE)
    sitter.goto("/my-schedule/")
    box = sitter.get_by_role("article")
    box.get_by_role("button", name=re.compile("^Complete")).tap()
    box.get_by_role("link", name=re.compile("^Journal")).tap()
    sitter.get_by_text("Fresh water").tap()
    sitter.get_by_label("Walk").check()
    sitter.get_by_label("Notes for the client").fill("Rex met a hedgehog.")
    sitter.get_by_label("Add photos").set_input_files([jpeg("one.jpg"), jpeg("two.jpg")])
    assert overflow(sitter) == 0
    sitter.get_by_role("button", name="Save and send").tap()
    expect(sitter.get_by_text("the client gets a link by mail")).to_be_visible()
    expect(box.get_by_role("link", name=re.compile("^Read journal"))).to_be_visible()

    box.get_by_role("link", name=re.compile("^Note")).tap()
    sitter.get_by_label("Note").fill("Key turns left.")
    sitter.get_by_role("button", name="Save note").tap()
    expect(box).to_contain_text("Key turns left.")

    client = window(cleo, **PHONE)
    client.goto("/my-schedule/")
    mark = client.locator(".journal-mark")
    expect(mark).to_contain_text("New journal")
    mark.tap()
    expect(client.get_by_text("Rex met a hedgehog.")).to_be_visible()
    photos = client.get_by_role("img", name=re.compile("^Photo"))
    expect(photos).to_have_count(2)
    for photo in photos.all():
        expect(photo).to_have_js_property("complete", True)
        expect(photo).not_to_have_js_property("naturalWidth", 0)
    expect(client.get_by_text("Key turns left.")).to_have_count(0)
    assert overflow(client) == 0
    client.goto("/journals/")
    expect(mark).not_to_contain_text("New")
    assert overflow(client) == 0


def test_on_a_phone_the_office_picks_a_client_of_the_journals(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    page = window(mona, **PHONE)
    page.goto("/journals/")
    page.get_by_role("combobox", name="Client", exact=True).press_sequentially("c")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    for option in options.all():
        expect(option).to_be_in_viewport(ratio=1)
    options.filter(has_text="Cooper").tap()
    expect(page).to_have_url(re.compile(f"client={carls_home.pk}"))
    expect(options.first).to_be_hidden()
    assert overflow(page) == 0
