"""Where one is signed in: seen, ended one by one or all but this one."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from tests.accounts.people import FIREFOX, PASSWORD, come_in, is_in
from tests.profiles.pages import read

URL = "/account/sessions/"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)


def test_each_sign_in_is_listed_and_ended_by_itself(sam: User) -> None:
    here, there, elsewhere = come_in(sam), come_in(sam, agent=CHROME), come_in(sam)
    page = read(here.get(URL))
    assert [row.one("h3").text for row in page.all("li", data_session="")] == [
        "Firefox on Linux", "Chrome on Windows", "Firefox on Linux",
    ]  # fmt: skip
    assert len(page.all("span", cls="pill-active")) == 1
    (chrome,) = [r for r in page.all("li", data_session="") if "Chrome" in r.text]
    answer = here.post(f"{URL}{chrome.attrs['data-session']}/end/")
    assert (answer.status_code, answer.headers["Location"]) == (302, URL)
    assert [is_in(browser) for browser in (here, there, elsewhere)] == [True, False, True]
    assert here.post(f"{URL}{chrome.attrs['data-session']}/end/").status_code == 404


def test_all_others_are_ended_at_once_and_other_people_stay(sam: User, stan: User) -> None:
    here, there, stans = come_in(sam), come_in(sam), come_in(stan)
    assert here.post(URL).status_code == 302
    assert [is_in(browser) for browser in (here, there, stans)] == [True, False, True]
    assert "Sign out everywhere else" not in here.get(URL).content.decode()


def test_nobody_ends_a_strangers_session_or_ones_own_here(sam: User, stan: User) -> None:
    sams, stans = come_in(sam), come_in(stan)
    (own,) = read(sams.get(URL)).all("li", data_session="")
    url = f"{URL}{own.attrs['data-session']}/end/"
    assert stans.post(url).status_code == 404
    assert sams.post(url).status_code == 404
    assert is_in(sams)


def test_sessions_that_are_over_are_not_listed(sam: User) -> None:
    here, there = come_in(sam), come_in(sam)
    Session.objects.filter(session_key=there.session.session_key).delete()
    assert len(read(here.get(URL)).all("li", data_session="")) == 1


def test_the_list_costs_the_same_however_long_it_is(sam: User) -> None:
    counts = []
    here = come_in(sam)
    here.get(URL)
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            here.get(URL)
        counts.append(len(asked))
        come_in(sam), come_in(sam)
    assert counts == [4, 4]


@pytest.mark.parametrize("url", [URL, "/", "/account/factors/"])
def test_a_page_does_not_note_that_one_was_here(sam: User, url: str) -> None:
    browser = come_in(sam, agent=FIREFOX)
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        browser.get(url)
    assert [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE"))] == []


def test_a_new_password_ends_the_other_sessions(sam: User) -> None:
    here, there = come_in(sam), come_in(sam)
    fresh = "walks-at-dawn-7"
    sent = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    answer = here.post("/accounts/password/", sent)
    assert answer.headers["Location"] == "/account/"
    assert [is_in(here), is_in(there)] == [True, False]
    assert len(read(here.get(URL)).all("li", data_session="")) == 1
    assert is_in(come_in(sam, password=fresh))
    assert not is_in(come_in(sam))
