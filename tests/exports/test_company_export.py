"""Administrative > Export: the whole company in one file, from a page."""

import base64
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django.fixtures import Settings

from pawfile.accounts.models import Role, User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.exports.actions import forget_exports
from pawfile.exports.archive import Reader
from pawfile.exports.models import CompanyExport, ExportState
from pawfile.jobs.worker import work
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.accounts.people import come_in, sure
from tests.factories import make_user
from tests.profiles.pages import content, problems, read

#: The file is read as of one moment, which cannot be inside of another transaction.
pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[User], Browser]
URL, NEW = "/company-export/", "/company-export/new/"
WORDS, CODE = "three small brown dogs", "4711-elm-gate"
SEALED = {"secrets": "sealed", "passphrase": WORDS, "again": WORDS}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "pawfile.jobs.backend.LeasedBackend"}}


@pytest.fixture
def home(cleos_home: Client) -> Client:
    update_client(cleos_home, values={"door_code": CODE}, by=None)
    return cleos_home


def made(browser: Browser, given: dict[str, str]) -> CompanyExport:
    answer = browser.post(NEW, given)
    export = CompanyExport.objects.get()
    assert answer.headers["Location"] == f"{URL}{export.pk}/"
    assert "The file is written" in content(browser.get(f"{URL}{export.pk}/"))
    while work(stop=Event(), once=True):
        pass
    return CompanyExport.objects.get()


def saved(browser: Browser, export: CompanyExport, folder: Path) -> Path:
    answer: Any = browser.get(f"{URL}{export.pk}/file/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    path = folder / "saved.zip"
    path.write_bytes(b"".join(answer.streaming_content))
    return path


def test_a_file_with_sealed_codes_is_made_and_saved(
    ada: User, home: Client, tmp_path: Path
) -> None:
    browser = sure(ada)
    export = made(browser, SEALED)
    page = read(browser.get(f"{URL}{export.pk}/"))
    assert page.one("a", href=f"{URL}{export.pk}/file/").text == "Save the file"
    path = saved(browser, export, tmp_path)
    with Reader(path) as reader:
        assert reader.manifest["vault"]["secrets"] == "passphrase"
    with zipfile.ZipFile(path) as file:
        names = file.namelist()
        everything = b"".join(file.read(name) for name in names)
    assert b"Cleo" in everything
    assert CODE.encode() not in everything
    assert WORDS.encode() not in everything
    assert path.stat().st_size == CompanyExport.objects.get().size


def test_nothing_of_the_passphrase_stays(ada: User, home: Client) -> None:
    export = made(sure(ada), SEALED)
    assert (export.state, export.passphrase) == (ExportState.READY, Secret())
    assert not export.progress_path.exists()
    assert export.path.stat().st_mode & 0o077 == 0


def test_codes_can_stay_out(ada: User, home: Client, tmp_path: Path) -> None:
    browser = sure(ada)
    path = saved(browser, made(browser, {"secrets": "left out"}), tmp_path)
    with Reader(path) as reader:
        assert reader.manifest["vault"]["secrets"] == "left out"


def test_the_password_is_asked_for_first(ada: User, home: Client) -> None:
    export = made(sure(ada), SEALED)
    browser = Browser()
    browser.force_login(ada)  # without having typed anything
    for url in (NEW, f"{URL}{export.pk}/file/"):
        assert browser.get(url).headers["Location"].startswith("/accounts/reauthenticate/")
    assert browser.post(NEW, SEALED).headers["Location"].startswith("/accounts/reauthenticate/")
    assert CompanyExport.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose whether codes go along."),
        ({"secrets": "open"}, "Choose one of these."),
        ({"secrets": "sealed"}, "has at least 12 characters"),
        ({"secrets": "sealed", "passphrase": "short"}, "has at least 12 characters"),
        (SEALED | {"again": "three small brown cats"}, "The two are not the same."),
        (SEALED | {"passphrase": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    ada: User, given: dict[str, str], words: str
) -> None:
    answer = sure(ada).post(NEW, given)
    assert answer.status_code == 422
    assert [line for line in problems(read(answer)) if words in line]
    assert not CompanyExport.objects.exists()


def test_a_file_is_its_askers_alone(ada: User, home: Client) -> None:
    export = made(sure(ada), SEALED)
    other = sure(make_user(Role.ADMINISTRATOR, "Olga Other"))
    assert other.get(f"{URL}{export.pk}/").status_code == 404
    assert other.get(f"{URL}{export.pk}/file/").status_code == 404
    assert "Of the last day" not in content(other.get(URL))


def test_rule_81_a_manager_has_no_export(mona: User) -> None:
    browser = come_in(mona)
    assert [browser.get(url).status_code for url in (URL, NEW)] == [403, 403]
    assert browser.post(NEW, SEALED).status_code == 403
    assert URL not in content(browser.get("/"))


def test_the_activity_log_keeps_it(ada: User, home: Client) -> None:
    made(sure(ada), SEALED)
    entry = Activity.objects.get(kind=ActivityKind.EXPORT)
    assert (entry.about, entry.by, entry.note) == (
        "Whole company", ada, "secrets under a passphrase",
    )  # fmt: skip


def test_a_missing_key_is_said_and_no_file_is_made(
    ada: User, home: Client, settings: Settings
) -> None:
    (lost, *_others) = key_ring().key_ids
    settings.VAULT_KEYS = "other:" + base64.b64encode(bytes(32)).decode()
    browser = sure(ada)
    export = made(browser, SEALED)
    assert (export.state, export.path.exists()) == (ExportState.FAILED, False)
    page = content(browser.get(f"{URL}{export.pk}/"))
    assert f"Keys of the vault are missing: {lost} (1)." in page


def test_a_file_is_gone_after_a_day(ada: User, home: Client) -> None:
    export = made(sure(ada), SEALED)
    forget_exports()
    assert export.path.exists()
    CompanyExport.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    forget_exports()
    assert (CompanyExport.objects.exists(), export.path.exists()) == (False, False)
