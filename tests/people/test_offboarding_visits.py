"""Who leaves may hold visits: they are counted and listed, and nothing is reassigned silently."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from tests.factories import make_visit
from tests.profiles.pages import read


def test_visits_to_come_are_listed_with_a_way_to_assign_them(
    signed_in: Callable[[User], Browser], ada: User, sam: User, stan: User, cleos_home: Client
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    held = make_visit(cleos_home, sitter=sam, status="accepted", visit_on=day)
    make_visit(cleos_home, sitter=sam, status="canceled", visit_on=day)
    make_visit(cleos_home, sitter=sam, status="completed", visit_on=day - timedelta(days=9))
    make_visit(cleos_home, sitter=stan, visit_on=day)
    browser = signed_in(ada)
    page = read(browser.get(f"/users/{sam.pk}/offboard/"))
    assert page.one(data_section="visits").one("dd").text == "1 visit to come is theirs."
    (line,) = page.one(id="visits").all(data_visit="")
    assert line.one("a").attrs["href"] == f"/visits/{held.pk}/assign/"
    browser.post(f"/users/{sam.pk}/offboard/")
    held.refresh_from_db()
    assert (held.sitter, held.status) == (sam, "accepted")
    again = read(browser.get(f"/users/{sam.pk}/offboard/"))
    assert len(again.one(id="visits").all(data_visit="")) == 1
