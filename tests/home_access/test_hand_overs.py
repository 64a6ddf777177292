"""A key is somewhere else once both sides have said so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.actions.hand_overs import begin_hand_over, confirm_hand_over
from pawfile.access.models import HandOver, Key, KeyLocation, KeyPlace, Spot
from pawfile.accounts.models import Role, User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.factories import make_key, make_user
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
OFFICE, HOME = Spot(KeyPlace.OFFICE), Spot(KeyPlace.CLIENT)


@pytest.fixture
def key(cleos_home: Client) -> Key:
    return make_key(cleos_home, code="K1")


def where(key: Key) -> str:
    return str(Key.objects.get(pk=key.pk).spot)


def held(key: Key, sitter: User) -> Key:
    key.place, key.sitter = KeyPlace.SITTER, sitter
    key.save()
    return key


def press(browser: Browser, verb: str) -> int:
    """Confirm or refuse the newest hand-over."""
    return browser.post(f"/keys/requests/{HandOver.objects.all()[0].pk}/{verb}/").status_code


def buttons(browser: Browser, key: Key) -> list[str]:
    page = read(browser.get(key.get_absolute_url()))
    return [button.text.removesuffix(" K1") for button in page.one("main").all("button")]


def test_the_office_gives_a_key_and_the_sitter_confirms(
    signed_in: SignIn, mona: User, sam: User, key: Key
) -> None:
    due = timezone.localdate() + timedelta(days=9)
    sent = {"to": f"sitter-{sam.pk}", "due_on": due.isoformat()}
    assert signed_in(mona).post(f"/keys/{key.pk}/hand-over/", sent).status_code == 302
    assert where(key) == "Office"
    assert press(signed_in(mona), "confirm") == 403
    assert "I have it" in buttons(signed_in(sam), key)
    assert press(signed_in(sam), "confirm") == 302
    stored = Key.objects.get(pk=key.pk)
    assert (str(stored.spot), stored.due_on) == ("Sam Sitter", due)
    (told,) = key.hand_overs.all()
    assert (told.begun_by, told.confirmed_by, told.from_text) == (mona, sam, "Office")
    assert "Confirmed: Sam Sitter" in content(signed_in(mona).get(key.get_absolute_url()))


def test_the_sitter_refuses_and_the_key_stays(
    signed_in: SignIn, mona: User, sam: User, key: Key
) -> None:
    begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, sam), by=mona)
    assert press(signed_in(sam), "refuse") == 302
    (told,) = key.hand_overs.all()
    assert (where(key), told.refused_by) == ("Office", sam)
    assert "Not done: Sam Sitter" in content(signed_in(mona).get(key.get_absolute_url()))


def test_a_sitter_who_never_met_the_client_can_be_given_the_key(
    signed_in: SignIn, mona: User, stan: User, key: Key
) -> None:
    """He sees the key, not yet the home."""
    begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, stan), by=mona)
    page = content(signed_in(stan).get(key.get_absolute_url()))
    assert ("I have it" in page, "Carter" in page) == (True, False)
    assert press(signed_in(stan), "confirm") == 302
    assert where(key) == "Stan Stranger"


def test_a_sitter_returns_a_key_and_the_office_confirms(
    signed_in: SignIn, mona: User, sam: User, key: Key
) -> None:
    held(key, sam)
    assert signed_in(sam).post(f"/keys/{key.pk}/hand-over/", {"to": "office"}).status_code == 302
    assert where(key) == "Sam Sitter"
    assert press(signed_in(sam), "confirm") == 403
    assert press(signed_in(mona), "confirm") == 302
    assert where(key) == "Office"


def test_a_sitter_asks_for_a_key_and_the_office_gives_it(
    signed_in: SignIn, mona: User, sam: User, key: Key
) -> None:
    assert "Ask for this key" in buttons(signed_in(sam), key)
    signed_in(sam).post(f"/keys/{key.pk}/pickup/")
    assert where(key) == "Office"
    assert press(signed_in(sam), "confirm") == 403
    listed = content(signed_in(mona).get("/keys/requests/"))
    assert ("asks for it" in listed, "Given" in listed) == (True, True)
    assert press(signed_in(mona), "confirm") == 302
    assert where(key) == "Sam Sitter"


def test_the_office_takes_back_what_is_put_into_its_hands(mona: User, sam: User, key: Key) -> None:
    begin_hand_over(key=held(key, sam), to=OFFICE, by=mona)
    assert where(key) == "Office"


def test_a_place_says_nothing_so_the_key_is_there_at_once(
    signed_in: SignIn, sam: User, key: Key
) -> None:
    safe = KeyLocation.objects.create(name="Safe")
    KeyLocation.objects.create(name="Old", is_active=False)
    held(key, sam)
    offered = read(signed_in(sam).get(f"/keys/{key.pk}/hand-over/")).one("select", name="to")
    texts = [each.text for each in offered.all("option")]
    assert texts == ["Choose", "Office", "Safe", "With the client"]
    signed_in(sam).post(f"/keys/{key.pk}/hand-over/", {"to": f"location-{safe.pk}"})
    assert where(key) == "Safe"


def test_a_client_says_that_the_key_is_there(
    signed_in: SignIn, sam: User, cleo: User, carl: User, *, carls_home: Client, key: Key
) -> None:
    begin_hand_over(key=held(key, sam), to=HOME, by=sam)
    assert press(signed_in(carl), "confirm") == 404
    panel = content(signed_in(cleo).get(f"/clients/{key.client_id}/keys/"))
    assert ("I have it" in panel, "Sam" in panel) == (True, False)
    assert press(signed_in(cleo), "confirm") == 302
    assert where(key) == "With the client"


def test_whoever_hands_it_to_the_client_may_say_it_too(
    signed_in: SignIn, sam: User, key: Key
) -> None:
    begin_hand_over(key=held(key, sam), to=HOME, by=sam)
    assert "The client has it" in buttons(signed_in(sam), key)
    assert press(signed_in(sam), "confirm") == 302
    assert where(key) == "With the client"


def test_a_key_on_its_way_goes_nowhere_else(
    mona: User, sam: User, stan: User, key: Key, signed_in: SignIn
) -> None:
    begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, sam), by=mona)
    with pytest.raises(ValidationError, match="on its way already"):
        begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, stan), by=mona)
    assert press(signed_in(mona), "refuse") == 302
    begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, stan), by=mona)
    assert key.hand_overs.count() == 2


def test_what_is_answered_is_answered(mona: User, sam: User, key: Key) -> None:
    begun = begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, sam), by=mona)
    confirm_hand_over(hand_over=begun, by=sam)
    with pytest.raises(ValidationError, match="answered this already"):
        confirm_hand_over(hand_over=begun, by=sam)
    assert Key.objects.get(pk=key.pk).version == key.version + 1


def test_who_is_blocked_meanwhile_does_not_get_it(
    mona: User, sam: User, cleos_home: Client, key: Key
) -> None:
    begun = begin_hand_over(key=key, to=Spot(KeyPlace.SITTER, sam), by=mona)
    cleos_home.blocked_sitters.add(sam)
    with pytest.raises(ValidationError, match="cannot have this key"):
        confirm_hand_over(hand_over=begun, by=sam)
    assert where(key) == "Office"


def test_a_sitter_gives_away_only_what_he_holds(
    signed_in: SignIn, sam: User, cleos_home: Client, key: Key
) -> None:
    bob = make_user(Role.SITTER, "Bob")
    held(key, bob)
    answer = signed_in(sam).post(f"/keys/{key.pk}/hand-over/", {"to": "office"})
    assert (answer.status_code, "You do not hold this key." in content(answer)) == (422, True)
    taken = signed_in(sam).post(f"/keys/{key.pk}/pickup/", follow=True)
    assert "Bob has this key." in content(taken)
    assert (where(key), HandOver.objects.count()) == ("Bob", 0)


def test_a_sitter_cannot_give_a_key_to_another_one(
    signed_in: SignIn, sam: User, stan: User, key: Key
) -> None:
    held(key, sam)
    answer = signed_in(sam).post(f"/keys/{key.pk}/hand-over/", {"to": f"sitter-{stan.pk}"})
    assert (answer.status_code, HandOver.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"to": "office"}, "The key is there already."),
        ({"to": ""}, "Choose where."),
        ({"due_on": "soon"}, "Write a day like 2026-03-08."),
        ({"due_on": date(2020, 1, 1).isoformat()}, "That day is over."),
    ],
)
def test_a_bad_hand_over_is_refused_by_name(
    signed_in: SignIn, mona: User, sam: User, key: Key, *, typed: dict[str, str], told: str
) -> None:
    sent = {"to": f"sitter-{sam.pk}", **typed}
    answer = signed_in(mona).post(f"/keys/{key.pk}/hand-over/", sent)
    assert (answer.status_code, told in content(answer)) == (422, True)
    assert not HandOver.objects.exists()


def test_a_lost_key_is_handed_to_nobody(mona: User, sam: User, cleos_home: Client) -> None:
    lost = make_key(cleos_home, place="lost")
    with pytest.raises(ValidationError, match="This key is lost"):
        begin_hand_over(key=lost, to=Spot(KeyPlace.SITTER, sam), by=mona)


def test_self_pickup_moves_a_key_as_soon_as_the_sitter_says_so(
    signed_in: SignIn, sam: User, key: Key
) -> None:
    """Rule 76: Pickup, then Return to the chosen place; there are no key requests."""
    SiteOptions.load()
    safe = KeyLocation.objects.create(name="Safe")
    browser = signed_in(sam)
    assert browser.get("/keys/requests/").status_code == 200
    assert "/keys/requests/" in content(browser.get("/keys/"))
    SiteOptions.objects.update(has_self_pickup=True)
    assert "Pickup" in buttons(browser, key)
    browser.post(f"/keys/{key.pk}/pickup/")
    assert where(key) == "Sam Sitter"
    for to, said in (("office", "Office"), (f"location-{safe.pk}", "Safe")):
        held(key, sam)
        browser.post(f"/keys/{key.pk}/hand-over/", {"to": to})
        assert where(key) == said
    assert browser.get("/keys/requests/").status_code == 404
    assert "/keys/requests/" not in content(browser.get("/keys/"))


def test_self_pickup_is_for_own_clients_only(signed_in: SignIn, stan: User, key: Key) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_self_pickup=True)
    assert signed_in(stan).post(f"/keys/{key.pk}/pickup/").status_code == 404
    assert where(key) == "Office"
