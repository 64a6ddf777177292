"""Times off: a sitter adds and removes the own ones."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.profiles.models import Client
from pawfile.schedule.actions.times_off import add_time_off
from pawfile.schedule.models import TimeOff
from tests.factories import make_visit
from tests.profiles.pages import problems, read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
URL = "/my-schedule/times-off/"


def test_days_are_added_listed_and_removed(signed_in: SignIn, sam: User, stan: User) -> None:
    browser = signed_in(sam)
    sent = {"first_on": in_days(3), "last_on": in_days(9), "note": "Beach"}
    page = read(browser.post(URL, sent, follow=True))
    (off,) = TimeOff.objects.all()
    assert (off.sitter, off.first_on, off.last_on) == (sam, in_days(3), in_days(9))
    assert "Beach" in page.one(data_off=str(off.pk)).text
    assert read(signed_in(stan).get(URL)).all(data_off="") == []
    assert signed_in(stan).post(f"{URL}{off.pk}/remove/").status_code == 404
    browser.post(f"{URL}{off.pk}/remove/")
    assert not TimeOff.objects.exists()


def test_one_day_needs_no_last_one(signed_in: SignIn, sam: User) -> None:
    signed_in(sam).post(URL, {"first_on": in_days(0), "last_on": "", "note": ""})
    assert TimeOff.objects.get().last_on == in_days(0)


def test_days_that_are_off_already_are_kept_once(signed_in: SignIn, sam: User, stan: User) -> None:
    """Longer ones are taken: what was asked for is more than what is there."""
    add_time_off(first_on=in_days(3), last_on=in_days(9), by=stan)
    browser, sent = signed_in(sam), {"first_on": in_days(3), "last_on": in_days(9)}
    assert browser.post(URL, sent).status_code == 302
    for first, last in ((3, 9), (4, 8), (9, 9)):
        again = {"first_on": in_days(first), "last_on": in_days(last), "note": "Beach"}
        answer = browser.post(URL, again)
        assert answer.status_code == 422
        page = read(answer)
        assert "You are off from" in " ".join(problems(page))
        assert page.one("input", name="note").attrs["value"] == "Beach"
    assert browser.post(URL, {"first_on": in_days(9), "last_on": in_days(10)}).status_code == 302
    assert browser.post(URL, {"first_on": in_days(12)}).status_code == 302
    twice = read(browser.post(URL, {"first_on": in_days(12)}))
    assert "You are off on" in " ".join(problems(twice))
    assert TimeOff.objects.filter(sitter=sam).count() == 3


def test_visits_on_these_days_are_named(signed_in: SignIn, sam: User, cleos_home: Client) -> None:
    make_visit(cleos_home, sitter=sam, visit_on=in_days(4))
    make_visit(cleos_home, sitter=sam, visit_on=in_days(4), status="canceled")
    page = read(signed_in(sam).post(URL, {"first_on": in_days(4)}, follow=True))
    assert "You have 1 visit on these days." in page.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "First day: Say a day, like 2026-03-08."),
        ({"first_on": "soon"}, "First day: Say a day, like 2026-03-08."),
        ({"first_on": "2020-01-01"}, "First day: These days are over."),
        ({"first_on": "2020-01-02", "last_on": "2020-01-01"}, "before the first"),
    ],
)
def test_days_that_cannot_be_are_named(
    signed_in: SignIn, sam: User, sent: dict[str, str], said: str
) -> None:
    answer = signed_in(sam).post(URL, sent)
    assert answer.status_code == 422
    assert said in " ".join(problems(read(answer)))
    assert not TimeOff.objects.exists()
