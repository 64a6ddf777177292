"""Rule 86: what clients ask for, what the office answers, and who is told."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import answer_request, ask_cancel, ask_change
from pawfile.schedule.models import ChangeRequest, TimeBlock, Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_block, make_client, make_pet, make_visit
from tests.invites.letters import links_in
from tests.profiles.pages import read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
S = VisitStatus
SITE = "https://book.example/"


@pytest.fixture
def planned(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(
        cleos_home, pets=[rex], sitter=sam, block=make_block(), visit_on=in_days(3),
        status=S.ACCEPTED, note="The door code is 4711.",
    )  # fmt: skip


@pytest.fixture
def moved(planned: Visit, cleo: User) -> ChangeRequest:
    """Cleo wants the visit two days later, in the evening."""
    evening = make_block("Evening", 17, 20)
    return ask_change(visit=planned, visit_on=in_days(5), block=evening, by=cleo)


def test_new_requests_and_wishes_are_listed_with_old_and_wanted(
    signed_in: SignIn, mona: User, cleos_home: Client, rex: Pet, moved: ChangeRequest
) -> None:
    new = make_visit(
        cleos_home, pets=[rex], status=S.REQUESTED, note="New key.", visit_on=in_days(9)
    )
    make_visit(cleos_home, visit_on=in_days(9))
    page = read(signed_in(mona).get("/requests/"))
    assert [node.attrs["data-visit"] for node in page.all(data_visit="")] == [str(new.pk)]
    row = page.one("tr", data_visit=str(new.pk))
    assert all(word in row.text for word in ("Carter, Cleo", "Rex", "New key."))
    assert row.all("a")[-1].attrs["href"] == f"/visits/{new.pk}/"
    card = page.one("article", data_ask=str(moved.pk))
    assert [node.text for node in card.all("del")][1:] == ["Morning"]
    assert [node.text for node in card.all("ins")][1:] == ["Evening"]
    home = read(signed_in(mona).get("/"))
    assert home.one(data_requests="").attrs["data-requests"] == "2"


def test_nothing_to_answer_is_said(signed_in: SignIn, mona: User) -> None:
    assert "Nothing waits for an answer" in read(signed_in(mona).get("/requests/")).text
    assert read(signed_in(mona).get("/")).all(data_requests="") == []


def test_rule_86_an_approved_change_changes_the_visit_and_tells_both(
    signed_in: SignIn, mona: User, sam: User, cleo: User, moved: ChangeRequest
) -> None:
    planned = moved.visit
    answer = signed_in(mona).post(f"/requests/{moved.pk}/answer/", {"answer": "approve"})
    assert answer.status_code == 302
    planned.refresh_from_db()
    moved.refresh_from_db()
    assert (planned.visit_on, str(planned.block)) == (in_days(5), "Evening")
    assert (moved.answer, moved.answered_by) == ("approved", mona)
    to_sitter, to_client = Mail.objects.get(to=sam.email), Mail.objects.get(to=cleo.email)
    assert "moves from" in to_sitter.text
    assert "moves from" in to_client.text
    assert links_in(to_sitter)["schedule"] == f"http://testserver/my-schedule/?on={in_days(5)}"
    assert links_in(to_client)["schedule"] == "http://testserver/my-schedule/"


def test_rule_86_a_declined_change_leaves_the_visit_and_tells_the_client_alone(
    signed_in: SignIn, mona: User, cleo: User, planned: Visit, moved: ChangeRequest
) -> None:
    signed_in(mona).post(f"/requests/{moved.pk}/answer/", {"answer": "decline"})
    planned.refresh_from_db()
    moved.refresh_from_db()
    assert (planned.visit_on, str(planned.block), planned.version) == (in_days(3), "Morning", 1)
    assert (moved.answer, planned.status) == ("declined", "accepted")
    (mail,) = Mail.objects.all()
    assert (mail.to, "it stays as planned" in mail.text) == (cleo.email, True)


def test_rule_86_an_approved_cancellation_cancels(
    signed_in: SignIn, mona: User, sam: User, cleo: User, planned: Visit
) -> None:
    asked = ask_cancel(visit=planned, words="We stay at home.", by=cleo)
    signed_in(mona).post(f"/requests/{asked.pk}/answer/", {"answer": "approve"})
    planned.refresh_from_db()
    assert (planned.status, planned.cancel_reason) == ("canceled", "We stay at home.")
    assert {mail.to for mail in Mail.objects.all()} == {sam.email, cleo.email}
    assert all(mail.subject.startswith("Canceled: ") for mail in Mail.objects.all())


def test_the_mails_hold_no_note_address_or_reason(mona: User, cleo: User, planned: Visit) -> None:
    asked = ask_cancel(visit=planned, words="Operation on Monday.", by=cleo)
    answer_request(asked=asked, is_approved=True, by=mona, site=SITE)
    texts = " ".join(mail.subject + mail.text + mail.html for mail in Mail.objects.all())
    kept = ("4711", "Maple", "43085", "555", "Operation")
    assert [word for word in kept if word in texts] == []


def test_a_second_answer_is_refused(
    signed_in: SignIn, mona: User, ada: User, moved: ChangeRequest
) -> None:
    signed_in(mona).post(f"/requests/{moved.pk}/answer/", {"answer": "decline"})
    url = f"/requests/{moved.pk}/answer/"
    page = read(signed_in(ada).post(url, {"answer": "approve"}, follow=True))
    assert "This was answered already." in page.text
    moved.refresh_from_db()
    assert moved.answer == "declined"


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one(cleo: User, mona: User, ada: User, planned: Visit) -> None:
    for _round in range(3):
        asked = ask_cancel(visit=planned, by=cleo)
        answers = at_once(
            *[
                partial(answer_request, asked=asked, is_approved=False, by=by, site=SITE)
                for by in (mona, ada)
            ]
        )
        assert sorted(type(answer).__name__ for answer in answers) == [
            "ChangeRequest", "ValidationError",
        ]  # fmt: skip
    assert Mail.objects.count() == 3


def test_what_cannot_be_changed_any_more_says_so_and_stays_open(
    signed_in: SignIn, mona: User, planned: Visit, moved: ChangeRequest
) -> None:
    Visit.objects.update(status=S.COMPLETED)
    url = f"/requests/{moved.pk}/answer/"
    page = read(signed_in(mona).post(url, {"answer": "approve"}, follow=True))
    assert "This visit is Completed." in page.text
    moved.refresh_from_db()
    assert moved.answer == "open"
    assert not Mail.objects.exists()


def test_a_block_that_is_gone_is_named(mona: User, moved: ChangeRequest) -> None:
    TimeBlock.objects.filter(name="Evening").delete()
    with pytest.raises(ValidationError, match="no longer there"):
        answer_request(asked=moved, is_approved=True, by=mona, site=SITE)


def test_an_answer_that_is_none_changes_nothing(
    signed_in: SignIn, mona: User, moved: ChangeRequest
) -> None:
    for sent in ({}, {"answer": "perhaps"}):
        signed_in(mona).post(f"/requests/{moved.pk}/answer/", sent)
    moved.refresh_from_db()
    assert moved.answer == "open"


def test_if_the_login_is_gone_the_home_is_told(
    mona: User, cleo: User, moved: ChangeRequest
) -> None:
    User.objects.filter(pk=cleo.pk).update(is_active=False)
    answer_request(asked=moved, is_approved=False, by=mona, site=SITE)
    assert Mail.objects.get().to == "cleo@example.com"


def test_the_page_costs_the_same_for_1_3_and_30_rows(
    signed_in: SignIn, mona: User, cleo: User, sam: User
) -> None:
    browser, counts, blocks = signed_in(mona), [], [make_block("A"), make_block("B", 17, 20)]
    for more in (1, 2, 27):
        for number in range(more):
            home = make_client(logins=[cleo])
            pets = [make_pet(home, name=f"Rex {number}")]
            make_visit(home, pets=pets, status=S.REQUESTED, visit_on=in_days(3))
            visit = make_visit(home, pets=pets, sitter=sam, block=blocks[0], visit_on=in_days(3))
            ask_change(visit=visit, visit_on=in_days(4), block=blocks[1], by=cleo)
        browser.get("/requests/")
        with CaptureQueriesContext(connection) as counted:
            assert browser.get("/requests/").status_code == 200
        counts.append(len(counted))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 9
