"""Sitters hear by mail what the office does to their visits to come."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.actions.telling import sitters_told
from pawfile.schedule.letters import MOST_LINES
from pawfile.schedule.models import AssignTo, Series, Visit, VisitStatus
from tests.factories import make_visit
from tests.invites.letters import links_in
from tests.schedule.days import in_days
from tests.schedule.series import make_series

SignIn = Callable[[User], Browser]
DAY = date(2037, 6, 8)


@pytest.fixture
def office(signed_in: SignIn, mona: User) -> Browser:
    return signed_in(mona)


@pytest.fixture
def visit(cleos_home: Client, rex: Pet, sam: User) -> Visit:
    return make_visit(
        cleos_home, pets=[rex], visit_on=DAY, sitter=sam, note="The door code is 4711."
    )  # fmt: skip


def subjects() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def edited(visit: Visit, **fields: object) -> dict[str, object]:
    """What the page sends that changes a visit."""
    sent = {
        "service": visit.service_id, "visit_on": visit.visit_on, "block": visit.block_id or "",
        "exact_time": visit.exact_time or "", "pets": [each.pk for each in visit.pets.all()],
        "version": visit.version, "note": visit.note,
    }  # fmt: skip
    return sent | fields


@pytest.mark.parametrize(
    ("step", "sent", "said"),
    [
        ("cancel", {"reason": "Rain"}, "Canceled"),
        ("unavailable", {}, "Canceled"),
        ("assign", {"to": "nobody"}, "No longer yours"),
    ],
)
def test_who_loses_a_visit_is_told(
    office: Browser, visit: Visit, step: str, sent: dict[str, str], said: str
) -> None:
    office.post(f"/visits/{visit.pk}/{step}/", {**sent, "version": visit.version})
    mail = Mail.objects.get()
    assert visit.sitter
    assert mail.to == visit.sitter.email
    assert mail.subject == f"{said}: Cleo Carter, Mon 8 Jun, 12:00–12:30"
    assert links_in(mail) == {"schedule": f"http://testserver/my-schedule/?on={DAY}"}


def test_the_mail_holds_no_words_about_the_home(office: Browser, visit: Visit) -> None:
    office.post(f"/visits/{visit.pk}/cancel/", {"reason": "Key under the mat"})
    mail = Mail.objects.get()
    texts = mail.subject + mail.text + mail.html
    hidden = ("4711", "Maple", "43085", "Rex", "mat", "testserver")
    assert [word for word in hidden if word in texts] == []


def test_who_deletes_a_visit_takes_it_from_its_sitter(
    signed_in: SignIn, ada: User, visit: Visit
) -> None:
    signed_in(ada).post(f"/visits/{visit.pk}/delete/")
    assert subjects() == ["Canceled: Cleo Carter, Mon 8 Jun, 12:00–12:30"]


def test_given_to_another_each_hears_the_own_part(
    office: Browser, visit: Visit, sam: User, stan: User
) -> None:
    sent = {"to": "sitter", "sitter": stan.pk, "version": visit.version}
    office.post(f"/visits/{visit.pk}/assign/", sent)
    when = "Cleo Carter, Mon 8 Jun, 12:00–12:30"
    told = dict(Mail.objects.values_list("to", "subject"))
    assert told == {sam.email: f"No longer yours: {when}", stan.email: f"Assigned to you: {when}"}


def test_another_time_is_told_with_the_old_and_the_new(office: Browser, visit: Visit) -> None:
    moved = edited(visit, visit_on="2037-06-09", exact_time="15:00")
    assert office.post(f"/visits/{visit.pk}/edit/", moved).status_code == 302
    mail = Mail.objects.get()
    assert mail.subject == "Changed: Cleo Carter, Mon 8 Jun, 12:00–12:30"
    now = f"now {visit.service}, Tue 9 Jun, 15:00–15:30"
    assert now in mail.text
    assert now in mail.html


def test_a_note_alone_moves_nothing(office: Browser, visit: Visit) -> None:
    response = office.post(f"/visits/{visit.pk}/edit/", edited(visit, note="Bring a towel."))
    assert (response.status_code, subjects()) == (302, [])


def test_a_visit_that_is_taken_up_again_is_told_too(office: Browser, visit: Visit) -> None:
    office.post(f"/visits/{visit.pk}/cancel/", {"reason": "Rain"})
    office.post(f"/visits/{visit.pk}/restore/")
    assert [each.partition(":")[0] for each in subjects()] == ["Canceled", "Takes place after all"]


def test_what_is_over_and_what_was_declined_is_told_to_nobody(
    office: Browser, cleos_home: Client, sam: User
) -> None:
    over = make_visit(cleos_home, visit_on=in_days(-2), sitter=sam)
    declined = make_visit(cleos_home, visit_on=DAY, sitter=sam, status=VisitStatus.DECLINED)
    for visit in (over, declined):
        office.post(f"/visits/{visit.pk}/cancel/", {"reason": "Rain"})
        visit.refresh_from_db()
        assert visit.status == VisitStatus.CANCELED
    assert subjects() == []


def test_a_refused_step_tells_nobody(office: Browser, visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.COMPLETED)
    assert office.post(f"/visits/{visit.pk}/cancel/", {"reason": "Rain"}).status_code == 422
    assert subjects() == []


@pytest.fixture
def series(cleos_home: Client, sam: User) -> Series:
    return make_series(cleos_home, in_days(1), assign_to=AssignTo.SITTER, sitter=sam)


def test_the_end_of_a_series_is_one_mail(office: Browser, series: Series, sam: User) -> None:
    first, count = series.visits.order_by("visit_on")[0], series.visits.count()
    office.post(
        f"/visits/{first.pk}/series/cancel/", {"from_on": first.visit_on, "reason": "Moved"}
    )
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (sam.email, f"{count} of your visits have changed")
    assert mail.text.count("- Canceled: Cleo Carter") == MOST_LINES
    assert f"and {count - MOST_LINES} more visits" in mail.text
    assert mail.html.count("<li>") == MOST_LINES + 1


def test_a_series_at_another_time_is_one_mail(office: Browser, series: Series, sam: User) -> None:
    first = series.visits.order_by("visit_on")[0]
    sent = {
        "service": series.service_id, "exact_time": "16:00", "assign_to": str(sam.pk),
        "version": first.version, "series": series.pk, "repeat": "day",
        "weeks": "1",
    }  # fmt: skip
    response = office.post(f"/visits/{first.pk}/series/edit/?scope=all", sent)
    assert response.status_code == 302
    assert series.visits.count() == 0
    assert Visit.objects.filter(exact_time=time(16)).count() > MOST_LINES
    assert [each.partition(" of ")[2] for each in subjects()] == ["your visits have changed"]
    assert "16:00–16:30" in Mail.objects.get().text


def test_the_company_can_do_without(office: Browser, visit: Visit) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(has_moved_mails=False)
    office.post(f"/visits/{visit.pk}/cancel/", {"reason": "Rain"})
    assert subjects() == []


def test_a_client_who_is_gone_meanwhile_is_told_as_such(
    mona: User, visit: Visit, cleos_home: Client
) -> None:
    visits, gone = Visit.objects.filter(pk=visit.pk), Client(pk=cleos_home.pk + 1)
    told = sitters_told(visits, client=gone, by=mona, site="https://book.example/")
    with pytest.raises(StaleRecordError), told:
        pytest.fail("Nothing can be done there any more.")
