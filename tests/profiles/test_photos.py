"""A photo's way: uploaded, made into two clean sizes, shown behind gates (Rules 34, 35)."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.test import override_settings
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from pawfile.accounts.models import User
from pawfile.history.models import StaleRecordError
from pawfile.jobs.models import Job, JobState
from pawfile.jobs.worker import run_job, take_job
from pawfile.profiles.actions import add_photo, update_pet
from pawfile.profiles.models import Client, Pet, Photo, PhotoState
from pawfile.profiles.tasks import prepare_photo
from tests.access.home import make_photo
from tests.factories import make_pet
from tests.profiles.pages import content, read, send

SignIn = Callable[[User], Browser]
RED, BLUE = (254, 0, 0), (0, 0, 254)


def photo_of_a_phone() -> bytes:
    """60 × 40, red above, blue below, lying on its side, with place and camera in it."""
    upright = Image.new("RGB", (40, 60), RED)
    upright.paste(BLUE, (0, 30, 40, 60))
    exif = Image.Exif()
    exif[Base.Orientation] = 6  # to be turned by a quarter, clockwise
    exif[Base.Make] = "SecretCamera"
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (40.0, 6.0, 0.0)})
    file = BytesIO()
    lying = upright.transpose(Image.Transpose.ROTATE_90)
    lying.save(file, "JPEG", quality=95, exif=exif, comment=b"at home")
    return file.getvalue()


def upload(name: str = "rex.jpg", data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or photo_of_a_phone(), "image/jpeg")


def picture(browser: Browser, photo: Photo, size: str) -> tuple[bytes, Any]:
    answer = browser.get(f"/photos/{photo.pk}/{size}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    data = b"".join(answer)
    return data, Image.open(BytesIO(data))


def test_an_uploaded_photo_is_stored_upright_and_clean_and_shown(
    signed_in: SignIn, cleo: User, sam: User, rex: Pet, django_capture_on_commit_callbacks: Any
) -> None:
    """Rule 35, the whole way of a real JPEG with a place in it."""
    source = photo_of_a_phone()
    assert b"SecretCamera" in source
    assert Image.open(BytesIO(source)).getexif().get_ifd(IFD.GPSInfo) != {}
    url = f"/pets/{rex.pk}/edit/"
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(signed_in(cleo), url, read(signed_in(cleo).get(url)), photo=upload())
    assert answer.status_code == 302
    photo = Photo.objects.get()
    assert (photo.state, photo.client, photo.uploaded_by) == ("ready", rex.client, cleo)
    assert Pet.objects.get(pk=rex.pk).photo == photo
    for size, pixels in (("large", (40, 60)), ("small", (320, 320))):
        data, image = picture(signed_in(sam), photo, size)
        assert image.size == pixels
        top, bottom = (image.getpixel((image.width // 2, y)) for y in (3, image.height - 4))
        assert [max(range(3), key=colour.__getitem__) for colour in (top, bottom)] == [0, 2]
        assert (len(image.getexif()), image.info.get("comment")) == (0, None)
        assert [word for word in (b"Exif", b"SecretCamera", b"GPS") if word in data] == []
    page = read(signed_in(sam).get(f"/pets/{rex.pk}/"))
    assert page.one("img", cls="picture").attrs["src"] == f"/photos/{photo.pk}/small/"
    assert not (Path(settings.MEDIA_ROOT) / photo.path("original")).exists()


@override_settings(TASKS={"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}})
def test_until_the_worker_has_been_there_the_photo_waits(
    signed_in: SignIn, cleo: User, rex: Pet, django_capture_on_commit_callbacks: Any
) -> None:
    browser = signed_in(cleo)
    browser.post(f"/pets/{rex.pk}/edit/", {"photo": upload()})
    photo = Photo.objects.get()
    original = Path(settings.MEDIA_ROOT) / photo.path("original")
    assert (photo.state, original.exists(), Job.objects.count()) == ("waiting", True, 1)
    assert "The photo is being prepared." in content(browser.get(f"/pets/{rex.pk}/"))
    assert browser.get(f"/photos/{photo.pk}/small/").status_code == 404
    for _ in range(2):  # a job may be run twice, when its worker died just before the end
        with django_capture_on_commit_callbacks(execute=True):
            prepare_photo.call(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, original.exists()) == (PhotoState.READY, False)
    job = take_job()
    assert job is not None
    run_job(job)
    assert job.state == JobState.DONE
    assert len(picture(browser, photo, "large")[0]) > 100
    assert "being prepared" not in content(browser.get(f"/pets/{rex.pk}/"))


@pytest.mark.parametrize("name", ["🐕", "..", "...jpg", " ", "漢" * 250, "𠜎" * 250, "a/b", "\\"])
def test_any_name_of_a_file_will_do(cleos_home: Client, name: str) -> None:
    source = File(BytesIO(photo_of_a_phone()), name=name)
    photo = add_photo(client=cleos_home, file=source, by=None)
    photo.refresh_from_db()
    assert photo.state == "ready"


def test_an_upload_that_got_lost_does_not_wait_for_ever(cleos_home: Client) -> None:
    """As after a backup without the folder of uploads."""
    photo = Photo.objects.create(client=cleos_home, file_name="rex.jpg")
    prepare_photo.call(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.problem) == ("failed", "It got lost. Upload it again.")


def test_an_upload_that_comes_too_late_leaves_no_file(rex: Pet) -> None:
    late = Pet.objects.get(pk=rex.pk)
    update_pet(Pet.objects.get(pk=rex.pk), values={"name": "Rexie"}, by=None)
    before = set(Path(settings.MEDIA_ROOT).rglob("*.*"))
    with pytest.raises(StaleRecordError):
        update_pet(late, values={"photo": upload()}, by=None)
    assert set(Path(settings.MEDIA_ROOT).rglob("*.*")) == before


def test_a_job_for_a_photo_that_is_gone_does_nothing(db: None) -> None:
    prepare_photo.call(987654)


def test_a_photo_uploaded_before_can_be_selected(
    signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    """Rule 34."""
    photo = make_photo(cleos_home)
    tom = make_pet(cleos_home, name="Tom")
    browser, url = signed_in(cleo), f"/pets/{tom.pk}/edit/"
    page = read(browser.get(url))
    offered = [node.attrs["value"] for node in page.all("input", name="photo_choice")]
    assert offered == ["none", str(photo.pk)]
    assert send(browser, url, page, photo_choice=photo.pk).status_code == 302
    assert Pet.objects.get(pk=tom.pk).photo == photo
    assert send(browser, f"/pets/{rex.pk}/edit/", read(browser.get(f"/pets/{rex.pk}/edit/")),
                photo_choice=photo.pk).status_code == 302  # fmt: skip
    assert Photo.objects.count() == 1


def test_no_photo_takes_it_away_and_keeps_it_for_later(
    signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    photo = make_photo(cleos_home)
    update_pet(rex, values={"photo": photo}, by=None)
    signed_in(cleo).post(f"/pets/{rex.pk}/edit/", {"photo_choice": "none"})
    assert Pet.objects.get(pk=rex.pk).photo is None
    assert list(cleos_home.photos.all()) == [photo]


def test_an_upload_wins_over_a_selected_one(
    signed_in: SignIn, cleo: User, cleos_home: Client, rex: Pet
) -> None:
    old = make_photo(cleos_home)
    answer = signed_in(cleo).post(
        f"/pets/{rex.pk}/edit/", {"photo_choice": old.pk, "photo": upload("new.jpg")}
    )
    assert answer.status_code == 302
    chosen = Pet.objects.get(pk=rex.pk).photo
    assert (chosen != old, chosen and chosen.file_name) == (True, "new.jpg")


@pytest.mark.parametrize("who", ["stan", "carl"])
def test_strangers_neither_see_nor_select_a_photo(
    cleos_home: Client, carls_home: Client, who: str, request: pytest.FixtureRequest
) -> None:
    photo = make_photo(cleos_home)
    browser = Browser()
    browser.force_login(request.getfixturevalue(who))
    for size in ("small", "large", "original"):
        assert browser.get(f"/photos/{photo.pk}/{size}/").status_code == 404
    assert browser.get(f"/clients/photos/?client={cleos_home.pk}").status_code == 404


def test_the_upload_itself_is_never_served(
    signed_in: SignIn, ada: User, cleos_home: Client
) -> None:
    photo = make_photo(cleos_home)
    browser = signed_in(ada)
    for path in (f"/photos/{photo.pk}/original/", f"/{photo.path('large')}",
                 f"/media/{photo.path('large')}", f"/photos/{photo.pk}/../"):  # fmt: skip
        assert browser.get(path).status_code == 404, path


def test_the_photo_of_an_inactive_pet_is_for_administrators(
    cleos_home: Client, rex: Pet, request: pytest.FixtureRequest
) -> None:
    """PRODUCT §5; unless another pet has it too."""
    photo = make_photo(cleos_home)
    update_pet(rex, values={"photo": photo, "active": False}, by=None)

    def seen() -> list[int]:
        statuses = []
        for person in ("ada", "mona", "cleo"):
            browser = Browser()
            browser.force_login(request.getfixturevalue(person))
            answer: Any = browser.get(f"/photos/{photo.pk}/small/")
            statuses.append(answer.status_code)
            content(answer)
        return statuses

    assert seen() == [200, 404, 404]
    make_pet(cleos_home, name="Tom", photo=photo)
    assert seen() == [200, 200, 200]


def test_deleting_a_client_deletes_the_files(
    signed_in: SignIn, ada: User, cleos_home: Client, django_capture_on_commit_callbacks: Any
) -> None:
    photo = make_photo(cleos_home)
    paths = [Path(settings.MEDIA_ROOT) / photo.path(size) for size in ("large", "small")]
    assert [path.exists() for path in paths] == [True, True]
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(ada).post(f"/clients/{cleos_home.pk}/delete/", {"name": "Cleo Carter"})
    assert [path.exists() for path in paths] == [False, False]
    assert (Client.objects.count(), Photo.objects.count()) == (0, 0)
