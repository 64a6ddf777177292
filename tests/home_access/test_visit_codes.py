"""What can be opened for a visit, in its pop-up and on its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.fields.models import CustomField
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from tests.factories import make_pet
from tests.home_access.vault import CHIP, CODE, ask, browser_of, visit_in


def test_the_codes_of_home_and_pets_are_listed_with_a_button_each(
    codes: Client, rex: Pet, shed: CustomField, sam: User
) -> None:
    visit = visit_in(codes, sam, 2)
    page = browser_of(sam).get(f"/visits/{visit.pk}/codes/").content.decode()
    assert (CODE in page, CHIP in page) == (False, False)
    for url in (f"/clients/{codes.pk}/secrets/door_code", f"/pets/{rex.pk}/secrets/{shed.key}"):
        assert page.count(f'formaction="{url}/reveal/" name="visit" value="{visit.pk}"') == 1
    assert ("Door code" in page, "Rex: Kennel code" in page, "Gate code" in page) == (
        True,
        True,
        False,
    )


def test_a_home_without_codes_says_so(cleos_home: Client, sam: User) -> None:
    visit = visit_in(cleos_home, sam, 2)
    page = browser_of(sam).get(f"/visits/{visit.pk}/codes/").content.decode()
    assert "No codes are saved." in page


@pytest.mark.parametrize(("query", "title"), [("", "dialog-title"), ("?panel=1", "codes-title")])
def test_htmx_gets_a_pop_up_or_a_part_of_the_page(
    codes: Client, sam: User, query: str, title: str
) -> None:
    url = f"/visits/{visit_in(codes, sam, 2).pk}/codes/{query}"
    part = browser_of(sam).get(url, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in part, title in part, "Door code" in part) == (False, True, True)


def test_my_schedule_and_the_visit_lead_there(codes: Client, sam: User, stan: User) -> None:
    visit = visit_in(codes, sam, 2)
    url = f"/visits/{visit.pk}/codes/"
    browser = browser_of(sam)
    assert url in browser.get(f"/my-schedule/?on={visit.visit_on}").content.decode()
    assert url in browser.get(f"/visits/{visit.pk}/").content.decode()
    assert browser_of(stan).get(url).status_code == 404


@pytest.mark.parametrize("who", ["mona", "sam", "cleo"])
def test_profiles_have_a_button_at_each_code(
    codes: Client, rex: Pet, shed: CustomField, who: str, request: pytest.FixtureRequest
) -> None:
    browser = browser_of(request.getfixturevalue(who))
    door = f"/clients/{codes.pk}/secrets/door_code/reveal/"
    kennel = f"/pets/{rex.pk}/secrets/{shed.key}/reveal/"
    own = "/my-info/" if who == "cleo" else f"/clients/{codes.pk}/"
    for url, reveal in (
        (own, door),
        (f"/clients/{codes.pk}/", kennel),
        (f"/pets/{rex.pk}/", kennel),
    ):
        page = browser.get(url).content.decode()
        assert page.count(f'formaction="{reveal}"') == 1, url
        assert page.count('<form method="post" id="reveal">') == 1
        assert "gate_code/reveal" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_more_codes_need_no_more_queries(
    codes: Client, rex: Pet, shed: CustomField, sam: User, count: int
) -> None:
    values = {"gate_code": "1", "garage_code": "2"} if count > 1 else {}
    update_client(codes, values=values, by=None)
    for number in range(count):
        make_pet(codes, name=f"Pet {number}", **{shed.key: "9"})
    visit = visit_in(codes, sam, 2)
    browser = browser_of(sam)
    browser.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(f"/visits/{visit.pk}/codes/").status_code == 200
    assert len(queries) == 5


def test_a_code_opened_from_the_visit_is_written_down_for_it(codes: Client, sam: User) -> None:
    visit_in(codes, sam, 0)
    visit = visit_in(codes, sam, 5)
    assert ask(sam, codes, visit=visit.pk) == (200, True)
    assert visit.reveals.count() == 1
