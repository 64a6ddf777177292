"""The page behind the link: looking changes nothing, one tap answers, and nothing is told."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import timezone

from pawfile.access.models import EntryCheck
from pawfile.accounts.models import User
from pawfile.lib.logs import DiscreetFormatter
from pawfile.profiles.models import Client
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_visit
from tests.home_access.checks import ask, link
from tests.home_access.ways import make_way, today
from tests.profiles.pages import content, read

SignIn = Callable[[User], Browser]
BEFORE = date(2026, 1, 5)


@pytest.fixture
def visit(cleos_home: Client) -> Visit:
    """Cleo was asked about it; her home has two ways in, both confirmed long ago."""
    for kind in ("key", "lockbox"):
        make_way(cleos_home, kind, words="By the pond", confirmed_on=BEFORE)
    day = today() + timedelta(days=1)
    visit = make_visit(cleos_home, visit_on=day, status=VisitStatus.ACCEPTED)
    visit.starts_at = timezone.now() + timedelta(days=1)
    visit.ends_at = visit.starts_at + timedelta(minutes=30)
    visit.save()
    ask()
    return visit


def days(visit: Visit) -> list[date | None]:
    return list(visit.client.ways_in.values_list("confirmed_on", flat=True))


def answered() -> bool | None:
    return EntryCheck.objects.get().is_unchanged


def buttons(page_of: Browser) -> list[str]:
    return [each.attrs["value"] for each in read(page_of.get(link())).all("button", name="answer")]


def test_looking_changes_nothing(visit: Visit) -> None:
    browser = Browser()
    for method in ("GET", "HEAD", "GET"):
        answer = browser.generic(method, link() + "?answer=same")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    assert (answered(), days(visit)) == (None, [BEFORE] * 2)
    assert buttons(browser) == ["same", "changed"]


def test_the_page_tells_nothing_of_the_home(visit: Visit) -> None:
    page = content(Browser().get(link()))
    told = ["Cleo", "Carter", "Maple", "pond", "Lockbox", str(visit.visit_on.year), "614"]
    assert [word for word in told if word in page.replace("<!doctype", "")] == []
    assert "Pawfile" in page


def test_one_tap_confirms_every_way_without_signing_in(
    signed_in: SignIn, mona: User, visit: Visit
) -> None:
    answer = Browser().post(link(), {"answer": "same"}, follow=True)
    assert "Thank you" in content(answer)
    assert (answered(), days(visit)) == (True, [today()] * 2)
    plan = content(signed_in(mona).get(f"/clients/{visit.client_id}/entry/"))
    assert "the client says that everything is as it was." in plan


def test_the_same_answer_again_confirms_nothing_anew(visit: Visit) -> None:
    browser, url = Browser(), link()
    browser.post(url, {"answer": "same"})
    visit.client.ways_in.update(confirmed_on=None)
    browser.post(url, {"answer": "same"})
    assert days(visit) == [None, None]


def test_changed_leads_to_sign_in_and_then_to_the_plan(visit: Visit, cleo: User) -> None:
    browser = Browser()
    answer = browser.post(link(), {"answer": "changed"})
    plan = f"/clients/{visit.client_id}/entry/"
    assert answer.headers["Location"] == plan
    assert browser.get(plan).headers["Location"] == f"/accounts/login/?next={plan}"
    assert (answered(), days(visit)) == (False, [None, None])
    browser.force_login(cleo)
    assert "you said that something has changed" in content(browser.get(plan))
    assert f'href="/clients/{visit.client_id}/edit/#access"' in content(browser.get(plan))


def test_without_a_login_the_page_says_whom_to_tell(visit: Visit) -> None:
    visit.client.logins.clear()
    answer = Browser().post(link(), {"answer": "changed"}, follow=True)
    assert answer.redirect_chain == [(link(), 302)]
    assert "Please tell the office" in content(answer)
    assert answered() is False


def test_a_mind_changes_towards_doubt_only(visit: Visit) -> None:
    """Whoever reads somebody's mail must not silence the warning."""
    browser, url = Browser(), link()
    browser.post(url, {"answer": "same"})
    assert buttons(browser) == ["changed"]
    browser.post(url, {"answer": "changed"})
    assert (answered(), days(visit), buttons(browser)) == (False, [None, None], [])
    browser.post(url, {"answer": "same"})
    assert (answered(), days(visit)) == (False, [None, None])


@pytest.mark.parametrize("answer", ["", "yes", "same changed"])
def test_another_answer_is_none(visit: Visit, answer: str) -> None:
    response = Browser().post(link(), {"answer": answer})
    assert response.status_code == 422
    assert "Press one of the two buttons." in content(response)
    assert answered() is None


def test_the_link_ends_with_the_visit(visit: Visit) -> None:
    url = link()
    with time_machine.travel(visit.ends_at - timedelta(seconds=1), tick=False):
        assert Browser().get(url).status_code == 200
    with time_machine.travel(visit.ends_at, tick=False):
        for strange in (url, "/unchanged/no-such-secret/"):
            answers = [Browser().get(strange), Browser().post(strange, {"answer": "same"})]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert "This link is not open" in content(answers[0])
    assert (answered(), days(visit)) == (None, [BEFORE] * 2)


@pytest.mark.usefixtures("limits")
def test_guessing_has_its_limit_and_the_right_link_costs_nothing(visit: Visit) -> None:
    browser, url = Browser(), link()
    for _each in range(5):
        assert browser.get(url).status_code == 200
    tried = [browser.get(f"/unchanged/guess-{number}/").status_code for number in range(4)]
    assert tried == [404, 404, 404, 429]
    assert "Too many tries" in content(browser.get(url))


def test_the_office_sees_it_where_it_needs_it(signed_in: SignIn, mona: User, visit: Visit) -> None:
    browser, plan = signed_in(mona), f"/clients/{visit.client_id}/entry/"

    def listed() -> list[str]:
        rows = read(browser.get("/entry-plans/")).all("tr", data_client="")
        return [row.all("td")[1].text for row in rows]

    def warned() -> int:
        return len(read(browser.get(plan)).all("div", cls="notice-warning"))

    assert "No answer yet." in content(browser.get(plan))
    Browser().post(link(), {"answer": "changed"})
    assert (listed(), warned()) == (["The client says that something has changed"], 1)
    assert "client says that something" in content(
        browser.get(plan, headers={"HX-Request": "true"})
    )
    browser.post(f"{plan}confirm/")
    assert (listed(), warned()) == ([], 0)


def test_the_log_hides_the_secret(visit: Visit) -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, f"GET {link()} 200", None, None)
    said = DiscreetFormatter("{message}", style="{").format(record)
    assert said == "GET /unchanged/…/ 200"
