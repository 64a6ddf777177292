"""The menu: each role has its own, and what is in it opens."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.dashboard.navigation import menu_for
from pawfile.lib.templatetags.components import bottom_bar
from tests.profiles.pages import read

SignIn = Callable[[User], Browser]
STAFF = {
    "": ["Home"],
    "Petcare": ["Client Profiles", "Pet Profiles", "Keys"],
    "Resources": ["Vets"],
}
OFFICE = STAFF | {
    "Petcare": [
        *STAFF["Petcare"],
        "Services & Times",
        "Territories",
        "Entry plans",
        "Changes by clients",
        "Codes to change",
        "Codes in text",
    ],
    "Scheduling": ["Master Schedule", "Requests", "Not yet read", "Journals"],
    "Communication": ["Messages", "Invites", "Email log"],
}
MENUS = {
    "ada": OFFICE
    | {
        "Administrative": [
            "Users",
            "Client Logins",
            "Site Options",
            "Client & pet fields",
            "Home-access log",
            "Locked out",
            "Activity log",
            "Export",
        ]
    }
    | {"Tools": ["Import", "Doubles", "Swap fields"]},
    "mona": OFFICE | {"Tools": ["Doubles"]},
    "sam": STAFF | {"Scheduling": ["My Schedule", "Journals"], "Communication": ["Messages"]},
    "cleo": {
        "": [
            "Home",
            "My Schedule",
            "Messages",
            "My Info",
            "My Pets",
            "Who opened my codes",
            "Journals",
        ]
    },
}


@pytest.mark.parametrize("who", MENUS)
def test_each_role_has_its_menu(who: str, request: pytest.FixtureRequest) -> None:
    menu = menu_for(request.getfixturevalue(who), "/")
    assert {g["label"]: [item["label"] for item in g["items"]] for g in menu} == MENUS[who]


@pytest.mark.parametrize("who", MENUS)
def test_whatever_is_in_the_menu_opens(
    signed_in: SignIn, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    browser = signed_in(user)
    urls = [item["url"] for group in menu_for(user, "/") for item in group["items"]]
    assert {url: browser.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "Home"), ("/options/", "Site Options"), ("/options/scheduling/", "Site Options"),
        ("/schedule/", "Master Schedule"),
        ("/activity/", "Activity log"), ("/home-access/", "Home-access log"),
        ("/clients/", "Client Profiles"),
        ("/changes/", "Changes by clients"),
        ("/codes-to-change/", "Codes to change"),
        ("/services/", "Services & Times"), ("/territories/new/", "Territories"),
        ("/codes-in-text/", "Codes in text"), ("/entry-plans/", "Entry plans"),
        ("/requests/", "Requests"), ("/journals/", "Journals"),
        ("/unread-changes/", "Not yet read"),
        ("/keys/places/", "Keys"), ("/keys/notices/", "Keys"),
        ("/invites/", "Invites"), ("/invites/new/", "Invites"), ("/messages/new/", "Messages"),
        ("/options/clients/", "Client & pet fields"), ("/tools/swap-fields/", "Swap fields"),
        ("/doubles/", "Doubles"),
    ],
)  # fmt: skip
def test_the_menu_says_where_one_is(signed_in: SignIn, ada: User, path: str, label: str) -> None:
    page = read(signed_in(ada).get(path))
    here = page.one("nav", id="menu").all("a", aria_current="page")
    assert [link.text for link in here] == [label]


@pytest.mark.parametrize(
    ("who", "shown", "has_more"),
    [
        ("sam", ["Schedule", "Home", "Clients"], True),
        ("cleo", ["Schedule", "Home", "Messages"], True),
    ],
)
def test_the_bar_at_the_foot_of_a_phone_begins_with_the_schedule(
    who: str, shown: list[str], has_more: bool, request: pytest.FixtureRequest
) -> None:
    bar = bottom_bar(menu_for(request.getfixturevalue(who), "/"))
    assert ([item["short"] for item in bar.items], bar.has_more) == (shown, has_more)
