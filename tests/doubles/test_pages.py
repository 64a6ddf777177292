"""The pages about doubles: the question on creation, the list, merging, and the way back."""

from collections.abc import Callable

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.doubles.finding import ask_for_search, search_book
from pawfile.doubles.models import BookSearch, Merge, Pair
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_pet, make_visit
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
NEW = {"first_name": "Anne", "last_name": "Lee", "email": "Ann@example.com", "version": "1"}


def make_pair() -> tuple[Client, Client]:
    one = make_client(first_name="Ann", last_name="Lee", email="ann@example.com")
    other = make_client(first_name="Anne", last_name="Lee", email="ann@example.com", city="Dublin")
    ask_for_search()
    return one, other


def test_a_new_client_like_a_known_one_is_asked_about_before_it_is_saved(
    signed_in: SignIn, mona: User
) -> None:
    ann = make_client(first_name="Ann", last_name="Lee", email="ann@example.com")
    browser = signed_in(mona)
    answer = browser.post("/clients/new/", NEW)
    assert (answer.status_code, Client.objects.count()) == (422, 1)
    question = read(answer).one(data_same_as="")
    assert question.one("a", href=f"/clients/{ann.pk}/").text == "Ann Lee"
    assert "Same e-mail address" in question.text
    sign = question.one("input", name="not_same").attrs["value"]
    answer = browser.post("/clients/new/", NEW | {"not_same": sign})
    assert (answer.status_code, Client.objects.count()) == (302, 2)


def test_somebody_else_like_that_who_came_meanwhile_is_asked_about_too(
    signed_in: SignIn, mona: User
) -> None:
    ann, bob = (make_client(first_name=name, email="ann@example.com") for name in ("Ann", "Bob"))
    answer = signed_in(mona).post("/clients/new/", NEW | {"not_same": str(ann.pk)})
    assert answer.status_code == 422
    assert read(answer).one("input", name="not_same").attrs["value"] == f"{ann.pk},{bob.pk}"


def test_nobody_is_asked_about_a_client_like_nobody(signed_in: SignIn, mona: User) -> None:
    make_client(first_name="Bob", last_name="Lee", email="bob@example.com", zip_code="43085")
    answer = signed_in(mona).post("/clients/new/", NEW | {"zip_code": "43085"})
    assert answer.status_code == 302


def test_the_list_says_why_and_leads_to_the_merge(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    page = read(signed_in(mona).get("/doubles/"))
    assert "Same e-mail address" in page.text
    assert page.all("a", href=f"/clients/{one.pk}/merge/{other.pk}/")
    assert "Looked through 2 clients" in page.text


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    signed_in: SignIn, mona: User
) -> None:
    browser, counts = signed_in(mona), []
    for number in range(3):
        make_client(email=f"{number}@example.com")
        make_client(email=f"{number}@example.com")
        search_book.call()
        with CaptureQueriesContext(connection) as queries:
            browser.get("/doubles/")
        counts.append(len(queries))
    assert counts[0] == counts[2]


def test_not_the_same_is_remembered_for_good(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    pair = Pair.objects.get()
    browser = signed_in(mona)
    assert browser.post(f"/doubles/pairs/{pair.pk}/apart/").status_code == 302
    search_book.call()
    assert (Pair.objects.open().count(), Pair.objects.get().apart_by) == (0, mona)
    assert "No doubles" in content(browser.get("/doubles/"))
    assert Activity.objects.latest("pk").about == f"{one} / {other}"


def test_look_again_finds_what_came_meanwhile(signed_in: SignIn, mona: User) -> None:
    for _ in range(2):
        make_client(email="a@example.com")
    browser = signed_in(mona)
    assert browser.post("/doubles/search/").status_code == 302
    assert (Pair.objects.count(), BookSearch.objects.get().clients) == (1, 2)


def test_while_the_worker_is_at_it_the_page_says_so(signed_in: SignIn, mona: User) -> None:
    BookSearch.objects.create()
    page = read(signed_in(mona).get("/doubles/"))
    assert "Pawfile is looking through the book." in page.text
    assert page.one("form", action="/doubles/search/").all("button", disabled="")


def test_a_merge_shows_what_moves_and_takes_what_was_picked(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    make_pet(other)
    make_visit(other)
    browser, url = signed_in(mona), f"/clients/{one.pk}/merge/{other.pk}/"
    page = read(browser.get(url))
    assert "Visits1" in page.text.replace(" ", "").replace("\n", "")
    picked = page.all("input", name="pick_city", checked="")
    assert [each.attrs["value"] for each in picked] == ["gone"]
    sent = {
        "versions": page.one("input", name="versions").attrs["value"],
        "pick_first_name": "gone",
    }
    answer = browser.post(url, sent)
    merge = Merge.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/merges/{merge.pk}/")
    one.refresh_from_db()
    assert (one.first_name, one.city, one.pets.count()) == ("Anne", "Dublin", 1)
    assert "Anne Lee → Anne Lee" in content(browser.get("/merges/"))
    answer = browser.post(f"/merges/{merge.pk}/undo/")
    assert (answer.status_code, Client.objects.filter(pk=other.pk).exists()) == (302, True)
    assert "Taken back" in content(browser.get("/merges/"))


def merged(browser: Browser, one: Client | Pet, other: Client | Pet) -> Merge:
    kind = "pets" if isinstance(one, Pet) else "clients"
    sent = {"versions": f"{one.version}-{other.version}"}
    assert browser.post(f"/{kind}/{one.pk}/merge/{other.pk}/", sent).status_code == 302
    return Merge.objects.latest("pk")


def test_the_old_addresses_of_one_that_went_lead_to_the_one_that_stayed(
    signed_in: SignIn, mona: User
) -> None:
    one, other = make_pair()
    mine, theirs = make_pet(one), make_pet(one)
    browser = signed_in(mona)
    pets, clients = merged(browser, mine, theirs), merged(browser, one, other)
    answer = browser.get(f"/clients/{other.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/clients/{one.pk}/")
    answer = browser.get(f"/clients/{other.pk}/changes/?who=clients")
    assert answer["Location"] == f"/clients/{one.pk}/changes/?who=clients"
    assert browser.get(f"/pets/{theirs.pk}/")["Location"] == f"/pets/{mine.pk}/"
    assert browser.get(f"/pets/{other.pk + 999}/").status_code == 404
    assert browser.post(f"/clients/{other.pk}/edit/").status_code == 404
    for merge in (clients, pets):
        browser.post(f"/merges/{merge.pk}/undo/")
    for address in (f"/clients/{other.pk}/", f"/pets/{theirs.pk}/"):
        assert browser.get(address).status_code == 200


def test_an_old_address_leads_through_a_second_merge(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    third, browser = make_client(), signed_in(mona)
    merged(browser, one, other)
    merged(browser, third, Client.objects.get(pk=one.pk))
    for gone in (one, other):
        assert browser.get(f"/clients/{gone.pk}/")["Location"] == f"/clients/{third.pk}/"


def test_an_old_address_tells_nothing_to_those_who_may_not_see_the_one_that_stayed(
    signed_in: SignIn, mona: User, sam: User, cleo: User
) -> None:
    one, other = make_pair()
    merged(signed_in(mona), one, other)
    address = f"/clients/{other.pk}/"
    assert [signed_in(who).get(address).status_code for who in (sam, cleo)] == [404, 404]
    assert "accounts/login" in Browser().get(address)["Location"]
    make_visit(one, sitter=sam)
    one.logins.add(cleo)
    for who in (sam, cleo):
        assert signed_in(who).get(address)["Location"] == f"/clients/{one.pk}/"


def test_a_merge_of_what_was_saved_meanwhile_is_refused(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    answer = signed_in(mona).post(f"/clients/{one.pk}/merge/{other.pk}/", {"versions": "1-9"})
    assert answer.status_code == 409
    assert "Somebody saved one of the two meanwhile" in content(answer)
    assert Client.objects.count() == 2


def test_nobody_goes_into_themselves(signed_in: SignIn, mona: User) -> None:
    one, _other = make_pair()
    for url in (f"/clients/{one.pk}/merge/{one.pk}/", f"/clients/{one.pk}/merge/99999/"):
        assert signed_in(mona).get(url).status_code == 404


def test_what_forbids_the_way_back_is_named(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    mine, theirs = make_pet(one), make_pet(other, name="Tom")
    browser, url = signed_in(mona), f"/clients/{one.pk}/merge/{other.pk}/"
    browser.post(url, {"versions": "1-1"})
    make_visit(one, pets=[mine, theirs])
    answer = browser.post(f"/merges/{Merge.objects.get().pk}/undo/")
    assert answer.status_code == 409
    assert "is for pets of both" in content(answer)
    assert not Client.objects.filter(pk=other.pk).exists()


def test_pets_alike_are_offered_after_the_merge(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    mine, theirs = make_pet(one), make_pet(other, breed="Pug")
    browser = signed_in(mona)
    browser.post(f"/clients/{one.pk}/merge/{other.pk}/", {"versions": "1-1"})
    page = read(browser.get(f"/merges/{Merge.objects.get().pk}/"))
    url = f"/pets/{mine.pk}/merge/{theirs.pk}/"
    assert page.all("a", href=url)
    sent = {"versions": read(browser.get(url)).one("input", name="versions").attrs["value"]}
    assert browser.post(url, sent).status_code == 302
    assert [(pet.pk, pet.breed) for pet in Pet.objects.all()] == [(mine.pk, "Pug")]


def test_pets_of_two_clients_are_not_merged(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    url = f"/pets/{make_pet(one).pk}/merge/{make_pet(other).pk}/"
    assert signed_in(mona).get(url).status_code == 404


def test_a_client_shows_who_is_like_it(signed_in: SignIn, mona: User) -> None:
    one, other = make_pair()
    page = read(signed_in(mona).get(f"/clients/{one.pk}/doubles/"))
    assert page.all("a", href=f"/clients/{one.pk}/merge/{other.pk}/")


def test_pets_of_one_client_that_may_be_the_same_are_shown_there(
    signed_in: SignIn, mona: User
) -> None:
    home = make_client()
    first, second = (make_pet(home, name=name, animal="Dog") for name in ("Rexo", "rexo"))
    make_pet(home, name="Rexo", animal="Cat")
    page = read(signed_in(mona).get(f"/clients/{home.pk}/doubles/"))
    links = [a.attrs["href"] for a in page.all("a") if "/merge/" in a.attrs.get("href", "")]
    assert links == [f"/pets/{first.pk}/merge/{second.pk}/"]
