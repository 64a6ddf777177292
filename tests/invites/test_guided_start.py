"""The guided start: one step at a time, progress kept, nothing asked twice."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.fields.models import FieldRule
from pawfile.fields.registry import Access
from pawfile.invites.models import GuidedStart
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import missing_for_requests
from tests.factories import make_client, make_pet
from tests.profiles.pages import Node, content, fill_in, problems, read, sent_by

SignIn = Callable[[User], Browser]


@pytest.fixture
def home(cleo: User) -> Client:
    return make_client(first_name="Cleo", last_name="Carter", logins=[cleo])


@pytest.fixture
def cleos(signed_in: SignIn, cleo: User, home: Client) -> Browser:
    return signed_in(cleo)


def place(browser: Browser, url: str) -> str:
    return str(browser.get(url).headers.get("Location", ""))


def step(home: Client, name: str) -> str:
    return f"/start/{home.pk}/{name}/"


def require(subject: str, *keys: str) -> None:
    for key in keys:
        FieldRule.objects.create(subject=subject, key=key, client=Access.REQUIRED)


def names(page: Node) -> set[str]:
    return {name for name in sent_by(page) if name not in ("csrfmiddlewaretoken", "version")}


def test_the_whole_way(cleos: Browser, home: Client, cleo: User) -> None:
    require("client", "city", "trash_notes")
    require("pet", "feeding")
    assert place(cleos, "/start/") == step(home, "details")
    answer = fill_in(cleos, step(home, "details"), cell_phone="614 555 0100")
    assert answer.headers["Location"] == step(home, "home")
    answer = fill_in(
        cleos, step(home, "home"), street="1 Elm Street", city="Columbus", trash_notes="Tuesday"
    )
    assert answer.headers["Location"] == step(home, "pets")
    answer = fill_in(cleos, step(home, "pets"), name="Rex", animal="Dog", feeding="Twice")
    assert answer.headers["Location"] == step(home, "pets")
    page = read(cleos.get(step(home, "pets")))
    assert [item.text for item in page.all("li", data_pet="")] == ["Rex"]
    assert [a.attrs["href"] for a in page.one("div", cls="save-bar").all("a")] == [
        step(home, "required"), "?add=1",
    ]  # fmt: skip
    assert place(cleos, step(home, "required")) == step(home, "done")
    done = read(cleos.get(step(home, "done")))
    assert (done.one("h1").text, done.all(data_needed="")) == ("All done", [])
    home.refresh_from_db()
    assert (home.cell_phone, home.street, home.pets.get().feeding) == (
        "614 555 0100", "1 Elm Street", "Twice",
    )  # fmt: skip
    assert home.phones_e164 == {"cell_phone": "+16145550100"}
    assert missing_for_requests(home, cleo) == []


def test_every_step_can_be_skipped_and_the_end_says_what_is_missing(
    cleos: Browser, home: Client
) -> None:
    require("client", "city")
    url = step(home, "details")
    for following in ("home", "pets", "required", "done"):
        skip = read(cleos.get(url)).one("a", cls="button-quiet").attrs["href"]
        assert skip == step(home, following)
        url = skip
    page = read(cleos.get(url))
    assert page.one("h1").text == "Almost done"
    needed = page.one(data_needed="").all("a")
    assert [(a.text, a.attrs["href"]) for a in needed] == [
        ("City", f"/clients/{home.pk}/edit/#id_city"),
        ("A pet", f"/pets/new/?client={home.pk}"),
    ]


def test_progress_is_kept_across_sign_outs(
    cleos: Browser, home: Client, signed_in: SignIn, cleo: User
) -> None:
    cleos.get(step(home, "pets"))
    cleos.post("/accounts/logout/")
    assert place(signed_in(cleo), "/start/") == step(home, "pets")
    assert GuidedStart.objects.get().client == home


def test_who_was_through_is_asked_only_what_is_missing_since(cleos: Browser, home: Client) -> None:
    make_pet(home, name="Rex")
    cleos.get(step(home, "done"))
    assert place(cleos, "/start/") == step(home, "done")
    require("client", "emergency_phone")
    assert place(cleos, "/start/") == step(home, "required")
    page = read(cleos.get(step(home, "required")))
    assert names(page) == {"emergency_phone"}
    cleos.get(step(home, "done"))
    update_pet(home.pets.get(), values={"active": False}, by=None)
    assert place(cleos, "/start/") == step(home, "pets")


def test_a_field_that_depends_on_another_is_asked_with_it(
    cleos: Browser, home: Client, cleo: User
) -> None:
    require("client", "alarm_company")
    make_pet(home, name="Rex")
    update_client(home, values={"has_alarm": True}, by=cleo)
    page = read(cleos.get(step(home, "required")))
    assert names(page) == {"has_alarm", "alarm_company"}


def test_pets_that_lack_something_come_one_after_the_other(cleos: Browser, home: Client) -> None:
    rex, tiger = make_pet(home, name="Rex"), make_pet(home, name="Tiger", animal="Cat")
    require("pet", "feeding", "litter_box")
    FieldRule.objects.filter(key="litter_box").update(animals=["Cat"])
    url = step(home, "required")
    assert place(cleos, url) == f"{url}?pet={rex.pk}"
    page = read(cleos.get(f"{url}?pet={rex.pk}"))
    assert (page.one("h1").text, names(page)) == ("Rex", {"feeding"})
    assert fill_in(cleos, f"{url}?pet={rex.pk}", feeding="Twice").headers["Location"] == url
    assert place(cleos, url) == f"{url}?pet={tiger.pk}"
    assert names(read(cleos.get(f"{url}?pet={tiger.pk}"))) == {"feeding", "litter_box"}
    fill_in(cleos, f"{url}?pet={tiger.pk}", feeding="Once", litter_box="Bath")
    assert place(cleos, url) == step(home, "done")
    assert set(Pet.objects.values_list("name", "feeding", "litter_box")) == {
        ("Rex", "Twice", ""), ("Tiger", "Once", "Bath"),
    }  # fmt: skip


def test_bad_input_is_named_and_stays_and_the_step_too(cleos: Browser, home: Client) -> None:
    require("client", "city")
    answer = fill_in(cleos, step(home, "home"), city="", street="1 Elm Street")
    page = read(answer)
    assert (answer.status_code, problems(page)) == (422, ["City: Fill this in."])
    assert sent_by(page)["street"] == ["1 Elm Street"]
    answer = fill_in(cleos, step(home, "pets"), name="", animal="Dog")
    assert (answer.status_code, problems(read(answer))) == (422, ["Name: Fill this in."])
    assert Pet.objects.count() == 0


def test_a_step_asks_only_its_own_and_takes_nothing_else(cleos: Browser, home: Client) -> None:
    require("client", "trash_notes")
    page = read(cleos.get(step(home, "details")))
    assert {"first_name", "emergency_phone"} <= names(page)
    assert names(page).isdisjoint({"street", "status", "office_notes", "trash_notes"})
    fill_in(cleos, step(home, "details"), street="Forged", status="Active")
    home.refresh_from_db()
    assert (home.street, home.status) == ("", "Prospect")


def test_what_clients_may_not_edit_is_not_asked_and_an_empty_step_is_passed(
    cleos: Browser, home: Client
) -> None:
    policy_keys = [
        name for name in names(read(cleos.get(step(home, "details"))))
        if name not in ("first_name", "last_name")
    ]  # fmt: skip
    keys = {name.removesuffix("_shown") for name in policy_keys}
    for key in keys:
        FieldRule.objects.create(subject="client", key=key, client=Access.READ)
    assert names(read(cleos.get(step(home, "details")))) == {"first_name", "last_name"}


def test_what_the_office_saved_meanwhile_is_not_overwritten_unseen(
    cleos: Browser, home: Client, mona: User
) -> None:
    page = read(cleos.get(step(home, "home")))
    update_client(Client.objects.get(pk=home.pk), values={"city": "Dublin"}, by=mona)
    sent = {name: values[0] for name, values in sent_by(page).items()} | {"city": "Columbus"}
    answer = cleos.post(step(home, "home"), sent)
    assert answer.status_code == 409
    assert "Dublin" in content(answer)
    home.refresh_from_db()
    assert home.city == "Dublin"


def test_another_home_or_pet_or_step_is_not_found(
    cleos: Browser, home: Client, carls_home: Client
) -> None:
    fido = make_pet(carls_home, name="Fido")
    required = step(home, "required")
    urls = [
        step(carls_home, "details"), step(home, "nonsense"), f"/start/?home={carls_home.pk}",
        "/start/?home=x", f"{required}?pet={fido.pk}", f"{required}?pet=x",
    ]  # fmt: skip
    assert [cleos.get(url).status_code for url in urls] == [404] * 6
    assert cleos.post(step(carls_home, "pets"), {"name": "Eve", "animal": "Dog"}).status_code == 404
    assert Pet.objects.count() == 1
    assert not GuidedStart.objects.filter(client=carls_home).exists()


def test_of_two_homes_each_has_its_own_way(cleos: Browser, home: Client, cleo: User) -> None:
    cabin = make_client(first_name="Cleo", last_name="Carter", logins=[cleo])
    cleos.get(step(cabin, "home"))
    assert place(cleos, "/start/") == step(home, "details")
    assert place(cleos, f"/start/?home={cabin.pk}") == step(cabin, "home")


def test_who_has_no_home_is_told_so(signed_in: SignIn, carl: User) -> None:
    assert place(signed_in(carl), "/start/") == "/my-info/"


def test_home_offers_to_go_on_until_it_is_done(cleos: Browser, home: Client) -> None:
    assert read(cleos.get("/")).all(data_start="") == []
    cleos.get(step(home, "home"))
    (box,) = read(cleos.get("/")).all(data_start="")
    assert box.one("a").attrs["href"] == f"/start/?home={home.pk}"
    cleos.get(step(home, "done"))
    assert read(cleos.get("/")).all(data_start="") == []


def test_my_info_leads_there_as_long_as_something_is_missing(cleos: Browser, home: Client) -> None:
    way = f"/start/?home={home.pk}"
    assert len(read(cleos.get("/my-info/")).all("a", href=way)) == 1
    make_pet(home, name="Rex")
    assert read(cleos.get("/my-info/")).all("a", href=way) == []
    require("client", "city")
    assert len(read(cleos.get("/my-info/")).all("a", href=way)) == 1


def test_what_is_missing_for_requests_is_said_in_order(home: Client, cleo: User) -> None:
    """Rule 73, the part that asks for fields and a pet."""
    require("client", "city")
    require("pet", "feeding")
    assert [str(each.label) for each in missing_for_requests(home, cleo)] == ["City", "A pet"]
    rex = make_pet(home, name="Rex")
    make_pet(home, name="Gone", active=False)
    missing = missing_for_requests(home, cleo)
    assert [(str(each.label), each.url) for each in missing] == [
        ("City", f"/clients/{home.pk}/edit/#id_city"),
        ("Rex: Feeding", f"/pets/{rex.pk}/edit/#id_feeding"),
    ]
