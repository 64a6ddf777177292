"""Every way around the window gets nothing, and leaves no row that would say it did."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pawfile.access.actions.reveals import NoSecretError, ReasonNeededError, reveal_secret
from pawfile.access.models import Reveal
from pawfile.accounts.models import Role, User
from pawfile.fields.models import CustomField
from pawfile.fields.registry import Access
from pawfile.mail.models import Mail
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.fields import CLIENT
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.moves import decline_visit
from pawfile.schedule.models import Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_client, make_user
from tests.fields.sentinels import set_access
from tests.home_access.vault import CHIP, CODE, REASON, ask, browser_of, rows, visit_in

NOTHING = (404, False)
ASKED_WHY = (422, False)


def change(visit: Visit, **fields: Any) -> None:
    Visit.objects.filter(pk=visit.pk).update(**fields)


@pytest.mark.parametrize(
    "status",
    [
        status
        for status in VisitStatus
        if status not in ("accepted", "confirmed", "in_progress", "completed")
    ],
)
def test_a_visit_that_is_not_agreed_opens_nothing(codes: Client, sam: User, status: str) -> None:
    """Declined, canceled, asked for, or not answered yet."""
    visit = visit_in(codes, sam, 1, status=status)
    assert ask(sam, codes) == ASKED_WHY
    assert ask(sam, codes, visit=visit.pk) in (NOTHING, ASKED_WHY)
    assert rows() == []
    change(visit, status="accepted")
    assert ask(sam, codes, visit=visit.pk) == (200, True)


@pytest.mark.parametrize("hours", [-30, -4.1, 24.1, 48])
def test_yesterdays_visit_and_the_one_after_tomorrow_open_nothing(
    codes: Client, sam: User, hours: float
) -> None:
    visit = visit_in(codes, sam, hours)
    assert ask(sam, codes) == ask(sam, codes, visit=visit.pk) == ASKED_WHY
    assert rows() == []


def test_a_visit_of_another_sitter_opens_nothing(codes: Client, sam: User, stan: User) -> None:
    visit = visit_in(codes, stan, 1)
    assert (ask(sam, codes), ask(sam, codes, visit=visit.pk)) == (ASKED_WHY, NOTHING)
    assert ask(stan, codes) == (200, True)
    assert rows() == [("Stan Stranger", "door_code", "visit")]


def test_an_offer_to_everyone_opens_nothing_until_it_is_accepted(codes: Client, stan: User) -> None:
    """It lets every sitter read the client, not the codes."""
    visit = visit_in(codes, stan, 1, status=VisitStatus.ASSIGNED)
    change(visit, sitter=None, is_for_anyone=True)
    assert ask(stan, codes) == ask(stan, codes, visit=visit.pk) == ASKED_WHY
    assert rows() == []


@pytest.mark.parametrize("forged", ["0", "-1", "x", "9" * 30, "1 OR 1=1"])
def test_a_forged_visit_opens_nothing(codes: Client, sam: User, forged: str) -> None:
    """Not even with a reason, or where a true one would open it."""
    visit_in(codes, sam, 1)
    assert ask(sam, codes, visit=forged) == ask(sam, codes, visit=forged, reason=REASON) == NOTHING
    assert (rows(), Mail.objects.count()) == ([], 0)


def test_a_visit_at_another_home_opens_nothing(codes: Client, sam: User, mona: User) -> None:
    other = make_client(primary_sitter=sam)
    update_client(other, values={"door_code": "1"}, by=None)
    visit = visit_in(other, sam, 1)
    assert ask(sam, codes, visit=visit.pk) == ask(mona, codes, visit=visit.pk) == NOTHING
    with pytest.raises(NoSecretError):
        reveal_secret(client=codes, key="door_code", by=sam, visit=visit)
    assert rows() == []


def test_a_replayed_request_opens_nothing_when_the_window_is_over(codes: Client, sam: User) -> None:
    """The same request word for word; inside the window it is another row."""
    visit, browser = visit_in(codes, sam, -0.5), browser_of(sam)
    url, posted = f"/clients/{codes.pk}/secrets/door_code/reveal/", {"visit": str(visit.pk)}
    assert [browser.post(url, posted).status_code for _ in range(2)] == [200, 200]
    assert len(rows()) == 2
    over = timezone.now() - timedelta(hours=3, minutes=1)
    change(visit, starts_at=over - timedelta(hours=1), ends_at=over)
    answer = browser.post(url, posted)
    assert (answer.status_code, CODE in answer.content.decode(), len(rows())) == (422, False, 2)


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_only_a_press_opens(codes: Client, ada: User, method: str) -> None:
    """A link, a preload or a scanner of mails does nothing."""
    answer: Any = getattr(browser_of(ada), method)(f"/clients/{codes.pk}/secrets/door_code/reveal/")
    assert (answer.status_code, CODE in answer.content.decode(), rows()) == (405, False, [])


def test_strangers_find_nothing(codes: Client, stan: User, carl: User, carls_home: Client) -> None:
    for user in (stan, carl):
        assert ask(user, codes) == ask(user, codes, reason=REASON) == NOTHING
    assert (rows(), Mail.objects.count()) == ([], 0)


def test_a_blocked_sitter_finds_nothing(codes: Client, sam: User) -> None:
    """Whatever visit there still is."""
    visit = visit_in(codes, sam, 1)
    codes.blocked_sitters.add(sam)
    for posted in ({}, {"visit": visit.pk}, {"reason": REASON}):
        assert ask(sam, codes, **posted) == NOTHING
    assert (rows(), Mail.objects.count()) == ([], 0)


def test_nobody_opens_after_being_deactivated(codes: Client, sam: User, ada: User) -> None:
    """Neither with the old session nor in the moment in which it happens."""
    visit_in(codes, sam, 1)
    make_user(Role.ADMINISTRATOR, "Another")
    for user in (sam, ada):
        browser = browser_of(user)
        User.objects.filter(pk=user.pk).update(is_active=False)
        answer = browser.post(f"/clients/{codes.pk}/secrets/door_code/reveal/")
        assert (answer.status_code, CODE in answer.content.decode()) == (302, False)
        with pytest.raises(NoSecretError):
            reveal_secret(client=codes, key="door_code", by=user)
    assert rows() == []


def test_an_inactive_home_or_pet_is_closed_to_sitters(
    codes: Client, rex: Pet, shed: CustomField, sam: User, mona: User
) -> None:
    """Also around a visit and in an emergency; the office has the clients, administrators pets."""
    visit_in(codes, sam, 1)
    update_pet(Pet.objects.get(pk=rex.pk), values={"active": False}, by=None)
    for user in (sam, mona):
        url = f"/pets/{rex.pk}/secrets/{shed.key}/reveal/"
        answer = browser_of(user).post(url, {"reason": REASON})
        assert (answer.status_code, CHIP in answer.content.decode()) == NOTHING
    update_client(Client.objects.get(pk=codes.pk), values={"status": "Inactive"}, by=None)
    assert ask(sam, codes) == ask(sam, codes, reason=REASON) == NOTHING
    assert (rows(), Mail.objects.count()) == ([], 0)
    assert ask(mona, codes) == (200, True)


@pytest.mark.parametrize(
    "key", ["street", "gate_code", "cf_999", "version", "logins", "alarm_code"]
)
def test_what_is_no_filled_secret_is_not_found(codes: Client, ada: User, key: str) -> None:
    """Other fields, empty ones, unknown ones, and one without its alarm."""
    update_client(codes, values={"alarm_code": "77", "has_alarm": False}, by=None)
    assert ask(ada, codes, key) == NOTHING
    assert rows() == []


@pytest.mark.parametrize("who", ["mona", "sam", "cleo"])
def test_a_hidden_field_is_not_found(
    codes: Client, who: str, request: pytest.FixtureRequest
) -> None:
    """The column gate comes first: also at home, around a visit, in an emergency."""
    user = request.getfixturevalue(who)
    visit_in(codes, request.getfixturevalue("sam"), 1)
    set_access(Access.HIDE, [(CLIENT, "door_code")])
    assert ask(user, codes) == ask(user, codes, reason=REASON) == NOTHING
    assert rows() == []
    set_access(Access.READ, [(CLIENT, "door_code")])
    assert ask(user, codes) == (200, True)


def test_who_views_as_the_client_opens_nothing(codes: Client, ada: User, cleo: User) -> None:
    """ADR 10: an administrator opens codes as the administrator, and there are no buttons."""
    browser = browser_of(ada)
    assert browser.post(f"/logins/{cleo.pk}/view/").status_code == 302
    url = f"/clients/{codes.pk}/secrets/door_code/reveal/"
    page = browser.get("/my-info/").content.decode()
    assert ("Saved and sealed" in page, url in page) == (True, False)
    answer = browser.post(url)
    assert (answer.status_code, CODE in answer.content.decode()) == (403, False)
    cleo.viewed_by = ada
    with pytest.raises(PermissionDenied):
        reveal_secret(client=codes, key="door_code", by=cleo)
    assert rows() == []


def test_a_pet_of_another_home_opens_nothing(
    codes: Client, rex: Pet, shed: CustomField, carls_home: Client, ada: User
) -> None:
    with pytest.raises(NoSecretError):
        reveal_secret(client=carls_home, pet=rex, key=shed.key, by=ada)
    assert rows() == []


def opened(*outcomes: Any) -> list[str]:
    return [outcome for outcome in outcomes if isinstance(outcome, str)]


@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_each_code_has_its_row(codes: Client, sam: User) -> None:
    visit_in(codes, sam, 1)
    reveals = [partial(reveal_secret, client=codes, key="door_code", by=sam) for _ in range(4)]
    assert at_once(*reveals) == [CODE] * 4
    assert len(rows()) == 4


def decline(visit: Visit, sitter: User) -> Callable[[], Any]:
    return partial(decline_visit, visit=visit, by=sitter)


@pytest.mark.django_db(transaction=True)
def test_whoever_declines_at_the_same_moment_has_a_row_or_no_code(codes: Client, sam: User) -> None:
    for number in range(3):
        Reveal.objects.all().delete()
        visit = visit_in(codes, sam, 1)
        found = at_once(
            partial(reveal_secret, client=codes, key="door_code", by=sam), decline(visit, sam)
        )
        assert isinstance(found[0], str | ReasonNeededError), (number, found)
        assert len(rows()) == len(opened(*found))
        with pytest.raises(ReasonNeededError):
            reveal_secret(client=codes, key="door_code", by=sam)
