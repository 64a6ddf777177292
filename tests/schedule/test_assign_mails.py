"""Rule 105: the Assign action mails the sitter who gets the visit; bulk changes mail nobody."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.board import assign_seen_visit
from pawfile.schedule.actions.series import Scope, change_series
from pawfile.schedule.models import AssignTo, Visit, VisitStatus
from tests.factories import make_visit
from tests.invites.letters import links_in
from tests.schedule.days import in_days
from tests.schedule.series import make_series

SignIn = Callable[[User], Browser]
DAY = date(2027, 6, 8)
give = partial(
    assign_seen_visit, assign_to="sitter", opened_version=None, site="https://book.example/"
)


@pytest.fixture
def visit(cleos_home: Client, rex: Pet) -> Visit:
    return make_visit(cleos_home, pets=[rex], visit_on=DAY, note="The door code is 4711.")


def sent() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("to", flat=True))


def test_rule_105_the_assign_page_mails_the_sitter(
    signed_in: SignIn, mona: User, visit: Visit, sam: User
) -> None:
    sent_form = {"to": "sitter", "sitter": sam.pk, "version": visit.version}
    signed_in(mona).post(f"/visits/{visit.pk}/assign/", sent_form)
    mail = Mail.objects.get()
    assert (mail.to, mail.by) == (sam.email, mona)
    assert mail.subject == "Assigned to you: Cleo Carter, Tue 8 Jun, 12:00–12:30"
    assert "Please accept or decline it." in mail.text
    assert links_in(mail) == {"schedule": f"http://testserver/my-schedule/?on={DAY}"}


def test_it_holds_time_client_service_and_a_link_no_more(
    mona: User, visit: Visit, sam: User
) -> None:
    give(visit=visit, sitter=sam, by=mona)
    mail = Mail.objects.get()
    texts = mail.subject + mail.text + mail.html
    kept = ("4711", "Maple", "43085", "555", "Rex", "book.example")
    assert [word for word in kept if word in texts] == []
    assert f"{visit.service} at Cleo Carter, Tue 8 Jun" in mail.text


@pytest.mark.parametrize("scope", [Scope.ALL, Scope.LATER])
def test_rule_105_a_series_given_to_somebody_mails_nobody(
    cleos_home: Client, mona: User, sam: User, scope: Scope
) -> None:
    series = make_series(cleos_home, in_days(1))
    first = series.visits.all()[0]
    change_series(
        visit=first, scope=scope, values={"assign_to": AssignTo.SITTER, "sitter": sam},
        opened_version=None, by=mona,
    )  # fmt: skip
    assert Visit.objects.filter(sitter=sam).count() == Visit.objects.count() > 1
    assert sent() == []


def test_who_has_it_already_is_not_told_again_and_who_declined_is(
    mona: User, visit: Visit, sam: User
) -> None:
    give(visit=visit, sitter=sam, by=mona)
    give(visit=visit, sitter=sam, by=mona)
    assert sent() == [sam.email]
    Visit.objects.update(status=VisitStatus.DECLINED)
    give(visit=visit, sitter=sam, by=mona)
    assert sent() == [sam.email] * 2


def test_who_gets_it_is_told_and_who_loses_it_is_told_that(
    mona: User, visit: Visit, sam: User, stan: User
) -> None:
    give(visit=visit, sitter=sam, by=mona)
    give(visit=visit, sitter=stan, by=mona)
    told = [(mail.to, mail.subject.partition(":")[0]) for mail in Mail.objects.order_by("pk")]
    assert told == [
        (sam.email, "Assigned to you"), (sam.email, "No longer yours"),
        (stan.email, "Assigned to you"),
    ]  # fmt: skip


@pytest.mark.parametrize("choice", [AssignTo.ANYONE, AssignTo.NOBODY])
def test_of_what_is_anyones_or_nobodys_only_who_had_it_is_told(
    mona: User, visit: Visit, sam: User, choice: AssignTo
) -> None:
    give(visit=visit, sitter=sam, by=mona)
    Mail.objects.all().delete()
    give(visit=visit, assign_to=choice, sitter=None, by=mona)
    assert Mail.objects.get().subject.startswith("No longer yours")


def test_nobody_mails_oneself(visit: Visit, sam: User) -> None:
    give(visit=visit, sitter=sam, by=sam)
    visit.refresh_from_db()
    assert (visit.sitter, sent()) == (sam, [])


def test_where_nobody_accepts_the_mail_does_not_ask_for_it(
    mona: User, visit: Visit, sam: User
) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_acceptance=False)
    give(visit=visit, sitter=sam, by=mona)
    assert "accept" not in Mail.objects.get().text


def test_the_company_can_do_without(mona: User, visit: Visit, sam: User) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_assign_mails=False)
    give(visit=visit, sitter=sam, by=mona)
    visit.refresh_from_db()
    assert (visit.sitter, sent()) == (sam, [])
