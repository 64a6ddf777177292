"""The page of a visit, as each of its readers sees it; upcoming visits on profile and in table."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import Visit
from tests.factories import make_client, make_service, make_visit
from tests.profiles.pages import content, read

SignedIn = Callable[[User], Browser]


@pytest.fixture
def visit(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    service = make_service(name="Walk 30", client_name="A nice walk")
    return make_visit(
        cleos_home, service=service, sitter=sam, pets=[rex], note="Mind the cat", is_training=True
    )


def test_the_office_sees_everything(signed_in: SignedIn, mona: User, visit: Visit) -> None:
    page = content(signed_in(mona).get(f"/visits/{visit.pk}/"))
    wanted = ("Walk 30", "Sam Sitter", "Rex", "Mind the cat", "Training", "$25.00", "History")
    assert [text for text in wanted if text not in page] == []


def test_the_sitter_sees_what_is_needed_there_and_no_price(
    signed_in: SignedIn, sam: User, visit: Visit
) -> None:
    page = content(signed_in(sam).get(f"/visits/{visit.pk}/"))
    assert [text for text in ("Rex", "12 Maple Street", "Mind the cat") if text not in page] == []
    assert [text for text in ("$25.00", 'class="timeline"', "Delete") if text in page] == []


def test_rule_100_the_client_sees_the_own_visit_without_the_offices_affairs(
    signed_in: SignedIn, cleo: User, visit: Visit
) -> None:
    page = content(signed_in(cleo).get(f"/visits/{visit.pk}/"))
    assert [text for text in ("A nice walk", "Rex", "$25.00") if text not in page] == []
    hidden = (
        "Walk 30",
        "Mind the cat",
        "Sam Sitter",
        "Training",
        'class="timeline"',
        "Accept",
        "Edit",
    )
    assert [text for text in hidden if text in page] == []


def test_the_reason_of_canceling_is_the_offices_and_the_sitters(
    signed_in: SignedIn, mona: User, cleo: User, visit: Visit
) -> None:
    Visit.objects.filter(pk=visit.pk).update(status="canceled", cancel_reason="Owes us money")
    assert "Owes us money" in content(signed_in(mona).get(f"/visits/{visit.pk}/"))
    assert "Owes us money" not in content(signed_in(cleo).get(f"/visits/{visit.pk}/"))


def test_the_profile_lists_visits_to_come_and_sitters_see_their_own(
    signed_in: SignedIn, mona: User, sam: User, stan: User, cleos_home: Client
) -> None:
    day = timezone.localdate() + timedelta(days=2)
    sams, stans = (make_visit(cleos_home, sitter=who, visit_on=day) for who in (sam, stan))
    make_visit(cleos_home, sitter=sam, visit_on=day - timedelta(days=9))
    make_visit(cleos_home, sitter=sam, visit_on=day, status="canceled")
    url = f"/clients/{cleos_home.pk}/visits/"
    shown = {
        who.name: {line.attrs["data-visit"] for line in read(signed_in(who).get(url)).all(
            "li", data_visit=""
        )}
        for who in (mona, sam)
    }  # fmt: skip
    assert shown == {
        "Mona Manager": {str(sams.pk), str(stans.pk)},
        "Sam Sitter": {str(sams.pk)},
    }
    assert url in content(signed_in(sam).get(f"/clients/{cleos_home.pk}/"))


def test_the_table_says_when_the_next_visit_is_with_one_query_for_all(
    signed_in: SignedIn, mona: User
) -> None:
    day = timezone.localdate() + timedelta(days=2)
    browser = signed_in(mona)
    page = read(browser.get("/clients/"))
    counts = []
    for number in range(3):
        home = make_client(first_name=f"Home{number}")
        make_visit(home, visit_on=day)
        make_visit(home, visit_on=day + timedelta(days=1))
        with CaptureQueriesContext(connection) as queries:
            browser.get("/clients/")
        counts.append(len(queries))
    assert counts[1] == counts[2]
    page = read(browser.get("/clients/"))
    cells = [cell.text for cell in page.all("td", data_label="Next visit")]
    assert len(cells) == 3
    assert all(cell.endswith("12:00") for cell in cells)
