"""Who leaves may know codes and hold keys: both are counted and listed."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.models import Ground, Key, KeyPlace
from pawfile.accounts.models import User
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_client, make_reveal
from tests.profiles.pages import facts, read

SignIn = Callable[[User], Browser]


def test_codes_they_opened_are_listed_until_they_are_changed(
    signed_in: SignIn, ada: User, sam: User, stan: User, cleos_home: Client
) -> None:
    at = timezone.now() - timedelta(days=1)
    for key in ("alarm_code", "door_code", "door_code", "gate_code"):
        make_reveal(cleos_home, by=sam, key=key, opened_at=at)
    make_reveal(cleos_home, by=stan, key="garage_code")
    make_reveal(make_client(logins=[sam]), by=sam, ground=Ground.OWN_HOME)
    update_client(cleos_home, values={"gate_code": "1212"}, by=None)
    browser, url = signed_in(ada), f"/users/{sam.pk}/offboard/"
    page = read(browser.get(url))
    assert facts(page)["Codes to change"] == "2 codes they opened are still the same."
    (line,) = page.all("li", data_codes="")
    assert [part.text for part in (line.one("a"), line.one("span"))] == [
        "Cleo Carter", "Door code, Alarm code",
    ]  # fmt: skip
    browser.post(url)
    way = read(browser.get(url)).one(id="codes").one("a", cls="button").attrs["href"]
    assert len(read(browser.get(way)).all("li", data_code="")) == 2


def test_keys_they_hold_are_listed(
    signed_in: SignIn, ada: User, sam: User, stan: User, cleos_home: Client
) -> None:
    for code, sitter in (("K 1", sam), ("K 2", stan)):
        own = {"code": code, "folded_code": code, "place": KeyPlace.SITTER, "sitter": sitter}
        Key.objects.create(client=cleos_home, **own)
    page = read(signed_in(ada).get(f"/users/{sam.pk}/offboard/"))
    assert facts(page)["Keys to collect"] == "1 key is with them."
    assert [line.one("span").text for line in page.all("li", data_key="")] == ["K 1, Cleo Carter"]
