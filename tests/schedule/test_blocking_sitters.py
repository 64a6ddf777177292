"""Blocking a sitter who is to come: the visits are listed, and nothing is taken off unasked."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.fields.actions import change_field
from pawfile.fields.registry import Access
from pawfile.imports.issues import Kind
from pawfile.profiles.actions import update_client
from pawfile.profiles.blocking import HeldVisitsError
from pawfile.profiles.models import Client
from pawfile.schedule.actions.moves import accept_visit, restore_visit
from pawfile.schedule.actions.visits import change_visit
from pawfile.schedule.models import Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_client, make_service, make_user, make_visit
from tests.imports.files import NAMES, counted, import_text, remarks
from tests.profiles.pages import read

SignedIn = Callable[[User], Browser]
S = VisitStatus
DAY = timedelta(days=1)


@pytest.fixture
def tomorrow(cleos_home: Client, sam: User) -> Visit:
    update_client(cleos_home, values={"primary_sitter": None}, by=None)
    service = make_service(name="Long walk", client_name="Walk")
    day = timezone.localdate() + DAY
    status = S.CONFIRMED
    return make_visit(cleos_home, sitter=sam, visit_on=day, service=service, status=status)


def block(browser: Browser, client: Client, sitter: User, **also: str) -> tuple[int, str, str]:
    """Status, the question as it is read, and the sign of the visits it is about."""
    data = {"blocked_sitters": [sitter.pk], "house_notes": "Typed", **also}
    page = browser.post(f"/clients/{client.pk}/edit/", data)
    asked = read(page).all(data_held_visits="") if page.status_code == 422 else []
    sign = asked[0].one("input", name="given_up").attrs["value"] if asked else ""
    return page.status_code, asked[0].text if asked else "", sign


def fresh(visit: Visit) -> tuple[User | None, str]:
    visit = Visit.objects.get(pk=visit.pk)
    return visit.sitter, visit.status


def test_the_office_is_asked_about_visits_to_come_and_decides(
    signed_in: SignedIn, mona: User, sam: User, tomorrow: Visit
) -> None:
    home = tomorrow.client
    monas = signed_in(mona)
    status, asked, sign = block(monas, home, sam)
    assert status == 422
    assert "One visit to come is with Sam Sitter." in asked
    assert "Long walk, Sam Sitter" in asked
    assert fresh(tomorrow) == (sam, S.CONFIRMED)
    assert not home.blocked_sitters.exists()
    assert Client.objects.get(pk=home.pk).house_notes == ""

    assert block(monas, home, sam, given_up=sign)[0] == 302
    assert fresh(tomorrow) == (None, S.ASSIGNED)
    assert list(home.blocked_sitters.all()) == [sam]
    assert Client.objects.get(pk=home.pk).house_notes == "Typed"
    event = tomorrow.events.get()
    assert event.text == "Sitter: Sam Sitter → nobody (blocked by the client)"
    assert event.done_by == mona


def test_a_visit_that_came_meanwhile_is_asked_about_too(
    signed_in: SignedIn, mona: User, sam: User, tomorrow: Visit
) -> None:
    monas = signed_in(mona)
    _status, _asked, sign = block(monas, tomorrow.client, sam)
    other = make_visit(tomorrow.client, sitter=sam, visit_on=tomorrow.visit_on + DAY)
    status, asked, _sign = block(monas, tomorrow.client, sam, given_up=sign)
    assert status == 422
    assert "2 visits to come are with Sam Sitter." in asked
    assert fresh(tomorrow) == (sam, S.CONFIRMED)
    assert fresh(other) == (sam, S.ASSIGNED)


def test_a_long_list_is_cut_and_counted(
    signed_in: SignedIn, mona: User, sam: User, tomorrow: Visit
) -> None:
    for days in range(1, 23):
        make_visit(tomorrow.client, sitter=sam, visit_on=tomorrow.visit_on + DAY * days)
    _status, asked, sign = block(signed_in(mona), tomorrow.client, sam)
    assert "23 visits to come are with Sam Sitter." in asked
    assert asked.count("Sam Sitter") == 21
    assert "And 3 more." in asked
    assert len(sign.split(",")) == 23


def test_what_is_over_begun_or_off_is_not_asked_about(
    signed_in: SignedIn, mona: User, sam: User, tomorrow: Visit
) -> None:
    Visit.objects.filter(pk=tomorrow.pk).update(status=S.CANCELED)
    past = make_visit(
        tomorrow.client, sitter=sam, status=S.ACCEPTED, visit_on=timezone.localdate() - DAY
    )
    begun = make_visit(tomorrow.client, sitter=sam, status=S.IN_PROGRESS)
    declined = make_visit(
        tomorrow.client, sitter=sam, status=S.DECLINED, visit_on=tomorrow.visit_on
    )
    assert block(signed_in(mona), tomorrow.client, sam)[0] == 302
    assert fresh(past) == (sam, S.ACCEPTED)
    assert fresh(begun) == (sam, S.IN_PROGRESS)
    assert fresh(declined) == (sam, S.DECLINED)
    assert fresh(tomorrow) == (sam, S.CANCELED)


def test_a_client_who_may_block_is_asked_in_the_words_of_clients(
    signed_in: SignedIn, ada: User, cleo: User, sam: User, tomorrow: Visit
) -> None:
    values = {"client": Access.SHOW}
    change_field(subject="client", key="blocked_sitters", values=values, by=ada)
    status, asked, sign = block(signed_in(cleo), tomorrow.client, sam)
    assert status == 422
    assert "Walk, Sam Sitter" in asked
    assert "Long walk" not in asked
    assert block(signed_in(cleo), tomorrow.client, sam, given_up=sign)[0] == 302
    assert fresh(tomorrow) == (None, S.ASSIGNED)


def test_the_action_refuses_unasked(mona: User, sam: User, tomorrow: Visit) -> None:
    home = Client.objects.get(pk=tomorrow.client_id)
    with pytest.raises(HeldVisitsError) as refusal:
        update_client(home, values={"blocked_sitters": [sam]}, by=mona)
    assert refusal.value.messages == [
        "Sam Sitter holds 1 visit to come of this client. Assign it to somebody else first."
    ]
    assert not home.blocked_sitters.exists()


@pytest.mark.parametrize("is_dry", [True, False])
def test_an_import_reports_the_row_and_changes_nothing(
    tmp_path: Path, sam: User, tomorrow: Visit, *, is_dry: bool
) -> None:
    run = import_text(
        tmp_path,
        f"{NAMES},Email,Blocked Sitters,City",
        "Cleo,Carter,cleo@example.com,Sam Sitter,Dublin",
        is_dry=is_dry,
    )
    assert remarks(run) == [(Kind.NOT_SAVED, 2, "", "")]
    assert counted(run)["clients"] == {"problems": 1}
    assert fresh(tomorrow) == (sam, S.CONFIRMED)
    assert Client.objects.get(pk=tomorrow.client_id).city == "Columbus"


def test_what_was_begun_too_early_does_not_go_back_to_the_blocked(
    ada: User, sam: User, tomorrow: Visit
) -> None:
    Visit.objects.filter(pk=tomorrow.pk).update(status=S.IN_PROGRESS)
    tomorrow.client.blocked_sitters.add(sam)
    restore_visit(visit=tomorrow, by=ada)
    assert fresh(tomorrow) == (None, S.ASSIGNED)


def test_a_past_visit_of_a_blocked_sitter_is_not_moved_ahead(
    mona: User, sam: User, tomorrow: Visit
) -> None:
    past = make_visit(
        tomorrow.client, sitter=sam, status=S.ACCEPTED, visit_on=timezone.localdate() - DAY
    )
    tomorrow.client.blocked_sitters.add(sam)
    moved = {"visit_on": tomorrow.visit_on}
    with pytest.raises(ValidationError, match="is blocked by this client"):
        change_visit(visit=past, values=moved, opened_version=None, by=mona)


@pytest.mark.django_db(transaction=True)
def test_accepting_in_the_moment_of_blocking_leaves_no_blocked_sitter_a_visit() -> None:
    sam = make_user(Role.SITTER, "Sam")
    for _round in range(4):
        client = make_client()
        day = timezone.localdate() + DAY
        offer = make_visit(client, is_for_anyone=True, visit_on=day)
        values = {"blocked_sitters": [sam]}
        at_once(
            partial(accept_visit, visit=offer, by=sam),
            partial(update_client, client, values=values, by=None),
        )
        holds = Visit.objects.held_ahead().filter(client=client, sitter=sam).exists()
        assert not (holds and client.blocked_sitters.exists())
