"""What staff tell each other of a client: seen by staff for some days, by clients never."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.profiles.models import Client
from pawfile.schedule.models import SitterNote
from tests.factories import make_user, make_visit
from tests.profiles.pages import Node, content, read
from tests.schedule.journals import make_journal, make_note

SignIn = Callable[[User], Browser]
KEY = "Key turns left."


@pytest.fixture
def ann(db: None) -> User:
    return make_user(Role.SITTER, "Ann Able")


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def lately(browser: Browser, client: Client) -> list[str]:
    """The lines of the profile's part, as people read them."""
    page = read(browser.get(f"/clients/{client.pk}/journals/"))
    return [line.text for line in page.one("section", id="lately").all("li")]


def box_notes(browser: Browser) -> list[str]:
    page = read(browser.get("/my-schedule/"))
    return [node.attrs["data-note"] for node in page.all(data_note="")]


def test_the_profile_shows_notes_and_journals_of_14_days_by_any_sitter(
    signed_in: SignIn, ann: User, sam: User, mona: User, cleos_home: Client
) -> None:
    """Rule 97: Ann opens the profile and reads her own and Sam's."""
    make_note(cleos_home, ann, "By Ann.", days_ago(1))
    make_note(cleos_home, sam, "By Sam.", days_ago(13.9))
    make_note(cleos_home, sam, "Too old.", days_ago(14.1))
    make_journal(cleos_home, ann, days_ago(2), notes="Journal of Ann.")
    make_journal(cleos_home, sam, days_ago(3), notes="Journal of Sam.")
    make_journal(cleos_home, sam, days_ago(15), notes="Old journal.")
    for who in (ann, sam, mona):
        browser = signed_in(who)
        profile = content(browser.get(f"/clients/{cleos_home.pk}/"))
        assert f'hx-get="/clients/{cleos_home.pk}/journals/"' in profile
        found = lately(browser, cleos_home)
        wanted = ("By Ann.", "Journal of Ann.", "Journal of Sam.", "By Sam.")
        assert len(found) == len(wanted)
        assert [words for words, line in zip(wanted, found, strict=True) if words in line] == [
            *wanted
        ]


def test_a_note_stands_in_the_boxes_of_others_for_seven_days(
    signed_in: SignIn, ann: User, cleos_home: Client
) -> None:
    """Rule 98: Ann's note of 6 days ago is in Bob's box of today, that of 8 days is not."""
    bob = make_user(Role.SITTER, "Bob Baker")
    make_visit(cleos_home, sitter=bob)
    note = make_note(cleos_home, ann, KEY, days_ago(6))
    make_note(cleos_home, ann, "Long ago.", days_ago(8))
    assert box_notes(signed_in(bob)) == [str(note.pk)]
    assert KEY in content(signed_in(bob).get("/my-schedule/"))


def test_the_box_shows_notes_of_its_own_client_only(
    signed_in: SignIn, sam: User, ann: User, cleos_home: Client, carls_home: Client
) -> None:
    make_visit(cleos_home, sitter=sam)
    make_note(carls_home, ann, "Of Carl.", days_ago(1))
    assert box_notes(signed_in(sam)) == []


def test_no_client_ever_reads_a_note(
    signed_in: SignIn, ann: User, ada: User, cleo: User, cleos_home: Client
) -> None:
    """Not on any page of the home, nor when an administrator looks with her eyes."""
    visit = make_visit(cleos_home, sitter=ann, status="completed")
    journal = make_journal(cleos_home, ann, visit=visit)
    make_note(cleos_home, ann, KEY, days_ago(0))
    viewing = signed_in(ada)
    viewing.post(f"/logins/{cleo.pk}/view/")
    pages = (
        "/", "/my-schedule/", "/my-info/", "/my-pets/", "/journals/", f"/journals/{journal.pk}/",
        f"/visits/{visit.pk}/", f"/clients/{cleos_home.pk}/",
    )  # fmt: skip
    for browser in (signed_in(cleo), viewing):
        for url in pages:
            answer = browser.get(url)
            assert (url, answer.status_code, KEY in content(answer)) == (url, 200, False)
        assert browser.get(f"/clients/{cleos_home.pk}/journals/").status_code == 403
    assert list(SitterNote.objects.visible_to(cleo)) == []


def test_a_sitter_reads_no_note_about_the_own_home(
    signed_in: SignIn, ann: User, sam: User, cleos_home: Client
) -> None:
    """Sam works here, and Cleo's home is his too."""
    cleos_home.logins.add(sam)
    make_visit(cleos_home, sitter=sam)
    note = make_note(cleos_home, ann, KEY, days_ago(1))
    browser = signed_in(sam)
    assert box_notes(browser) == []
    assert lately(browser, cleos_home) == []
    assert KEY not in content(browser.get(f"/clients/{cleos_home.pk}/"))
    assert browser.post(f"/notes/{note.pk}/remove/").status_code == 404


def test_a_note_is_written_from_the_box_and_one_comes_back_there(
    signed_in: SignIn, sam: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    browser = signed_in(sam)
    box = read(browser.get("/my-schedule/")).one("article", data_visit=str(visit.pk))
    (url,) = [link.attrs["href"] for link in box.all("a") if "/notes/new/" in link.attrs["href"]]
    back = read(browser.get(url)).one("input", name="back").attrs["value"]
    answer = browser.post(url, {"text": f" {KEY} ", "back": back})
    assert answer["Location"] == back
    assert back.startswith("/my-schedule/?on=")
    assert back.endswith(f"#visit-{visit.pk}")
    note = SitterNote.objects.get()
    assert (note.text, note.written_by, note.client) == (KEY, sam, cleos_home)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "x"])
def test_one_does_not_come_back_to_another_site(
    signed_in: SignIn, sam: User, cleos_home: Client, back: str
) -> None:
    answer = signed_in(sam).post(
        f"/clients/{cleos_home.pk}/notes/new/", {"text": KEY, "back": back}
    )
    assert answer["Location"] == f"/clients/{cleos_home.pk}/"


@pytest.mark.parametrize(("text", "why"), [("  ", "Write what the others"), ("x" * 2001, "2001")])
def test_a_note_that_is_empty_or_too_long_is_refused(
    signed_in: SignIn, sam: User, cleos_home: Client, text: str, why: str
) -> None:
    answer = signed_in(sam).post(f"/clients/{cleos_home.pk}/notes/new/", {"text": text})
    assert answer.status_code == 422
    assert why in content(answer)
    assert SitterNote.objects.count() == 0


def test_who_wrote_a_note_and_the_office_take_it_back(
    signed_in: SignIn, sam: User, ann: User, mona: User, cleos_home: Client
) -> None:
    make_visit(cleos_home, sitter=ann)
    notes = [make_note(cleos_home, sam, KEY, days_ago(1)) for _ in range(2)]
    urls = [f"/notes/{note.pk}/remove/" for note in notes]
    assert signed_in(ann).post(urls[0]).status_code == 404
    assert removers(signed_in(ann), cleos_home) == []
    assert sorted(removers(signed_in(sam), cleos_home)) == urls
    assert signed_in(sam).post(urls[0]).status_code == 302
    assert signed_in(mona).post(urls[1]).status_code == 302
    assert SitterNote.objects.count() == 0


def removers(browser: Browser, client: Client) -> list[str]:
    page: Node = read(browser.get(f"/clients/{client.pk}/journals/"))
    return [form.attrs["action"] for form in page.one("section", id="lately").all("form")]
