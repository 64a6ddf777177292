"""Opening a code: by whom, when, and what is written down."""

import pytest
from django.test import Client as Browser

from pawfile.access.models import Reveal
from pawfile.accounts.models import User
from pawfile.fields.models import CustomField
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import VisitStatus
from tests.home_access.vault import CHIP, CODE, REASON, ask, browser_of, rows, visit_in


@pytest.mark.parametrize("who", ["ada", "mona"])
def test_the_office_opens_it_at_any_time(
    codes: Client, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    assert ask(user, codes) == (200, True)
    (row,) = Reveal.objects.all()
    assert (row.client, row.pet, row.key, row.label) == (codes, None, "door_code", "Door code")
    assert (row.ground, row.reason, row.visit, row.opened_by) == ("office", "", None, user)
    assert row.opened_by_name == user.name


def test_a_client_opens_the_own_code(codes: Client, cleo: User) -> None:
    assert ask(cleo, codes) == (200, True)
    assert rows() == [("Cleo Carter", "door_code", "own_home")]


def test_staff_at_their_own_home_open_it_as_what_they_are_there(
    codes: Client, stan: User, mona: User
) -> None:
    codes.logins.add(stan, mona)
    assert ask(stan, codes) == ask(mona, codes) == (200, True)
    grounds = [
        ("Stan Stranger", "door_code", "own_home"),
        ("Mona Manager", "door_code", "own_home"),
    ]
    assert rows() == grounds


@pytest.mark.parametrize("hours", [23.9, 1, -0.5, -3.9])
@pytest.mark.parametrize(
    "status", [VisitStatus.ACCEPTED, VisitStatus.CONFIRMED, VisitStatus.IN_PROGRESS, "completed"]
)
def test_a_sitter_opens_it_around_an_own_visit(
    codes: Client, sam: User, hours: float, status: str
) -> None:
    """From 24 hours before the start until 3 hours after the end."""
    visit = visit_in(codes, sam, hours, status=status)
    assert ask(sam, codes) == (200, True)
    (row,) = Reveal.objects.all()
    assert (row.ground, row.visit, row.opened_by) == ("visit", visit, sam)
    assert row.visit_said.startswith("Dog walk ")


def test_the_hours_are_the_companys(codes: Client, sam: User) -> None:
    visit_in(codes, sam, 1.5)
    visit_in(codes, sam, -3.5)
    SiteOptions.load()
    SiteOptions.objects.update(reveal_hours_before=1, reveal_hours_after=2)
    assert ask(sam, codes) == (422, False)
    SiteOptions.objects.update(reveal_hours_before=2)
    assert ask(sam, codes) == (200, True)


def test_of_several_visits_the_log_names_the_nearest_or_the_one_it_was_asked_for(
    codes: Client, sam: User
) -> None:
    near, far = visit_in(codes, sam, -0.5), visit_in(codes, sam, 20)
    assert ask(sam, codes) == ask(sam, codes, visit=far.pk) == (200, True)
    assert [row.visit for row in Reveal.objects.order_by("pk")] == [near, far]


def test_a_code_of_a_pet_in_a_field_of_the_companys_own_is_opened(
    rex: Pet, shed: CustomField, mona: User
) -> None:
    answer = browser_of(mona).post(f"/pets/{rex.pk}/secrets/{shed.key}/reveal/")
    assert (answer.status_code, CHIP in answer.content.decode()) == (200, True)
    (row,) = Reveal.objects.all()
    assert (row.client, row.pet, row.key, row.label) == (rex.client, rex, shed.key, "Kennel code")


def test_without_a_visit_a_sitter_is_asked_why(codes: Client, sam: User) -> None:
    assert ask(sam, codes) == (422, False)
    answer = browser_of(sam).post(f"/clients/{codes.pk}/secrets/door_code/reveal/")
    assert "In an emergency say why" in answer.content.decode()
    assert (rows(), Mail.objects.count()) == ([], 0)


@pytest.mark.parametrize("reason", ["", "   ", "alarm!", "123 456 789 10", "x" * 1001])
def test_a_reason_that_says_nothing_opens_nothing(codes: Client, sam: User, reason: str) -> None:
    answer = browser_of(sam).post(
        f"/clients/{codes.pk}/secrets/door_code/reveal/", {"reason": reason}
    )
    page = answer.content.decode()
    assert (answer.status_code, CODE in page) == (422, False)
    assert "at least 10 letters" in page or "at most 1000 characters" in page
    assert (rows(), Mail.objects.count()) == ([], 0)


def test_in_an_emergency_it_opens_and_the_office_is_told_at_once(
    codes: Client, sam: User, ada: User, mona: User, stan: User
) -> None:
    """Break-glass: the reason in the log, a mail to each of the office, and never the code."""
    gone = User.objects.create_user("gone@example.com", role="manager", name="G", is_active=False)
    assert ask(sam, codes, reason=f"  {REASON}\0 ") == (422, False)
    assert ask(sam, codes, reason=f"  {REASON} ") == (200, True)
    (row,) = Reveal.objects.all()
    assert (row.ground, row.reason, row.visit) == ("break_glass", REASON, None)
    mails = Mail.objects.order_by("pk")
    assert [mail.to for mail in mails] == [ada.email, mona.email]
    assert gone.email not in [mail.to for mail in mails]
    for mail in mails:
        assert mail.subject == "Sam Sitter opened a code of Cleo Carter in an emergency"
        assert (REASON in mail.text, CODE in mail.text + mail.html) == (True, False)
        assert "Door code" not in mail.text + mail.html + mail.subject


def test_the_answer_is_kept_nowhere(codes: Client, ada: User) -> None:
    """Neither by the browser nor on the way; without script the page leaves by itself."""
    url = f"/clients/{codes.pk}/secrets/door_code/reveal/"
    page = browser_of(ada).post(url)
    part = browser_of(ada).post(url, headers={"HX-Request": "true"})
    for answer in (page, part):
        assert "no-store" in answer.headers["Cache-Control"]
        assert CODE in answer.content.decode()
    assert page.headers["Refresh"] == f"30; url=/clients/{codes.pk}/"
    assert "Refresh" not in part.headers
    assert ("<html" in page.content.decode(), "<html" in part.content.decode()) == (True, False)


def test_a_form_of_another_site_opens_nothing(codes: Client, ada: User) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(ada)
    assert browser.post(f"/clients/{codes.pk}/secrets/door_code/reveal/").status_code == 403
    assert rows() == []
