"""Who opened my codes: the client reads every opening of the own homes, by name."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.access.models import Ground
from pawfile.accounts.models import Role, User
from pawfile.fields.models import CustomField, FieldRule
from pawfile.fields.registry import Access, Kind
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_pet
from pawfile.profiles.models import Client, Pet
from tests.factories import make_client, make_reveal, make_user
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]
URL = "/my-info/opened/"


def told(browser: Browser) -> list[tuple[str, str, str]]:
    """(who, what, why) of each line."""
    lines = read(browser.get(URL)).all("li", data_reveal="")
    return [
        (line.one("span", cls="timeline-who").text, line.one("strong").text, line.one("div").text)
        for line in lines
    ]


def test_a_client_reads_who_opened_what_and_why(
    signed_in: SignIn, cleo: User, sam: User, mona: User, cleos_home: Client
) -> None:
    now = timezone.now()
    for hours, by, more in (
        (4, sam, {"ground": Ground.VISIT, "visit_said": "Tue 3 Mar, Walk"}),
        (3, sam, {"ground": Ground.BREAK_GLASS, "reason": "Rex was locked in."}),
        (2, mona, {}),
        (1, cleo, {"ground": Ground.OWN_HOME, "key": "door_code"}),
    ):
        make_reveal(cleos_home, by=by, opened_at=now - timedelta(hours=hours), **more)
    assert told(signed_in(cleo)) == [
        ("You", "Door code", "By this home"),
        ("Mona Manager", "Alarm code", "By the office"),
        ("Sam Sitter", "Alarm code", "Without a visit: “Rex was locked in.”"),
        ("Sam Sitter", "Alarm code", "For the visit Tue 3 Mar, Walk"),
    ]


def test_names_are_told_whatever_the_option_about_names_says(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    """Rule of this page alone: elsewhere clients read "Office" (ADR 19)."""
    assert SiteOptions.load().has_staff_names_for_clients is False
    make_reveal(cleos_home, by=sam)
    assert [who for who, _what, _why in told(signed_in(cleo))] == ["Sam Sitter"]


def test_another_home_is_not_told_of(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client, carls_home: Client
) -> None:
    make_reveal(cleos_home, by=sam)
    carl = carls_home.logins.get()
    assert (len(told(signed_in(cleo))), told(signed_in(carl))) == (1, [])


def test_somebody_who_no_longer_belongs_to_the_home_reads_nothing(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    make_reveal(cleos_home, by=sam)
    browser = signed_in(cleo)
    assert len(told(browser)) == 1
    cleos_home.logins.remove(cleo)
    assert told(browser) == []


def test_of_several_homes_each_line_names_its_own(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    second = make_client(first_name="Lake", last_name="House", logins=[cleo])
    make_reveal(cleos_home, by=sam)
    make_reveal(second, by=sam)
    lines = read(signed_in(cleo).get(URL)).all("li", data_reveal="")
    assert [line.one("span", cls="soft").text for line in lines] == ["Lake House", "Cleo Carter"]


def test_a_code_hidden_from_clients_is_not_named(
    signed_in: SignIn, cleo: User, sam: User, cleos_home: Client
) -> None:
    make_reveal(cleos_home, by=sam, key="alarm_code")
    make_reveal(cleos_home, by=sam, key="door_code")
    assert [what for _who, what, _why in told(signed_in(cleo))] == ["Door code", "Alarm code"]
    FieldRule.objects.create(subject="client", key="alarm_code", client=Access.HIDE)
    SiteOptions.renew_fields()
    assert [what for _who, what, _why in told(signed_in(cleo))] == ["Door code"]


def test_a_pets_code_is_told_as_long_as_the_client_sees_the_pet(
    signed_in: SignIn, cleo: User, sam: User, rex: Pet
) -> None:
    field = CustomField.objects.create(subject="pet", label="Kennel code", kind=Kind.SECRET)
    SiteOptions.renew_fields()
    make_reveal(rex.client, by=sam, pet=rex, key=field.key)
    assert [what for _who, what, _why in told(signed_in(cleo))] == ["Rex: Kennel code"]
    update_pet(rex, values={"active": False}, by=None)
    assert told(signed_in(cleo)) == []


def test_a_sitter_reads_of_the_own_home_as_its_client(
    signed_in: SignIn, sam: User, mona: User, cleos_home: Client
) -> None:
    own = make_client(logins=[sam])
    make_reveal(own, by=mona)
    make_reveal(cleos_home, by=sam)
    assert [who for who, _what, _why in told(signed_in(sam))] == ["Mona Manager"]


def test_staff_without_a_home_have_no_such_page(signed_in: SignIn, sam: User) -> None:
    assert signed_in(sam).get(URL).status_code == 403


def test_nothing_opened_says_what_will_stand_here(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    page = read(signed_in(cleo).get(URL))
    assert page.one("div", cls="empty").one("h2").text == "Nobody has opened a code of yours"


def test_the_page_costs_the_same_however_many_rows_it_has(
    signed_in: SignIn, cleo: User, cleos_home: Client
) -> None:
    browser, counts = signed_in(cleo), []
    make_reveal(cleos_home, by=make_user(Role.SITTER, "Stranger"))
    for _ in range(2):
        browser.get(URL)
        with CaptureQueriesContext(connection) as queries:
            browser.get(URL)
        counts.append(len(queries))
        for number in range(2):
            make_reveal(cleos_home, by=make_user(Role.SITTER, f"Sitter {number}"))
    assert counts[0] == counts[1]
