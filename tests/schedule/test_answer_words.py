"""The office's own words to what a client asked: on the client's pages, never in a mail."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import answer_request, ask_cancel
from pawfile.schedule.models import ChangeRequest, Visit, VisitStatus
from tests.factories import make_client, make_visit
from tests.profiles.pages import read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]
WORDS = "Sam is on the way already.\n<b>Sorry</b>"


@pytest.fixture
def planned(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(
        cleos_home, pets=[rex], sitter=sam, visit_on=in_days(3), status=VisitStatus.CONFIRMED
    )


@pytest.fixture
def asked(planned: Visit, cleo: User) -> ChangeRequest:
    return ask_cancel(visit=planned, by=cleo)


@pytest.mark.parametrize("answer", ["decline", "approve"])
def test_the_client_reads_them_on_the_schedule_and_not_in_the_mail(
    signed_in: SignIn, mona: User, cleo: User, asked: ChangeRequest, answer: str
) -> None:
    sent = {"answer": answer, "reply": WORDS}
    assert signed_in(mona).post(f"/requests/{asked.pk}/answer/", sent).status_code == 302
    page = read(signed_in(cleo).get("/my-schedule/"))
    box = page.one("article", data_visit=str(asked.visit_id))
    done = {"decline": "Declined", "approve": "Approved"}[answer]
    assert f"Cancel: {done}. The office writes:" in box.text
    assert box.one("blockquote").text == "Sam is on the way already. <b>Sorry</b>"
    mail = Mail.objects.get(to=cleo.email)
    assert "The office wrote something to it" in mail.text
    texts = [mail.subject + mail.text + mail.html for mail in Mail.objects.all()]
    assert [text for text in texts if "on the way" in text or "Sorry" in text] == []


def test_without_words_nothing_is_said_of_them(
    signed_in: SignIn, mona: User, cleo: User, asked: ChangeRequest
) -> None:
    signed_in(mona).post(f"/requests/{asked.pk}/answer/", {"answer": "decline", "reply": "  "})
    assert "The office writes" not in read(signed_in(cleo).get("/my-schedule/")).text
    assert "wrote something" not in Mail.objects.get().text


def test_the_newest_words_stand_there_until_something_new_is_asked(
    signed_in: SignIn, mona: User, cleo: User, planned: Visit
) -> None:
    browser = signed_in(cleo)
    for words in ("First.", "Second."):
        asked = ask_cancel(visit=planned, by=cleo)
        assert "The office writes" not in read(browser.get("/my-schedule/")).text
        answer_request(
            asked=asked, is_approved=False, reply=words, by=mona, site="https://book.example/"
        )
        assert read(browser.get("/my-schedule/")).one("blockquote").text == words


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"reply": "Kept words."}, "Choose one of the two answers."),
        ({"reply": "Kept words.", "answer": "perhaps"}, "Choose one of the two answers."),
        ({"reply": "Kept words." + "x" * 2000, "answer": "decline"}, "at most 2000 characters"),
        ({"reply": "Kept words.", "answer": "approve"}, "This visit is Completed"),
    ],
)
def test_what_cannot_be_said_keeps_the_words(
    signed_in: SignIn, mona: User, asked: ChangeRequest, sent: dict[str, str], problem: str
) -> None:
    Visit.objects.update(status=VisitStatus.COMPLETED)
    answer = signed_in(mona).post(f"/requests/{asked.pk}/answer/", sent)
    page = read(answer)
    assert answer.status_code == 422
    assert problem in page.text
    assert page.one("textarea", name="reply").text == sent["reply"]
    asked.refresh_from_db()
    assert (asked.answer, asked.reply) == ("open", "")


def test_another_home_of_another_client_reads_nothing(
    signed_in: SignIn, mona: User, carl: User, carls_home: Client, asked: ChangeRequest
) -> None:
    signed_in(mona).post(f"/requests/{asked.pk}/answer/", {"answer": "decline", "reply": WORDS})
    assert "on the way" not in read(signed_in(carl).get("/my-schedule/")).text


def test_words_cost_no_query_each(signed_in: SignIn, mona: User, cleo: User, sam: User) -> None:
    browser, counts, home = signed_in(cleo), [], make_client(logins=[cleo])
    for more in (1, 2):
        for _number in range(more):
            visit = make_visit(home, sitter=sam, visit_on=in_days(3), status=VisitStatus.CONFIRMED)
            asked = ask_cancel(visit=visit, by=cleo)
            answer_request(
                asked=asked, is_approved=False, reply="No.", by=mona, site="https://book.example/"
            )
        browser.get("/my-schedule/")
        with CaptureQueriesContext(connection) as counted:
            page = read(browser.get("/my-schedule/"))
        counts.append((len(page.all("blockquote")), len(counted)))
    assert counts == [(1, counts[0][1]), (3, counts[0][1])]
