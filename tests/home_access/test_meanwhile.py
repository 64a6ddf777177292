"""What somebody else does between reading and writing opens nothing and brings nothing back."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings

from pawfile.access.actions.entry import change_way_in, doubt_ways, move_way_in, remove_way_in
from pawfile.access.actions.reveals import NoSecretError, reveal_secret
from pawfile.access.models import WayIn
from pawfile.accounts.links import reset_link
from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.visits import change_visit
from pawfile.schedule.models import Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_block, make_visit
from tests.home_access.vault import ask, browser_of, visit_in
from tests.home_access.ways import make_way
from tests.schedule.days import in_days

NEW_PASSWORD = "qw-er-ty-09-zu"


def asked_for(home: Client, login: User, pet: Pet, **fields: str) -> Visit:
    """A visit that the client has requested."""
    return make_visit(
        home, pets=[pet], block=make_block(), visit_on=in_days(3), status=VisitStatus.REQUESTED,
        created_by=login, **fields,
    )  # fmt: skip


def test_a_new_password_does_not_open_the_limit_of_codes(
    codes: Client, limits: Settings, sam: User
) -> None:
    visit_in(codes, sam, 1)
    assert [ask(sam, codes)[0] for _ in range(4)] == [200, 200, 200, 429]
    browser = Browser()
    address = browser.get(reset_link(sam, "http://testserver")).headers["Location"]
    done = browser.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done.status_code == 302
    assert ask(User.objects.get(pk=sam.pk), codes)[0] == 429


def test_another_address_does_not_open_the_limit_of_codes(
    codes: Client, limits: Settings, sam: User
) -> None:
    visit_in(codes, sam, 1)
    assert [ask(sam, codes)[0] for _ in range(4)] == [200, 200, 200, 429]
    sam.email = "sam+1@example.com"
    sam.save()
    assert ask(sam, codes)[0] == 429


def test_a_client_who_is_inactive_by_now_opens_nothing(codes: Client, sam: User) -> None:
    visit_in(codes, sam, 1)
    seen = Client.objects.get(pk=codes.pk)
    Client._base_manager.filter(pk=codes.pk).update(status="Inactive")
    with pytest.raises(NoSecretError):
        reveal_secret(client=seen, key="door_code", by=sam)


def test_what_the_office_writes_to_the_sitter_is_not_the_clients_to_read_or_change(
    cleos_home: Client, rex: Pet, cleo: User, mona: User
) -> None:
    visit = asked_for(cleos_home, cleo, rex, note="Blue leash.")
    url, browser = f"/my-schedule/{visit.pk}/change/", browser_of(cleo)
    assert "Blue leash." in browser.get(url).content.decode()
    change_visit(visit=visit, values={"note": "Two go in."}, opened_version=None, by=mona)
    assert "Two go in." not in browser.get(url).content.decode()
    values = {
        "pets": [rex.pk],
        "service": visit.service_id,
        "visit_on": in_days(4).isoformat(),
        "block": visit.block_id or "",
        "note": "Mine.",
    }
    browser.post(url, values)
    assert Visit.objects.get().note == "Two go in."


@pytest.mark.parametrize(
    "action",
    [
        lambda way, by: change_way_in(
            way=way, kind="key", words="y", key="", is_confirmed=False, by=by
        ),
        lambda way, by: move_way_in(way=way, is_up=True),
        lambda way, by: remove_way_in(way=way, by=by),
    ],
    ids=["change", "move", "remove"],
)
def test_a_way_in_that_was_removed_meanwhile_stays_removed(
    codes: Client, mona: User, action: Callable[[WayIn, User], None]
) -> None:
    seen = make_way(codes)
    remove_way_in(way=WayIn.objects.get(pk=seen.pk), by=mona)
    with pytest.raises(StaleRecordError):
        action(seen, mona)
    assert not WayIn.objects.exists()


def test_a_page_about_a_removed_way_in_leads_back_to_the_plan(codes: Client, mona: User) -> None:
    way = make_way(codes)
    browser = browser_of(mona)
    browser.post(f"/ways-in/{way.pk}/remove/")
    assert browser.post(f"/ways-in/{way.pk}/move/", {"to": "up"}).status_code == 404


def test_a_doubt_that_came_meanwhile_stays(codes: Client, mona: User) -> None:
    """The client says "changed" while the office has the form open."""
    seen = make_way(codes, words="x", confirmed_on=timezone.localdate())
    doubt_ways(ways=[WayIn.objects.get(pk=seen.pk)])
    change_way_in(way=seen, kind="key", words="x", key="", is_confirmed=False, by=mona)
    assert WayIn.objects.get().confirmed_on is None


@pytest.mark.django_db(transaction=True)
def test_a_request_withdrawn_twice_at_once_is_withdrawn_once(
    cleos_home: Client, rex: Pet, cleo: User
) -> None:
    visit = asked_for(cleos_home, cleo, rex)
    browsers = [browser_of(cleo) for _ in range(4)]
    url = f"/my-schedule/{visit.pk}/cancel/"
    found = at_once(*[lambda b=browser: b.post(url).status_code for browser in browsers])
    assert set(found) <= {302, 404}
    assert not Visit.objects.exists()
