"""Two people write to each other and see the other's message arrive without reloading."""

import re

from playwright.sync_api import expect

from pawfile.accounts.models import User
from pawfile.messaging.models import Conversation
from pawfile.profiles.models import Client
from tests.browser.windows import PHONE, WIDE, Windows, jpeg, overflow
from tests.messaging.talk import begin


def test_two_people_see_each_others_message_arrive(
    window: Windows, mona: User, cleo: User, cleos_home: Client
) -> None:
    begin(mona, "Is Tuesday fine?", client=cleos_home)
    client, office = window(cleo, **PHONE), window(mona, **WIDE)
    client.goto("/messages/")
    client.get_by_role("link", name=re.compile("Is Tuesday fine")).tap()
    url = Conversation.objects.get().get_absolute_url()
    office.goto(url)
    office.get_by_label("Your answer").type("half a thought")

    client.get_by_label("Your answer").fill("Yes, from nine on.")
    client.get_by_label("Attach pictures or PDFs").set_input_files([jpeg("gate.jpg")])
    assert overflow(client) == 0
    client.get_by_role("button", name="Send").tap()
    mine = client.locator(".message-own", has_text="Yes, from nine on.")
    expect(mine).to_be_in_viewport()

    arrived = office.locator(".message", has_text="Yes, from nine on.")
    expect(arrived).to_be_visible()
    expect(arrived.get_by_role("img")).to_have_js_property("complete", True)
    expect(office.get_by_label("Your answer")).to_have_value("half a thought")

    office.get_by_label("Your answer").fill("See you then.")
    office.get_by_label("Your answer").press("Control+Enter")
    expect(client.locator(".message", has_text="See you then.")).to_be_in_viewport()
    expect(client.locator(".message")).to_have_count(3)
    assert overflow(client) == 0


def test_ticked_clients_get_a_message_each(
    window: Windows, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    office = window(mona, **WIDE)
    office.goto("/clients/")
    for box in office.locator("tbody input[type=checkbox]").all():
        box.check()
    office.get_by_role("button", name="Message", exact=True).click()
    expect(office.get_by_text("2 clients get the message each")).to_be_visible()
    office.get_by_label("Message*").fill("Closed on Monday.")
    office.get_by_role("button", name="Send to 2 clients").click()
    expect(office.get_by_text("2 clients got the message.")).to_be_visible()
    assert Conversation.objects.count() == 2
