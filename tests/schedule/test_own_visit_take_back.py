"""A client takes back what the office has not answered yet."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.requests import answer_request, ask_cancel, ask_change, take_back
from pawfile.schedule.models import ChangeRequest, Visit, VisitStatus
from tests.at_once import at_once
from tests.factories import make_block, make_visit
from tests.profiles.pages import read
from tests.schedule.days import in_days

SignIn = Callable[[User], Browser]


@pytest.fixture
def planned(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(
        cleos_home,
        pets=[rex],
        sitter=sam,
        block=make_block(),
        visit_on=in_days(3),
        status=VisitStatus.CONFIRMED,
    )


def url_of(visit: Visit) -> str:
    return f"/my-schedule/{visit.pk}/take-back/"


@pytest.mark.parametrize("is_cancel", [True, False])
def test_it_is_taken_back_and_the_visit_stays(
    signed_in: SignIn, cleo: User, mona: User, planned: Visit, is_cancel: bool
) -> None:
    if is_cancel:
        asked = ask_cancel(visit=planned, by=cleo)
    else:
        asked = ask_change(visit=planned, visit_on=in_days(4), block=planned.block, by=cleo)
    browser, office = signed_in(cleo), signed_in(mona)
    page = read(browser.get("/my-schedule/"))
    assert page.one("form", action=url_of(planned)).text.startswith("Take back")
    answer = browser.post(url_of(planned), follow=True)
    assert "Taken back. The visit stays as planned." in read(answer).text
    asked.refresh_from_db()
    planned.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("withdrawn", cleo)
    assert (planned.status, planned.visit_on, planned.version) == ("confirmed", in_days(3), 1)
    page = read(browser.get("/my-schedule/"))
    assert page.all("form", action=url_of(planned)) == []
    assert page.one("article", data_visit=str(planned.pk)).attrs["data-status"] == "confirmed"
    assert "Nothing waits for an answer" in read(office.get("/requests/")).text
    entry = Activity.objects.get()
    assert (entry.kind, entry.new_text, entry.by) == ("visit", "Taken back", cleo)
    assert not Mail.objects.exists()


def test_something_else_can_be_asked_for_afterwards(cleo: User, planned: Visit) -> None:
    ask_cancel(visit=planned, by=cleo)
    take_back(visit=planned, by=cleo)
    ask_change(visit=planned, visit_on=in_days(4), block=planned.block, by=cleo)
    assert sorted(ChangeRequest.objects.values_list("answer", flat=True)) == ["open", "withdrawn"]


def test_what_was_answered_is_not_taken_back(
    signed_in: SignIn, cleo: User, mona: User, planned: Visit
) -> None:
    asked = ask_cancel(visit=planned, by=cleo)
    answer_request(asked=asked, is_approved=False, by=mona, site="https://book.example/")
    page = read(signed_in(cleo).post(url_of(planned), follow=True))
    assert "The office has answered meanwhile." in page.text
    asked.refresh_from_db()
    assert asked.answer == "declined"


def test_what_was_taken_back_is_not_answered(
    signed_in: SignIn, cleo: User, mona: User, planned: Visit
) -> None:
    asked = ask_cancel(visit=planned, by=cleo)
    take_back(visit=planned, by=cleo)
    answer = signed_in(mona).post(f"/requests/{asked.pk}/answer/", {"answer": "approve"})
    assert answer.status_code == 422
    assert "The client has taken this back." in read(answer).text
    planned.refresh_from_db()
    assert (planned.status, Mail.objects.exists()) == ("confirmed", False)


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_answering_at_once_is_one_of_them(
    cleo: User, mona: User, planned: Visit
) -> None:
    for _round in range(3):
        asked = ask_cancel(visit=planned, by=cleo)
        results = at_once(
            partial(take_back, visit=planned, by=cleo),
            partial(answer_request, asked=asked, is_approved=False, by=mona, site="https://b/"),
        )
        assert sorted(type(result).__name__ for result in results) == [
            "ChangeRequest", "ValidationError",
        ]  # fmt: skip


def test_without_a_wish_there_is_nothing_to_take_back(
    signed_in: SignIn, cleo: User, planned: Visit
) -> None:
    assert "Take back" not in read(signed_in(cleo).get("/my-schedule/")).text
    with pytest.raises(ValidationError, match="answered meanwhile"):
        take_back(visit=planned, by=cleo)


def test_another_client_gets_404(
    signed_in: SignIn, cleo: User, carl: User, carls_home: Client, planned: Visit
) -> None:
    ask_cancel(visit=planned, by=cleo)
    assert signed_in(carl).post(url_of(planned)).status_code == 404
    assert ChangeRequest.objects.get().answer == "open"
