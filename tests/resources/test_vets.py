"""Resources > Vets: the list, its pages, and vets that come in through a client."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.resources.models import Vet
from tests.factories import make_client
from tests.profiles.pages import content, fill_in, problems, read, send

SignIn = Callable[[User], Browser]


def listed(browser: Browser, query: str = "") -> list[str]:
    return [row.text for row in read(browser.get(f"/vets/{query}")).all("th", scope="row")]


def test_a_vet_typed_into_a_client_is_on_the_list(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    """Rule 13."""
    answer = fill_in(
        signed_in(cleo), f"/clients/{cleos_home.pk}/edit/",
        vet="new", new_vet_name=" Dr. Wu ", new_vet_phone="614-555-0101", new_vet_address="1 Oak",
    )  # fmt: skip
    assert answer.status_code == 302
    vet = Vet.objects.get()
    assert (vet.name, vet.phone, vet.address) == ("Dr. Wu", "614-555-0101", "1 Oak")
    assert Client.objects.get().vet == vet
    assert listed(signed_in(sam)) == ["Dr. Wu"]


def test_the_next_client_can_choose_the_vet(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    """Rule 14."""
    vet = Vet.objects.create(name="Dr. Wu", clinic="Paws")
    browser, url = signed_in(mona), f"/clients/{carls_home.pk}/edit/"
    page = read(browser.get(url))
    options = [option.text for option in page.one("select", name="vet").all("option")]
    assert options == ["None", "Dr. Wu, Paws", "New vet…"]
    assert send(browser, url, page, vet=vet.pk).status_code == 302
    assert Client.objects.get(pk=carls_home.pk).vet == vet


def test_the_same_new_vet_is_not_made_twice(
    signed_in: SignIn, mona: User, cleos_home: Client, carls_home: Client
) -> None:
    for home in (cleos_home, carls_home):
        typed = {"vet": "new", "new_vet_name": "dr. wu", "new_vet_phone": "614"}
        assert signed_in(mona).post(f"/clients/{home.pk}/edit/", typed).status_code == 302
    assert Vet.objects.count() == 1


def test_the_office_adds_and_edits_a_vet(signed_in: SignIn, mona: User) -> None:
    browser = signed_in(mona)
    typed = {"name": "Dr. Wu", "clinic": "Paws", "phone": "614", "emergency_hours": "always"}
    assert fill_in(browser, "/vets/new/", **typed).headers["Location"] == "/vets/"
    vet = Vet.objects.get()
    assert fill_in(browser, f"/vets/{vet.pk}/edit/", name="Dr. Who").status_code == 302
    vet.refresh_from_db()
    assert (vet.name, vet.clinic, vet.emergency_hours) == ("Dr. Who", "Paws", "always")


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ({"name": ""}, 1), ({"name": "   "}, 1), ({"name": "x" * 201}, 1), ({"name": "a\0b"}, 1),
        ({"name": "ok", "address": "x" * 501, "phone": "x" * 101}, 2),
    ],
)  # fmt: skip
def test_a_bad_vet_is_refused_by_name(
    signed_in: SignIn, mona: User, typed: dict[str, str], count: int
) -> None:
    answer = signed_in(mona).post("/vets/new/", {"clinic": "kept <b>", **typed})
    page = read(answer)
    assert (answer.status_code, len(problems(page)), Vet.objects.count()) == (422, count, 0)
    assert page.one("input", name="clinic").attrs["value"] == "kept <b>"


def test_the_list_is_searched_and_counts_clients(signed_in: SignIn, mona: User) -> None:
    wu, lee = Vet.objects.create(name="Dr. Wu"), Vet.objects.create(name="Lee", clinic="Paws")
    for _ in range(3):
        make_client(vet=wu)
    browser = signed_in(mona)
    assert (listed(browser), listed(browser, "?q=PAWS"), listed(browser, "?q=%25")) == (
        ["Dr. Wu", "Lee"], ["Lee"], [],
    )  # fmt: skip
    row = read(browser.get("/vets/")).one("tr", data_vet=str(wu.pk))
    assert row.all("td")[-1].text == "3"
    for odd in ("?q=%00", "?q=" + "x" * 5000, "?at=%00", "?at=x"):
        assert browser.get(f"/vets/{odd}").status_code == 200
    assert lee.clinic in content(browser.get(f"/vets/{lee.pk}/edit/"))


def test_a_vet_in_use_cannot_be_lost(cleos_home: Client) -> None:
    vet = Vet.objects.create(name="Dr. Wu")
    make_client(vet=vet)
    with pytest.raises(Exception, match="protected"):
        vet.delete()


def test_sitters_read_and_clients_do_not(
    signed_in: SignIn, sam: User, cleo: User, mona: User
) -> None:
    Vet.objects.create(name="Dr. Wu")
    page = read(signed_in(sam).get("/vets/"))
    assert [link.attrs["href"] for link in page.one("main").all("a")] == []
    assert signed_in(cleo).get("/vets/").status_code == 403
