"""The long form: what is missing, what depends on an answer, what must not be lost."""

import re

from playwright.sync_api import Dialog, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, Windows, row_of


def test_a_save_with_nothing_names_both_names_and_leads_to_them(
    window: Windows, mona: User
) -> None:
    page = window(mona, **PHONE)
    page.goto("/clients/new/")
    for label in ("First name", "Last name"):
        expect(page.locator("label").filter(has_text=re.compile(f"^{label}"))).to_have_text(
            f"{label}*"
        )
    page.get_by_label("Street", exact=True).fill("77 Elm Street")
    page.get_by_label("House notes").fill("Beds upstairs.\n\nPlease close the blinds.")
    page.get_by_role("button", name="Save client").tap()

    box = page.get_by_role("alert")
    expect(box).to_be_focused()
    expect(box.get_by_role("link")).to_have_text(["First name", "Last name"])
    expect(page.get_by_label("First name", exact=False).first).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(page.get_by_label("Street", exact=True)).to_have_value("77 Elm Street")
    box.get_by_role("link", name="Last name").tap()
    expect(page.locator("#id_last_name")).to_be_focused()
    expect(page.locator("#id_last_name")).to_be_in_viewport()

    page.keyboard.type("Baker")
    page.locator("#id_first_name").fill("Bea")
    page.get_by_role("button", name="Save client").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bea Baker")
    expect(page.get_by_text("Please close the blinds.")).to_be_visible()
    saved = Client.objects.get()
    assert saved.street == "77 Elm Street"
    assert saved.house_notes == "Beds upstairs.\n\nPlease close the blinds."


def test_alarm_fields_come_with_yes_and_go_with_no(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/new/")
    alarm = page.get_by_role("group", name="Home alarm system")
    company = page.get_by_label("Alarm company", exact=True)
    expect(company).to_be_hidden()
    alarm.get_by_text("Yes").click()
    expect(company).to_be_visible()
    expect(page.get_by_label("Alarm password")).to_be_visible()
    company.fill("Safe & Sound")
    alarm.get_by_text("No", exact=True).click()
    expect(company).to_be_hidden()


def test_a_new_vet_is_offered_to_the_next_client_and_listed(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/new/")
    page.get_by_label("First name", exact=False).first.fill("Ann")
    page.get_by_label("Last name", exact=False).first.fill("Archer")
    expect(page.get_by_label("New vet's name")).to_be_hidden()
    page.get_by_label("Vet", exact=True).select_option("New vet…")
    page.get_by_role("button", name="Save client").click()
    expect(page.get_by_role("alert")).to_contain_text("Say the new vet's name.")
    page.get_by_label("New vet's name").fill("Dr. Wu")
    page.get_by_label("New vet's phone").fill("614 555 0170")
    page.get_by_role("button", name="Save client").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ann Archer")

    page.goto("/clients/new/")
    page.get_by_label("Vet", exact=True).select_option(label="Dr. Wu")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Vets").click()
    expect(row_of(page, "Dr. Wu")).to_contain_text("614 555 0170")


def test_nobody_leaves_unsaved_work_without_being_asked(window: Windows, mona: User) -> None:
    page = window(mona)
    page.goto("/clients/new/")
    page.get_by_label("City").fill("Columbus")
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Pet Profiles").click()
    expect(page).to_have_url(re.compile("/clients/new/"))
    assert asked == ["beforeunload"]
    expect(page.get_by_label("City")).to_have_value("Columbus")


def test_ctrl_s_saves_and_does_not_ask(window: Windows, ada: User, cleos_home: Client) -> None:
    page = window(ada)
    page.goto(f"/clients/{cleos_home.pk}/edit/")
    page.get_by_label("Directions").fill("Past the mill, then left")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cleo Carter")
    expect(page.get_by_text("Past the mill, then left")).to_be_visible()
    expect(page.get_by_text("Saved.")).to_be_visible()
