"""A visit's way on the phone: requested, given to a sitter, accepted, begun and completed."""

import re

from playwright.sync_api import Page, expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Pet
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.models import Visit
from tests.browser.windows import PHONE, Windows, overflow
from tests.factories import make_block, make_service, make_visit
from tests.schedule.days import in_days, midday


def test_a_visit_is_requested_moved_accepted_and_done(
    window: Windows, cleo: User, mona: User, sam: User, rex: Pet
) -> None:
    """Rules 8 and 86: three people, each with a phone."""
    midday()
    make_block("Morning", 7, 10)
    late = make_block("All day", 0, 23)
    make_service(client_name="Dog walk")
    client = window(cleo, **PHONE)
    client.goto("/")
    client.get_by_role("navigation", name="Quick").get_by_role("link", name="Schedule").tap()
    client.get_by_role("link", name="Request a visit").tap()
    client.get_by_text("Dog walk").tap()
    client.get_by_label("Day*", exact=True).fill(in_days(3).isoformat())
    client.get_by_label("Time of day").select_option(label="Morning, 07:00–10:00")
    client.get_by_role("button", name="Request").tap()
    box = client.get_by_role("article")
    expect(box).to_contain_text("Requested")
    assert overflow(client) == 0

    visit = Visit.objects.get()
    office = window(mona, **PHONE)
    office.goto("/requests/")
    expect(office.get_by_role("row").filter(has_text="Carter, Cleo")).to_contain_text("Rex")
    assert overflow(office) == 0
    assign_visit(visit=visit, assign_to="sitter", sitter=sam, by=mona)

    client.reload()
    expect(box).to_contain_text("Planned")
    client.get_by_role("link", name="Ask for a change").tap()
    client.get_by_label("Day*", exact=True).fill(in_days(0).isoformat())
    client.get_by_label("Time of day").select_option(label=f"{late}, 00:00–23:00")
    client.get_by_role("button", name="Ask the office").tap()
    expect(box).to_contain_text("Change requested")

    office.reload()
    card = office.get_by_role("article")
    expect(card.locator("ins").last).to_have_text("All day")
    card.get_by_role("button", name="Approve").tap()
    expect(office.get_by_text("Nothing waits for an answer")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.visit_on, visit.block) == (in_days(0), late)
    do_the_visit(window(sam, **PHONE))


def do_the_visit(sitter: Page) -> None:
    sitter.goto("/")
    bar = sitter.get_by_role("navigation", name="Quick")
    expect(bar.get_by_role("link").first).to_have_text("Schedule")
    bar.get_by_role("link", name="Schedule").tap()
    mine = sitter.get_by_role("article")
    for button, word in (
        ("Accept", "Accepted"), ("Arrived", "In progress"), ("Complete", "Completed"),
    ):  # fmt: skip
        pressed = mine.get_by_role("button", name=re.compile(f"^{button}"))
        size = pressed.bounding_box()
        assert size
        assert size["height"] >= 48
        pressed.tap()
        expect(mine.locator(".pill")).to_have_text(word)
    expect(mine.get_by_role("button")).to_have_count(0)
    assert overflow(sitter) == 0
    mine.get_by_role("link", name="Cleo Carter", exact=True).tap()
    expect(sitter.get_by_role("heading", level=1)).to_contain_text("Cleo Carter")


def test_two_sitters_see_an_offer_and_one_has_it(
    window: Windows, sam: User, stan: User, rex: Pet
) -> None:
    """Rule 83."""
    offer = make_visit(rex.client, pets=[rex], is_for_anyone=True, visit_on=in_days(1))
    first, second = window(sam, **PHONE), window(stan, **PHONE)
    for page in (first, second):
        page.goto("/my-schedule/")
        expect(page.get_by_role("heading", name="Offered to everyone")).to_be_visible()
    first.get_by_role("button", name="Accept").tap()
    expect(first.get_by_role("heading", name="Offered to everyone")).to_have_count(0)
    second.get_by_role("button", name="Accept").tap()
    expect(second.locator("#toasts")).to_contain_text("already taken this visit")
    expect(second.get_by_role("article")).to_have_count(0)
    offer.refresh_from_db()
    assert offer.sitter == sam
