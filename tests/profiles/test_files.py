"""Files on clients and pets: added, read, changed, replaced, removed, brought back."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.jobs import periodic
from pawfile.jobs.models import PeriodicWork
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import delete_client, delete_pet, update_pet
from pawfile.profiles.filing import GoneError, change_file, remove_file, restore_file
from pawfile.profiles.models import Client, Pet, ProfileFile, Sight
from pawfile.profiles.tasks import prepare_file
from tests.profiles.documents import PDF, make_file, opened, pdf, titles
from tests.profiles.test_photos import photo_of_a_phone

SignIn = Callable[[User], Browser]
Commits = Any


@pytest.fixture
def url(cleos_home: Client) -> str:
    return f"/clients/{cleos_home.pk}/files/"


def test_several_files_are_added_at_once(signed_in: SignIn, ada: User, url: str) -> None:
    picture = SimpleUploadedFile("vaccination_card.jpg", photo_of_a_phone(), "image/jpeg")
    answer = signed_in(ada).post(url, {"new_files": [pdf(), picture], "sight": "office"})
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    found = ProfileFile.objects.order_by("pk").values_list("title", "kind", "sight", "sha256")
    assert list(found) == [
        ("Rabies 2026", "pdf", "office", sha256(PDF).hexdigest()),
        ("vaccination card", "picture", "office", sha256(photo_of_a_phone()).hexdigest()),
    ]
    told = Activity.objects.filter(kind="file").values_list("about", "note").order_by("pk")
    assert list(told) == [
        ("Cleo Carter: Rabies 2026", "Added"),
        ("Cleo Carter: vaccination card", "Added"),
    ]


def test_script_adds_one_file_and_gets_the_panel(signed_in: SignIn, ada: User, url: str) -> None:
    answer = signed_in(ada).post(
        url, {"new_files": [pdf()], "sight": "staff"}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(b'<section class="card files"')
    assert b"Rabies 2026" in answer.content


def test_a_pdf_is_saved_and_never_shown_in_the_page(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    file = make_file(cleos_home, by=ada, title="Rex, 2026/27: \u202evaccination")
    answer = signed_in(ada).get(f"/files/{file.pk}/")
    assert b"".join(answer) == PDF
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'attachment; filename="Rex, 2026-27- vaccination.pdf"'
    assert headers["Content-Security-Policy"].endswith("; sandbox")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(headers["Cache-Control"].split(", "))


def test_a_picture_is_made_anew_without_its_place(
    signed_in: SignIn, ada: User, cleos_home: Client, django_capture_on_commit_callbacks: Commits
) -> None:
    upload = SimpleUploadedFile("door.jpg", photo_of_a_phone(), "image/jpeg")
    file, browser = make_file(cleos_home, by=ada, file=upload, kind="picture"), signed_in(ada)
    ProfileFile.objects.update(state="waiting")
    assert [browser.get(f"/files/{file.pk}/{part}").status_code for part in ("", "preview/")] == [
        404,
        404,
    ]
    default_storage.save(file.path("original"), ContentFile(photo_of_a_phone()))
    with django_capture_on_commit_callbacks(execute=True):
        prepare_file.func(file.pk)
    for part, kind in (("", "attachment"), ("preview/", "inline")):
        answer = browser.get(f"/files/{file.pk}/{part}")
        data = b"".join(answer)
        assert data.startswith(b"\xff\xd8")
        assert b"SecretCamera" not in data
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Content-Disposition"] == f'{kind}; filename="door.jpg"'
        assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert b"SecretCamera" in photo_of_a_phone()
    assert not default_storage.exists(file.path("original"))


SIGHTS = {
    Sight.OFFICE: ["ada", "mona"],
    Sight.STAFF: ["ada", "mona", "sam"],
    Sight.EVERYBODY: ["ada", "mona", "sam", "cleo"],
}
PEOPLE = ("ada", "mona", "sam", "stan", "cleo", "carl")


@pytest.mark.parametrize("sight", Sight)
@pytest.mark.parametrize("of_pet", [False, True], ids=["client", "pet"])
def test_exactly_these_see_it(
    request: pytest.FixtureRequest, rex: Pet, ada: User, sight: Sight, of_pet: bool
) -> None:
    file = make_file(rex.client, by=ada, pet=rex if of_pet else None, sight=sight)
    seen, listed = [], []
    for name in PEOPLE:
        browser = Browser()
        browser.force_login(request.getfixturevalue(name))
        status = opened(browser, file)
        assert status in (200, 404)
        seen += [name] if status == 200 else []
        pages = (f"/clients/{rex.client.pk}/files/", f"/pets/{rex.pk}/files/")
        told = [b"Rabies 2026" in browser.get(page).content for page in pages]
        listed += [name] if told[of_pet] else []
        assert told[0] or not told[1]
    assert seen == SIGHTS[sight]
    assert listed == SIGHTS[sight]


def test_files_of_an_inactive_pet_are_for_administrators_alone(
    request: pytest.FixtureRequest, rex: Pet, ada: User
) -> None:
    """Rule 36."""
    file = make_file(rex.client, by=ada, pet=rex, sight=Sight.EVERYBODY)
    rex = Pet.objects.get(pk=rex.pk)
    update_pet(rex, values={"active": False}, by=ada)
    seen = []
    for name in PEOPLE:
        browser = Browser()
        browser.force_login(request.getfixturevalue(name))
        seen += [name] if opened(browser, file) == 200 else []
    assert seen == ["ada"]


def test_a_blocking_client_hides_the_files(
    signed_in: SignIn, ada: User, sam: User, cleos_home: Client
) -> None:
    file = make_file(cleos_home, by=ada)
    assert opened(signed_in(sam), file) == 200
    cleos_home.blocked_sitters.add(sam)
    assert opened(signed_in(sam), file) == 404


def test_who_works_and_lives_here_does_not_read_what_is_for_staff_about_the_own_home(
    signed_in: SignIn, ada: User, sam: User, cleos_home: Client
) -> None:
    cleos_home.logins.add(sam)
    staff, both = (make_file(cleos_home, by=ada, sight=each) for each in ("staff", "everybody"))
    assert [opened(signed_in(sam), file) for file in (staff, both)] == [404, 200]


def test_a_client_adds_a_file_that_everybody_at_work_sees(
    signed_in: SignIn, cleo: User, sam: User, rex: Pet
) -> None:
    url = f"/pets/{rex.pk}/files/"
    answer = signed_in(cleo).post(url, {"new_files": [pdf()], "sight": "office"})
    assert answer.status_code == 302
    file = ProfileFile.objects.get()
    assert (file.pet, file.sight, file.is_from_client) == (rex, Sight.EVERYBODY, True)
    assert opened(signed_in(sam), file) == 200


def test_a_client_changes_what_came_from_home_and_nothing_else(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client
) -> None:
    own = make_file(cleos_home, by=cleo, sight=Sight.EVERYBODY)
    other = make_file(cleos_home, by=ada, sight=Sight.EVERYBODY)
    browser = signed_in(cleo)
    assert browser.post(f"/files/{own.pk}/edit/", {"title": "Proof"}).status_code == 302
    assert browser.post(f"/files/{other.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert browser.post(f"/files/{other.pk}/remove/").status_code == 403
    found = ProfileFile.objects.order_by("pk").values_list("title", flat=True)
    assert list(found) == ["Proof", "Rabies 2026"]
    assert browser.post(f"/files/{own.pk}/remove/").status_code == 302
    assert list(ProfileFile.objects.current()) == [other]


def test_sitters_add_files_only_where_they_edit(
    signed_in: SignIn, ada: User, sam: User, cleos_home: Client, url: str
) -> None:
    browser, data = signed_in(sam), {"sight": "staff"}
    assert browser.post(url, {**data, "new_files": [pdf()]}).status_code == 403
    SiteOptions.load()
    SiteOptions.objects.update(has_sitter_editing=True)
    assert browser.post(url, {**data, "new_files": [pdf()]}).status_code == 302
    answer = browser.post(url, {"sight": "office", "new_files": [pdf()]})
    assert answer.status_code == 422
    assert b"Choose one of these." in answer.content
    own, other = ProfileFile.objects.get(), make_file(cleos_home, by=ada)
    edits = [browser.get(f"/files/{file.pk}/edit/").status_code for file in (own, other)]
    assert edits == [200, 403]


def test_who_views_as_a_client_adds_and_changes_nothing(
    signed_in: SignIn, ada: User, cleo: User, cleos_home: Client, url: str
) -> None:
    file = make_file(cleos_home, by=cleo, sight=Sight.EVERYBODY)
    browser = signed_in(ada)
    browser.post(f"/logins/{cleo.pk}/view/")
    assert b"data-upload" not in browser.get(url).content
    assert browser.post(url, {"new_files": [pdf()]}).status_code == 403
    assert browser.post(f"/files/{file.pk}/edit/", {"title": "Mine"}).status_code == 403
    assert browser.post(f"/files/{file.pk}/remove/").status_code == 403
    assert list(ProfileFile.objects.current().values_list("title")) == [("Rabies 2026",)]


def test_a_newer_file_takes_the_place_of_the_old_one(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, url: str
) -> None:
    old = make_file(cleos_home, by=ada)
    data = {"title": "Rabies", "sight": "everybody", "newer": pdf("new.pdf", PDF + b"% newer\n")}
    assert signed_in(mona).post(f"/files/{old.pk}/edit/", data).status_code == 302
    newer = ProfileFile.objects.current().get()
    assert (newer.title, newer.sight, newer.file_name) == ("Rabies", "everybody", "new.pdf")
    old.refresh_from_db()
    assert (old.replaced_by, old.removed_by) == (newer, mona)
    assert [opened(signed_in(user), old) for user in (ada, mona)] == [200, 404]
    assert titles(signed_in(ada), url) == ["Rabies", "Rabies 2026"]
    assert titles(signed_in(mona), url) == ["Rabies"]


def test_administrators_bring_a_removed_file_back(
    signed_in: SignIn, ada: User, mona: User, cleos_home: Client, url: str
) -> None:
    file = make_file(cleos_home, by=ada)
    assert signed_in(mona).post(f"/files/{file.pk}/remove/").status_code == 302
    assert titles(signed_in(mona), url) == []
    assert signed_in(mona).post(f"/files/{file.pk}/restore/").status_code == 403
    assert signed_in(ada).post(f"/files/{file.pk}/restore/").status_code == 302
    assert titles(signed_in(mona), url) == ["Rabies 2026"]
    told = Activity.objects.filter(kind="file").order_by("pk").values_list("note", "by_name")
    assert list(told) == [
        ("Added", "Ada Admin"),
        ("Removed", "Mona Manager"),
        ("Brought back", "Ada Admin"),
    ]


def test_what_another_removed_meanwhile_is_not_changed(ada: User, cleos_home: Client) -> None:
    file = make_file(cleos_home, by=ada)
    remove_file(file=ProfileFile.objects.get(), by=ada)
    with pytest.raises(GoneError):
        change_file(file=file, title="Late", sight="office", by=ada)
    with pytest.raises(GoneError):
        remove_file(file=file, by=ada)
    restore_file(file=file, by=ada)
    with pytest.raises(GoneError):
        restore_file(file=file, by=ada)
    assert ProfileFile.objects.get().title == "Rabies 2026"


def test_what_was_hidden_from_a_client_meanwhile_is_not_shown_again(
    cleo: User, mona: User, cleos_home: Client
) -> None:
    """The client had the form open; saving it would have let everybody at home see it again."""
    file = make_file(cleos_home, by=cleo, sight=Sight.EVERYBODY)
    change_file(file=file, title="Rabies 2026", sight=Sight.OFFICE, by=mona)
    with pytest.raises(GoneError):
        change_file(file=file, title="Mine", sight=Sight.EVERYBODY, by=cleo)
    with pytest.raises(GoneError):
        remove_file(file=file, by=cleo)
    assert ProfileFile.objects.get().sight == Sight.OFFICE


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_removed_files_are_purged_after_thirty_days(
    ada: User, cleos_home: Client, days: int, left: int, django_capture_on_commit_callbacks: Commits
) -> None:
    kept, file = make_file(cleos_home, by=ada), make_file(cleos_home, by=ada)
    remove_file(file=file, by=ada)
    then = timezone.now() - timedelta(days=days)
    ProfileFile.objects.filter(pk=file.pk).update(removed_at=then)
    PeriodicWork.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        periodic.run_due()
    assert ProfileFile.objects.filter(pk=file.pk).count() == left
    assert default_storage.exists(file.path("original")) == bool(left)
    assert default_storage.exists(kept.path("original"))


@pytest.mark.parametrize("whole", [True, False], ids=["client", "pet"])
def test_with_the_record_go_its_files(
    ada: User, rex: Pet, whole: bool, django_capture_on_commit_callbacks: Commits
) -> None:
    home, of_pet = make_file(rex.client, by=ada), make_file(rex.client, by=ada, pet=rex)
    with django_capture_on_commit_callbacks(execute=True):
        if whole:
            delete_client(rex.client, by=ada)
        else:
            delete_pet(rex, by=ada)
    left = [default_storage.exists(file.path("original")) for file in (home, of_pet)]
    assert left == [not whole, False]
    assert ProfileFile.objects.count() == (0 if whole else 1)


def test_a_pet_takes_its_files_to_another_owner(ada: User, rex: Pet, carls_home: Client) -> None:
    home, of_pet = make_file(rex.client, by=ada), make_file(rex.client, by=ada, pet=rex)
    update_pet(Pet.objects.get(pk=rex.pk), values={"client": carls_home}, by=ada)
    assert list(carls_home.files.all()) == [of_pet]
    assert list(ProfileFile.objects.exclude(client=carls_home)) == [home]


def test_the_list_asks_as_often_for_three_files_as_for_one(
    signed_in: SignIn, ada: User, rex: Pet, url: str
) -> None:
    browser, counts = signed_in(ada), []
    for added in (1, 2):
        for _ in range(added):
            make_file(rex.client, by=ada, pet=rex)
            remove_file(file=make_file(rex.client, by=ada), by=ada)
        browser.get(url)
        with CaptureQueriesContext(connection) as counted:
            assert browser.get(url).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 9
