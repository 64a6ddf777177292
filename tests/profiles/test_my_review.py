"""Still right? Clients confirm what is known of home and pets, section by section."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.fields import PET
from pawfile.profiles.models import Client, Pet, SectionReview
from tests.factories import make_pet
from tests.profiles.pages import Node, content, read
from tests.profiles.reviewing import MONTH, ask_about, known_for

SignIn = Callable[[User], Browser]
URL = "/my/review/"


@pytest.fixture
def cleos(signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet) -> Browser:
    """Home access and the pets' care are asked about every six months; Cleo is due."""
    ask_about("client", "access")
    ask_about("pet", "care")
    known_for(7, cleos_home, rex)
    return signed_in(cleo)


def parts(page: Node) -> list[str]:
    return [part.attrs["data-part"] for part in page.all("section", data_part="")]


def press_right(browser: Browser, page: Node, name: str) -> Any:
    """Press "Yes, still right" as a browser does."""
    part = page.one("section", data_part=name)
    form = part.one("form")
    sent = {node.attrs["name"]: node.attrs["value"] for node in form.all("input")}
    button = form.one("button")
    assert button.text.startswith("Yes, still right")
    sent[button.attrs["name"]] = button.attrs["value"]
    return browser.post(form.attrs["action"], sent)


def test_due_sections_are_read_and_confirmed_with_one_tap(
    cleos: Browser, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    update_client(
        Client.objects.get(pk=cleos_home.pk),
        values={"entry_instructions": "Side door", "door_code": "4711"},
        by=cleo,
    )
    page = read(cleos.get(URL))
    assert parts(page) == ["home/access", f"{rex.pk}/care"]
    home = page.one("section", data_part="home/access")
    assert "Side door" in home.text
    assert "4711" not in page.text
    (change,) = [link for link in home.all("a") if link.text.startswith("Change")]
    assert change.attrs["href"] == f"/clients/{cleos_home.pk}/edit/#access"
    answer = press_right(cleos, page, "home/access")
    assert answer.headers["Location"] == f"{URL}?home={cleos_home.pk}"
    page = read(cleos.get(URL))
    assert parts(page) == [f"{rex.pk}/care"]
    assert [each.attrs["data-part"] for each in page.all("li", data_part="")] == ["home/access"]
    review = SectionReview.objects.get()
    stored = Client.objects.get(pk=cleos_home.pk)
    assert (review.reviewed_by, review.pet, review.version) == (cleo, None, stored.version)
    assert stored.updated_at < review.reviewed_at


def test_a_section_is_asked_about_again_when_its_months_are_over(cleos: Browser, rex: Pet) -> None:
    page = read(cleos.get(URL))
    for name in parts(page):
        press_right(cleos, page, name)
    assert "Nothing to look through" in content(cleos.get(URL))
    SectionReview.objects.update(reviewed_at=timezone.now() - 5 * MONTH)
    assert parts(read(cleos.get(URL))) == []
    SectionReview.objects.update(reviewed_at=timezone.now() - 7 * MONTH)
    assert parts(read(cleos.get(URL))) == ["home/access", f"{rex.pk}/care"]


def test_new_clients_and_pets_are_not_asked(
    signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    ask_about("client", "access")
    ask_about("pet", "care")
    known_for(7, cleos_home)
    make_pet(cleos_home, name="Tom")
    assert parts(read(signed_in(cleo).get(URL))) == ["home/access"]


def test_a_section_of_which_the_client_sees_nothing_is_not_asked_about(
    cleos: Browser, cleos_home: Client
) -> None:
    ask_about("client", "office")
    for field in PET.sections[1].fields:
        FieldRule.objects.create(subject="pet", key=field.key, client=Access.HIDE)
    assert parts(read(cleos.get(URL))) == ["home/access"]


def test_who_may_change_nothing_confirms_all_the_same(
    cleos: Browser, cleos_home: Client, rex: Pet
) -> None:
    for section in PET.sections:
        for field in section.fields:
            if not field.is_always_required:
                FieldRule.objects.create(subject="pet", key=field.key, client=Access.READ)
    page = read(cleos.get(URL))
    assert press_right(cleos, page, f"{rex.pk}/care").status_code == 302


def test_what_was_changed_meanwhile_is_not_confirmed_unseen(
    cleos: Browser, cleos_home: Client, mona: User
) -> None:
    page = read(cleos.get(URL))
    update_client(Client.objects.get(pk=cleos_home.pk), values={"parking": "Garage"}, by=mona)
    answer = press_right(cleos, page, "home/access")
    assert answer.status_code == 422
    assert "Something was changed meanwhile. Look again, then confirm." in content(answer)
    assert not SectionReview.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [{}, {"part": "home/home", "version": "1"}, {"part": "home/access", "version": "one"},
     {"part": "999999/care", "version": "1"}],
)  # fmt: skip
def test_what_is_not_asked_about_is_not_confirmed(cleos: Browser, sent: dict[str, str]) -> None:
    answer = cleos.post(URL, sent)
    assert answer.status_code == 422
    assert "This section is not asked about any more." in content(answer)
    assert not SectionReview.objects.exists()


def test_of_another_home_nothing_is_read_or_confirmed(cleos: Browser, carls_home: Client) -> None:
    known_for(7, carls_home)
    assert cleos.get(f"{URL}?home={carls_home.pk}").status_code == 404
    sent = {"part": "home/access", "version": "1"}
    assert cleos.post(f"{URL}?home={carls_home.pk}", sent).status_code == 404


def test_my_info_says_that_something_is_due(cleos: Browser) -> None:
    banner = read(cleos.get("/my-info/")).one("div", data_review_due="2")
    assert "2 parts of what we know about your home wait for a look." in banner.text
    page = read(cleos.get(URL))
    for name in parts(page):
        press_right(cleos, page, name)
    assert "data-review-due" not in content(cleos.get("/my-info/"))


def test_staff_read_on_the_profile_when_the_client_confirmed_a_section(
    cleos: Browser, signed_in: SignIn, sam: User, cleos_home: Client, rex: Pet
) -> None:
    browser = signed_in(sam)
    url = f"/clients/{cleos_home.pk}/"
    assert "data-confirmed" not in content(browser.get(url))
    page = read(cleos.get(URL))
    for name in parts(page):
        press_right(cleos, page, name)
    (section,) = [
        each for each in read(browser.get(url)).all("details", cls="section")
        if each.all(data_confirmed="")
    ]  # fmt: skip
    assert section.attrs["id"] == "access"
    assert "Confirmed by the client today" in section.text
    assert "data-confirmed" in content(browser.get(f"/pets/{rex.pk}/"))


def test_an_administrator_who_views_as_the_client_confirms_nothing(
    cleos: Browser, signed_in: SignIn, ada: User, cleo: User
) -> None:
    browser = signed_in(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    page = read(browser.get(URL))
    assert parts(page)[0] == "home/access"
    assert [button for button in page.all("button") if "still right" in button.text] == []
    assert browser.post(URL, {"part": "home/access", "version": "1"}).status_code == 403
    assert not SectionReview.objects.exists()


def test_the_page_costs_the_same_for_any_number_of_pets(cleos: Browser, cleos_home: Client) -> None:
    counts = []
    for more in (0, 2):
        for number in range(more):
            known_for(7, make_pet(cleos_home, name=f"Pet {number}"))
        cleos.get(URL)
        with CaptureQueriesContext(connection) as asked:
            cleos.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_without_such_sections_a_profile_asks_nothing_more(
    signed_in: SignIn, sam: User, cleos_home: Client, rex: Pet
) -> None:
    browser, url = signed_in(sam), f"/clients/{cleos_home.pk}/"
    SiteOptions.load()
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    assert [each["sql"] for each in asked if "sectionreview" in each["sql"]] == []
