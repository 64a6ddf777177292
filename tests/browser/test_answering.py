"""The office answers what clients ask for, a card after the other."""

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import ask_cancel
from pawfile.schedule.models import ChangeRequest, VisitStatus
from tests.browser.windows import Windows
from tests.factories import make_visit
from tests.schedule.days import in_days


def test_words_typed_to_another_request_stay(
    window: Windows, mona: User, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    first, second = [
        ask_cancel(
            visit=make_visit(
                cleos_home, pets=[rex], visit_on=in_days(days), status=VisitStatus.ACCEPTED
            ),
            words="We stay at home.",
            by=cleo,
        )
        for days in (3, 4)
    ]
    page = window(mona)
    page.goto("/requests/")
    cards = page.get_by_role("article")
    cards.nth(1).get_by_label("Your words to the client").fill("Have fun!")
    box = cards.nth(0).get_by_label("Your words to the client")
    box.evaluate("box => box.removeAttribute('maxlength')")
    box.fill("x" * 2001)
    cards.nth(0).get_by_role("button", name="Approve").click()
    expect(page.locator("#toasts")).to_contain_text("2000 characters")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_value("x" * 2001)
    box.fill("Until next time.")
    cards.nth(0).get_by_role("button", name="Approve").click()
    expect(page.locator("#toasts")).to_contain_text("Approved.")
    expect(cards).to_have_count(1)
    left = cards.get_by_label("Your words to the client")
    expect(left).to_have_value("Have fun!")
    cards.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Nothing waits for an answer")).to_be_visible()
    toast = page.locator("#toasts .toast")
    expect(toast).to_have_text("Declined. The client is told by mail.")
    expect(toast).to_have_count(0, timeout=20_000)
    replies = ChangeRequest.objects.order_by("pk").values_list("pk", "answer", "reply")
    assert list(replies) == [
        (first.pk, "approved", "Until next time."), (second.pk, "declined", "Have fun!"),
    ]  # fmt: skip
