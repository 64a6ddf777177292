"""Writing the journal of a visit: who, when, what is refused, and the mail with the link."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from pawfile.accounts.models import Role, User
from pawfile.mail.message import links_of
from pawfile.mail.models import Mail
from pawfile.profiles.actions import delete_client, update_client
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.schedule.actions.visits import delete_visit
from pawfile.schedule.journals import MOST_PHOTOS
from pawfile.schedule.models import Journal, Visit, VisitStatus
from tests.factories import make_user, make_visit
from tests.profiles.pages import content, read
from tests.schedule.journals import done_visit, make_journal, snap

SignIn = Callable[[User], Browser]


@pytest.fixture
def visit(cleos_home: Client, sam: User, rex: Pet) -> Visit:
    return done_visit(cleos_home, sam, pets=[rex])


def url_of(visit: Visit) -> str:
    return f"/visits/{visit.pk}/journal/"


def write(browser: Browser, visit: Visit, **data: Any) -> Any:
    return browser.post(url_of(visit), {"version": "0", "done": ["fed"], **data})


def test_the_sitter_writes_it_and_goes_on_with_the_day(
    signed_in: SignIn, sam: User, visit: Visit
) -> None:
    answer = write(
        signed_in(sam), visit, done=["walk", "fed"], notes=" Two rounds. ", photos=[snap(), snap()]
    )
    assert answer.url == f"/my-schedule/?on={visit.visit_on}#visit-{visit.pk}"
    journal = Journal.objects.get()
    assert (journal.visit, journal.notes, journal.written_by) == (visit, "Two rounds.", sam)
    assert [str(label) for label in journal.done_labels] == ["Fed", "Walk"]
    assert journal.photos.count() == 2
    assert {photo.client_id for photo in journal.photos.all()} == {visit.client_id}
    assert Mail.objects.count() == 0
    assert [event.text for event in visit.events.all()] == ["Journal written"]


@pytest.mark.parametrize("status", VisitStatus)
def test_only_a_visit_that_has_begun_has_a_journal(
    signed_in: SignIn, mona: User, visit: Visit, status: VisitStatus
) -> None:
    Visit.objects.filter(pk=visit.pk).update(status=status)
    write(signed_in(mona), visit)
    is_told = status in (VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED)
    assert Journal.objects.count() == int(is_told)


def test_who_comes_too_early_is_told_when(signed_in: SignIn, mona: User, visit: Visit) -> None:
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.ACCEPTED)
    page = content(signed_in(mona).get(url_of(visit), follow=True))
    assert "This visit is Accepted; a journal is written once the sitter has arrived." in page


def test_only_its_writer_and_the_office_change_it(
    signed_in: SignIn, sam: User, mona: User, visit: Visit
) -> None:
    browser = signed_in(sam)
    write(browser, visit, notes="By Sam.")
    write(browser, visit, notes="By Sam again.", version="1")
    write(signed_in(mona), visit, notes="By Mona.", version="2")
    journal = Journal.objects.get()
    assert (journal.notes, journal.version) == ("By Mona.", 3)
    assert (journal.written_by, journal.changed_by) == (sam, mona)
    other = make_user(Role.SITTER, "Other")
    Visit.objects.filter(pk=visit.pk).update(sitter=other)
    page = content(signed_in(other).get(url_of(visit), follow=True))
    assert "Only who wrote this journal or the office can change it." in page
    write(signed_in(other), visit, notes="By another.", version="3")
    assert Journal.objects.get().notes == "By Mona."


def test_a_sitter_who_only_knows_the_client_does_not_write_it(
    signed_in: SignIn, cleos_home: Client, stan: User, visit: Visit
) -> None:
    make_visit(cleos_home, sitter=stan)
    assert write(signed_in(stan), visit).status_code == 404
    assert Journal.objects.count() == 0


def test_an_empty_journal_is_refused(signed_in: SignIn, sam: User, visit: Visit) -> None:
    answer = write(signed_in(sam), visit, done=[], notes="  ")
    assert answer.status_code == 422
    assert "Tick what was done, write a few words or add a photo." in content(answer)
    assert Journal.objects.count() == 0


def test_what_is_not_on_the_list_is_refused(signed_in: SignIn, sam: User, visit: Visit) -> None:
    answer = write(signed_in(sam), visit, done=["fed", "bathed"])
    assert answer.status_code == 422
    assert "Tick only what is on the list." in content(answer)


def test_a_file_that_is_no_picture_is_named_and_the_words_stay(
    signed_in: SignIn, sam: User, visit: Visit
) -> None:
    sheet = SimpleUploadedFile("holiday.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    empty = SimpleUploadedFile("nothing.png", b"")
    answer = write(signed_in(sam), visit, notes="Long words.", photos=[snap(), sheet, empty])
    page = content(answer)
    assert answer.status_code == 422
    assert [name for name in ("holiday.jpg", "nothing.png") if name in page] == [
        "holiday.jpg", "nothing.png",
    ]  # fmt: skip
    assert "Long words." in page
    assert (Journal.objects.count(), Photo.objects.count()) == (0, 0)


def test_too_many_photos_are_counted(signed_in: SignIn, sam: User, visit: Visit) -> None:
    answer = write(signed_in(sam), visit, photos=[snap() for _ in range(MOST_PHOTOS + 1)])
    assert answer.status_code == 422
    assert "A journal has room for 12 photos; these would be 13." in content(answer)
    assert Photo.objects.count() == 0


def test_a_photo_is_taken_away_with_its_files(
    signed_in: SignIn, sam: User, visit: Visit, django_capture_on_commit_callbacks: Any
) -> None:
    journal = make_journal(visit.client, sam, visit=visit, photos=[snap(), snap()])
    gone, kept = journal.photos.order_by("pk")
    assert default_storage.exists(gone.path("large"))
    with django_capture_on_commit_callbacks(execute=True):
        write(signed_in(sam), visit, removed=[str(gone.pk)], version="1")
    assert list(journal.photos.all()) == [kept]
    assert not default_storage.exists(gone.path("large"))


def test_a_photo_of_another_journal_is_not_taken_away(
    signed_in: SignIn, sam: User, visit: Visit
) -> None:
    make_journal(visit.client, sam, visit=visit)
    other = make_journal(visit.client, sam, photos=[snap()]).photos.get()
    answer = write(signed_in(sam), visit, removed=[str(other.pk)], version="1")
    assert answer.status_code == 422
    assert Photo.objects.filter(pk=other.pk).exists()


def test_who_saves_second_sees_what_the_other_wrote(
    signed_in: SignIn, sam: User, mona: User, visit: Visit
) -> None:
    make_journal(visit.client, sam, visit=visit, notes="By Sam.")
    answer = write(signed_in(mona), visit, notes="By Mona.")
    page = content(answer)
    assert answer.status_code == 409
    assert [text for text in ("By Sam.", "By Mona.") if text in page] == ["By Sam.", "By Mona."]
    version = read(answer).one("input", name="version").attrs["value"]
    write(signed_in(mona), visit, notes="By Mona.", version=version)
    assert Journal.objects.get().notes == "By Mona."


def test_photos_go_with_the_visit_and_with_the_client(
    ada: User, sam: User, visit: Visit, cleos_home: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    photos = [
        make_journal(cleos_home, sam, visit=each, photos=[snap()]).photos.get()
        for each in (visit, done_visit(cleos_home, sam))
    ]
    assert [default_storage.exists(photo.path("large")) for photo in photos] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        delete_visit(visit=visit, by=ada)
    assert list(Photo.objects.values_list("pk", flat=True)) == [photos[1].pk]
    with django_capture_on_commit_callbacks(execute=True):
        delete_client(cleos_home, by=None)
    assert [default_storage.exists(photo.path("large")) for photo in photos] == [False, False]


def test_the_mail_carries_the_link_and_nothing_else_of_the_journal(
    signed_in: SignIn, sam: User, visit: Visit
) -> None:
    """Rule 96: no pet, no text, no tick, no photo."""
    write(
        signed_in(sam), visit, done=["medication"], notes="Insulin at noon.", then="send",
        photos=[snap("rex-at-home.jpg")],
    )  # fmt: skip
    mail, journal = Mail.objects.get(), Journal.objects.get()
    assert (mail.to, mail.subject) == ("cleo@example.com", "A journal is ready for you")
    told = f"{mail.subject} {mail.text} {mail.html}".lower()
    secrets = ("rex", "insulin", "medication", "photo", "img", "maple", "walk", "sam")
    assert [word for word in secrets if word in told] == []
    assert "Hello Cleo," in mail.text
    assert f"/journals/{journal.pk}/" in links_of(mail)["journal"]
    assert journal.mailed_at is not None


NO_EMAIL = "No mail goes out: this client has no e-mail address."
UNWANTED = "No mail goes out: this client does not want mail about journals."
UNTOLD = "No mail goes out for this client."


@pytest.mark.parametrize(
    ("values", "whys"),
    [
        ({"email": ""}, {"mona": NO_EMAIL, "sam": NO_EMAIL}),
        # The field that says so is hidden from sitters.
        ({"communication_topics": ["Marketing"]}, {"mona": UNWANTED, "sam": UNTOLD}),
    ],
)
@pytest.mark.parametrize("who", ["mona", "sam"])
def test_no_mail_goes_where_none_is_wanted(
    visit: Visit, who: str, values: Any, whys: dict[str, str], request: pytest.FixtureRequest
) -> None:
    why, browser = whys[who], Browser()
    browser.force_login(request.getfixturevalue(who))
    update_client(visit.client, values=values, by=None)
    page = read(browser.get(url_of(visit)))
    assert why in page.text
    assert [b.text for b in page.one("div", cls="save-bar").all("button")] == ["Save"]
    data = {"version": "0", "done": ["fed"], "then": "send"}
    assert why in read(browser.post(url_of(visit), data, follow=True)).text
    assert (Journal.objects.get().mailed_at, Mail.objects.count()) == (None, 0)


def test_a_client_who_unticked_everything_gets_none_who_never_answered_does(
    signed_in: SignIn, sam: User, visit: Visit
) -> None:
    write(signed_in(sam), visit, then="send")
    assert Mail.objects.count() == 1
    for topics in (["Pet Care Journals"], []):
        client = Client.objects.get(pk=visit.client_id)
        update_client(client, values={"communication_topics": topics}, by=None)
    write(signed_in(sam), visit, then="send", version="1")
    assert Mail.objects.count() == 1


def test_after_complete_the_journal_is_the_next_button(
    signed_in: SignIn, sam: User, mona: User, cleos_home: Client
) -> None:
    visit = make_visit(cleos_home, sitter=sam, status=VisitStatus.IN_PROGRESS)
    browser = signed_in(sam)
    browser.post(f"/visits/{visit.pk}/complete/")
    box = read(browser.get("/my-schedule/")).one("article", data_visit=str(visit.pk))
    (first,) = box.all("a", cls="button-primary")
    assert first.attrs["href"] == url_of(visit)
    steps = read(browser.get(f"/visits/{visit.pk}/")).one("div", cls="visit-steps").all("a")
    assert [step.attrs["href"] for step in steps] == [url_of(visit)]
    make_journal(cleos_home, sam, visit=visit)
    box = read(browser.get("/my-schedule/")).one("article", data_visit=str(visit.pk))
    assert box.all("a", cls="button-primary") == []
    assert f"/journals/{visit.journal.pk}/" in [link.attrs["href"] for link in box.all("a")]
