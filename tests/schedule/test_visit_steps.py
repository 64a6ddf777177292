"""The buttons of a visit: who may press them, what they do, and what is said when they cannot."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.schedule.actions.assigning import assign_visit
from pawfile.schedule.actions.moves import accept_visit
from pawfile.schedule.detail import OF_OFFICE, OF_SITTERS
from pawfile.schedule.models import MOVES, Visit, VisitStatus
from tests.factories import make_visit
from tests.profiles.pages import content, read

SignedIn = Callable[[User], Browser]

#: What each button makes of a visit; those of the office and those of sitters.
BECOMES = {
    "accept": VisitStatus.ACCEPTED,
    "decline": VisitStatus.DECLINED,
    "arrive": VisitStatus.IN_PROGRESS,
    "complete": VisitStatus.COMPLETED,
    "cancel": VisitStatus.CANCELED,
    "unavailable": VisitStatus.UNAVAILABLE,
}
BACK = {
    VisitStatus.COMPLETED: VisitStatus.IN_PROGRESS,
    VisitStatus.IN_PROGRESS: VisitStatus.CONFIRMED,
    VisitStatus.CANCELED: VisitStatus.ASSIGNED,
    VisitStatus.UNAVAILABLE: VisitStatus.ASSIGNED,
}


def press(browser: Browser, visit: Visit, verb: str, **data: str) -> str:
    """The page one comes to after pressing the button."""
    return content(browser.post(f"/visits/{visit.pk}/{verb}/", data, follow=True))


@pytest.fixture
def adas(signed_in: SignedIn, ada: User) -> Browser:
    return signed_in(ada)


@pytest.fixture
def sams(signed_in: SignedIn, sam: User) -> Browser:
    return signed_in(sam)


@pytest.mark.parametrize("status", VisitStatus)
@pytest.mark.parametrize("verb", [*BECOMES, "restore"])
def test_a_status_moves_only_as_the_table_says(
    signed_in: SignedIn, ada: User, cleos_home: Client, status: VisitStatus, verb: str
) -> None:
    sam = cleos_home.primary_sitter
    assert sam
    visit = make_visit(cleos_home, sitter=sam, status=status)
    browser = signed_in(sam if verb in ("accept", "decline") else ada)
    answer = browser.post(f"/visits/{visit.pk}/{verb}/", {"reason": "Rain"})
    visit.refresh_from_db()
    assert answer.status_code in {302, 404, 422}
    wanted = BACK.get(status, status) if verb == "restore" else BECOMES[verb]
    may = wanted in MOVES[status] and not (verb == "accept" and status != VisitStatus.ASSIGNED)
    assert visit.status == (wanted if may else status)
    assert visit.events.count() == (1 if visit.status != status else 0)


@pytest.mark.parametrize("status", VisitStatus)
def test_every_button_that_is_shown_works(
    adas: Browser, sam: User, cleos_home: Client, status: VisitStatus
) -> None:
    shown = [step.verb for step in OF_OFFICE[status] if step.is_post or step.verb == "cancel"]
    for verb in shown:
        visit = make_visit(cleos_home, sitter=sam, status=status)
        assert f'"/visits/{visit.pk}/{verb}/"' in content(adas.get(f"/visits/{visit.pk}/"))
        press(adas, visit, verb, reason="Rain")
        visit.refresh_from_db()
        assert visit.status != status


@pytest.mark.parametrize("status", OF_SITTERS)
def test_every_button_of_a_sitter_works(
    sams: Browser, sam: User, cleos_home: Client, status: VisitStatus
) -> None:
    for step in OF_SITTERS[status]:
        visit = make_visit(cleos_home, sitter=sam, status=status)
        press(sams, visit, step.verb)
        visit.refresh_from_db()
        assert visit.status == BECOMES[step.verb]


def test_rule_83_who_comes_second_to_an_offer_is_told_that_it_is_taken(
    signed_in: SignedIn, sam: User, stan: User, cleos_home: Client
) -> None:
    offer = make_visit(cleos_home, is_for_anyone=True)
    assert "Accept" in content(signed_in(stan).get(f"/visits/{offer.pk}/"))
    press(signed_in(sam), offer, "accept")
    page = press(signed_in(stan), offer, "accept")
    assert "Another sitter has already taken this visit." in page
    offer.refresh_from_db()
    assert (offer.sitter, offer.status) == (sam, "accepted")
    assert signed_in(stan).get(f"/visits/{offer.pk}/").status_code == 404


def test_the_visit_of_somebody_else_is_not_there_to_accept(
    signed_in: SignedIn, sam: User, stan: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    assert signed_in(stan).post(f"/visits/{visit.pk}/accept/").status_code == 404
    visit.refresh_from_db()
    assert (visit.sitter, visit.status) == (sam, "assigned")


def test_rule_22_a_blocked_sitter_is_told_nothing_of_an_offer_that_was_taken(
    signed_in: SignedIn, sam: User, stan: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"blocked_sitters": [stan]}, by=None)
    offer = make_visit(cleos_home, is_for_anyone=True)
    accept_visit(visit=offer, by=sam)
    assert signed_in(stan).post(f"/visits/{offer.pk}/accept/").status_code == 404


@pytest.mark.parametrize(
    ("status", "words"),
    [("accepted", "this visit is Accepted"), ("in_progress", "this visit is In Progress")],
)
def test_accepting_twice_says_that_there_is_nothing_to_accept(
    sams: Browser, sam: User, cleos_home: Client, status: str, words: str
) -> None:
    visit = make_visit(cleos_home, sitter=sam, status=status)
    assert f"There is nothing to accept: {words}." in press(sams, visit, "accept")


def test_a_canceled_visit_is_not_there_to_accept(
    sams: Browser, sam: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam, status="canceled")
    assert sams.post(f"/visits/{visit.pk}/accept/").status_code == 404


def test_rule_95_complete_without_arrived(sams: Browser, sam: User, cleos_home: Client) -> None:
    visit = make_visit(cleos_home, sitter=sam, status="accepted")
    press(sams, visit, "complete")
    visit.refresh_from_db()
    assert (visit.status, visit.arrived_at, visit.completed_at is None) == (
        "completed", None, False,
    )  # fmt: skip


def test_the_history_of_a_visit_says_who_did_what(
    adas: Browser, sams: Browser, sam: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    press(sams, visit, "accept")
    press(adas, visit, "cancel", reason="The flight was canceled")
    found = [(str(event.done_by), event.text) for event in visit.events.all()]
    assert found == [
        ("Ada Admin", "Accepted → Canceled: The flight was canceled"),
        ("Sam Sitter", "Assigned → Accepted"),
    ]
    page = content(adas.get(f"/visits/{visit.pk}/"))
    assert "Assigned → Accepted" in page


def test_canceling_needs_a_reason(adas: Browser, cleos_home: Client) -> None:
    visit = make_visit(cleos_home)
    answer = adas.post(f"/visits/{visit.pk}/cancel/", {"reason": "  "})
    visit.refresh_from_db()
    assert (answer.status_code, visit.status) == (422, "assigned")


def test_assigning_another_makes_it_assigned_again_and_the_same_one_changes_nothing(
    adas: Browser, sam: User, stan: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam, status="accepted")
    press(adas, visit, "assign", to="sitter", sitter=str(sam.pk))
    visit.refresh_from_db()
    assert (visit.status, visit.version) == ("accepted", 1)
    press(adas, visit, "assign", to="sitter", sitter=str(stan.pk))
    visit.refresh_from_db()
    assert (visit.sitter, visit.status) == (stan, "assigned")


def test_a_request_that_is_assigned_is_no_request_any_more(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    for choice in ("nobody", "anyone", "primary"):
        visit = make_visit(cleos_home, status="requested")
        press(adas, visit, "assign", to=choice)
        visit.refresh_from_db()
        assert visit.status == "assigned"


def test_without_acceptance_the_assigned_sitter_has_accepted(
    adas: Browser, sam: User, cleos_home: Client
) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_acceptance": False})
    visit = make_visit(cleos_home)
    assign_visit(visit=visit, assign_to="sitter", sitter=sam, by=None)
    visit.refresh_from_db()
    assert visit.status == "accepted"


def test_rule_21_a_forged_assignment_to_a_blocked_sitter_is_refused(
    adas: Browser, stan: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home)
    update_client(cleos_home, values={"blocked_sitters": [stan]}, by=None)
    assert "Stan Stranger" not in content(adas.get(f"/visits/{visit.pk}/assign/"))
    answer = adas.post(f"/visits/{visit.pk}/assign/", {"to": "sitter", "sitter": str(stan.pk)})
    visit.refresh_from_db()
    assert (answer.status_code, visit.sitter) == (422, None)


def test_rule_19_secondary_without_one_says_so(adas: Browser, cleos_home: Client) -> None:
    visit = make_visit(cleos_home)
    answer = adas.post(f"/visits/{visit.pk}/assign/", {"to": "secondary"})
    assert answer.status_code == 422
    assert "Cleo Carter has no secondary sitter." in content(answer)


def test_rule_80_an_administrator_deletes_a_visit_and_the_log_keeps_it(
    signed_in: SignedIn, adas: Browser, ada: User, mona: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home)
    assert signed_in(mona).post(f"/visits/{visit.pk}/delete/").status_code == 403
    assert "Delete this visit?" in content(adas.get(f"/visits/{visit.pk}/delete/"))
    assert Visit.objects.filter(pk=visit.pk).exists()
    adas.post(f"/visits/{visit.pk}/delete/")
    assert not Visit.objects.filter(pk=visit.pk).exists()
    (entry,) = Activity.objects.filter(kind=ActivityKind.VISIT)
    assert (entry.by, "Cleo Carter" in entry.about) == (ada, True)


def test_a_button_leads_back_to_where_it_was_and_never_to_another_site(
    sams: Browser, sam: User, cleos_home: Client
) -> None:
    ends = []
    for back in ("/clients/?q=x", "//evil.example/", "https://evil.example/", "clients"):
        visit = make_visit(cleos_home, sitter=sam)
        answer = sams.post(f"/visits/{visit.pk}/accept/", {"back": back})
        ends.append(answer.headers["Location"].replace(str(visit.pk), "N"))
    assert ends == ["/clients/?q=x", "/visits/N/", "/visits/N/", "/visits/N/"]


def test_declining_asks_first_and_leads_back(sams: Browser, cleos_home: Client, sam: User) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    day = f"/my-schedule/?on={visit.visit_on}"
    page = read(sams.get(f"/visits/{visit.pk}/decline/", {"back": day}))
    assert "leaves your schedule" in page.text
    assert page.one("input", name="back").attrs["value"] == day
    assert day in [link.attrs.get("href") for link in page.all("a")]
    visit.refresh_from_db()
    assert visit.status == VisitStatus.ASSIGNED
    answer = sams.post(f"/visits/{visit.pk}/decline/", {"back": day})
    visit.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"], visit.status) == (
        302, day, VisitStatus.DECLINED,
    )  # fmt: skip


def test_the_question_leads_nowhere_else(sams: Browser, cleos_home: Client, sam: User) -> None:
    visit = make_visit(cleos_home, sitter=sam)
    page = content(sams.get(f"/visits/{visit.pk}/decline/", {"back": "//evil.example/"}))
    assert "evil" not in page
