"""The view gate: what each address answers to each kind of person."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client as Browser
from django.urls import get_resolver, reverse

from pawfile.accounts.checks import patterns
from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from tests.access.addresses import ADDRESSES, PEOPLE
from tests.access.home import Home
from tests.factories import make_pet

#: Steps of signing in: they lead back to the first one, with nothing to come back to.
STEPS = {"mfa_authenticate", "mfa_login_webauthn"}
PRIVATE = [
    name for name, address in ADDRESSES.items() if address.statuses[-1] == 302 and name not in STEPS
]
#: Send to another page, but only who comes with a method that they know.
METHOD_FIRST = {"register", "start", "company_export_create", "company_export_file"}
WITH_RECORD = [name for name, address in ADDRESSES.items() if address.about]
#: Beyond every integer column, and beyond what Python prints gladly.
HUGE = "9" * 20, "9" * 5000


pytestmark = pytest.mark.usefixtures("cast")


@pytest.fixture
def browsers(home: Home, carls_home: Client, request: pytest.FixtureRequest) -> dict[str, Browser]:
    """Name → a browser in which that person is signed in."""
    make_pet(carls_home, name="Fido")
    found = {name: Browser() for name in PEOPLE}
    for name in PEOPLE[:-1]:
        found[name].force_login(request.getfixturevalue(name))
    return found


def status_of(answer: Any) -> int:
    """The status; a file that comes with it is read to its end, which closes it."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


def test_the_table_has_every_address() -> None:
    assert sorted(ADDRESSES) == sorted(str(p.name) for _, p in patterns(get_resolver()))


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_answers_each_role_as_the_table_says(
    name: str, home: Home, browsers: dict[str, Browser]
) -> None:
    address = ADDRESSES[name]
    url = address.url(name, home)
    got = {who: status_of(browser.get(url)) for who, browser in browsers.items()}
    assert got == dict(zip(PEOPLE, address.statuses, strict=True))


@pytest.mark.parametrize("name", [n for n in ADDRESSES if not n.startswith("account_")])
def test_htmx_gets_the_same_answers(name: str, home: Home, browsers: dict[str, Browser]) -> None:
    """A part of a page is behind the gate of the page."""
    address = ADDRESSES[name]
    url = address.url(name, home)
    got = {
        who: status_of(browser.get(url, headers={"HX-Request": "true"}))
        for who, browser in browsers.items()
        if who != "nobody"
    }
    assert got == dict(zip(PEOPLE[:-1], address.statuses[:-1], strict=True))


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_wrong_method_is_refused(name: str, home: Home, browsers: dict[str, Browser]) -> None:
    address = ADDRESSES[name]
    url = address.url(name, home)
    who, usual = next(
        (who, status) for who, status in zip(PEOPLE, address.statuses, strict=True) if status != 403
    )
    wrong = [m for m in ("POST", "DELETE", "PATCH", "TRACE") if m not in address.methods]
    statuses = {method: status_of(browsers[who].generic(method, url)) for method in wrong}
    # The library sends home before the method is looked at.
    is_away = usual == 302 and name not in METHOD_FIRST
    assert statuses == dict.fromkeys(wrong, 302 if is_away else 405)
    assert Client.objects.count() == 3


@pytest.mark.parametrize("name", PRIVATE)
def test_nobody_signed_in_is_sent_to_the_sign_in_page_and_back(name: str, home: Home) -> None:
    url = ADDRESSES[name].url(name, home)
    if name == "account_logout":
        assert Browser().get(url).headers["Location"] == reverse("account_login")
        return
    sign_in = reverse("account_login")
    for method in ("GET", "POST"):
        asked = f"{url.partition('?')[0]}?a=1&b=2"
        answer = Browser().generic(method, asked)
        assert answer.status_code == 302
        # What was sent is lost; where it was sent to may not even be a page.
        wanted = urlencode({"next": asked if method == "GET" else "/"}, safe="/")
        assert answer.headers["Location"] == f"{sign_in}?{wanted}"


@pytest.mark.parametrize("name", [name for name in PRIVATE if not name.startswith("account_")])
def test_htmx_without_a_session_goes_to_the_sign_in_page_as_a_whole(name: str, home: Home) -> None:
    """A sign-in page inside a table row helps nobody: the browser goes there, and back here."""
    answer = Browser().get(
        ADDRESSES[name].url(name, home),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/clients/?q=cleo"},
    )
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/clients/%3Fq%3Dcleo"


def test_htmx_from_elsewhere_is_not_sent_back_there(db: None) -> None:
    answer = Browser().get(
        "/clients/",
        headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/clients/"},
    )
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/"


@pytest.mark.parametrize("name", WITH_RECORD)
def test_an_unknown_or_huge_number_is_not_found(
    name: str, home: Home, browsers: dict[str, Browser]
) -> None:
    address = ADDRESSES[name]
    statuses_of = zip(PEOPLE, address.statuses, strict=True)
    browser = browsers[next(who for who, status in statuses_of if status != 403)]
    for number in ("0", "987654321", *HUGE):
        strange = address.url(name, home, number)
        asked = [method for method in ("GET", "POST") if method in address.methods]
        statuses = [browser.generic(method, strange).status_code for method in asked]
        assert set(statuses) == {404}, number


@pytest.mark.parametrize("path", ["/clients/-1/", "/clients/1.5/", "/clients/٣/", "/pets/x/"])
def test_what_is_no_number_is_not_found(path: str, browsers: dict[str, Browser]) -> None:
    assert browsers["ada"].get(path).status_code == 404


@pytest.mark.parametrize("name", [n for n in WITH_RECORD if "POST" in ADDRESSES[n].methods])
def test_a_post_is_refused_like_a_get(name: str, home: Home, browsers: dict[str, Browser]) -> None:
    """Whoever may not open a form cannot send it either, and nothing changes."""
    address = ADDRESSES[name]
    url = address.url(name, home)
    before = Client.objects.values().get(pk=home.client.pk)
    allowed = (200, 405)  # an address to post to is refused to nobody who may use it
    refused = [
        who for who, status in zip(PEOPLE, address.statuses, strict=True) if status not in allowed
    ]
    form = {"first_name": "Eve", "name": "Eve", "instead": "inactive"}
    got = {who: browsers[who].post(url, form).status_code for who in refused}
    assert got == {who: address.statuses[PEOPLE.index(who)] for who in refused}
    assert Client.objects.values().get(pk=home.client.pk) == before
    assert Pet.objects.get(pk=home.pet.pk).name == "Rexie"


def test_another_clients_records_look_like_none(home: Home, browsers: dict[str, Browser]) -> None:
    """The answer to a stranger's number is the answer to a number that nobody has."""
    pages = [name for name in WITH_RECORD if ADDRESSES[name].statuses[5] == 404]
    assert pages
    for name in pages:
        url = ADDRESSES[name].url(name, home)
        strange = ADDRESSES[name].url(name, home, 987654321)
        theirs, none = browsers["carl"].get(url), browsers["carl"].get(strange)
        assert (theirs.status_code, none.status_code) == (404, 404)
        texts = [answer.content.decode() for answer in (theirs, none)]
        assert [len(text) for text in texts] == [len(texts[0])] * 2
        assert "Rexie" not in texts[0]


def test_an_inactive_person_is_signed_out_everywhere(
    home: Home, browsers: dict[str, Browser], mona: User
) -> None:
    """A session that is open when the account is switched off ends with the next page."""
    assert browsers["mona"].get("/clients/").status_code == 200
    mona.is_active = False
    mona.save()
    urls = [ADDRESSES[name].url(name, home) for name in PRIVATE]
    assert {browsers["mona"].get(url).status_code for url in urls} == {302}
