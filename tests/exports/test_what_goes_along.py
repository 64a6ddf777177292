"""What is in the file of a company, and what is not."""

import base64
import csv
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from pytest_django.fixtures import Settings

from pawfile.accounts.models import Role
from pawfile.exports.left_out import LEFT_OUT, MADE_BY_STARTING, NEEDS_SECRETS
from pawfile.exports.refusals import RefusedError
from pawfile.exports.sealing import Seal, under_passphrase, without_secrets
from pawfile.exports.tables import UnknownColumnError, kind_of, tables_of
from pawfile.exports.writing import write_company
from pawfile.fields.registry import Kind
from pawfile.lib.columns import key_ring
from pawfile.mail.models import Mail
from pawfile.profiles.models import Client
from tests.exports.companies import PASSPHRASE, opened
from tests.factories import make_client, make_user
from tests.fields.custom import make_field

CANARY = "canary-4711#"


def written(seal: Seal) -> zipfile.ZipFile:
    file = BytesIO()
    write_company(file, seal=seal)
    return zipfile.ZipFile(file)


def test_every_table_goes_along_or_says_why_not() -> None:
    everything = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    going = {table.label for table in tables_of(apps.get_models(include_auto_created=True))}
    assert going | set(LEFT_OUT) == everything
    assert going & set(LEFT_OUT) == set()
    assert {*NEEDS_SECRETS, *MADE_BY_STARTING} <= going
    assert all(reason.endswith(".") for reason in (LEFT_OUT | NEEDS_SECRETS).values())


def test_a_kind_of_column_nobody_thought_of_stops_the_export() -> None:
    field = models.BinaryField(name="scan")
    field.model = Client
    with pytest.raises(UnknownColumnError, match=r"profiles\.Client\.scan is a BinaryField"):
        kind_of(field)


@pytest.fixture
def secrets_everywhere(transactional_db: None) -> Client:
    own = make_field("client", "Safe", Kind.SECRET)
    client = make_client(door_code=CANARY, **{own.key: CANARY})
    sam = make_user(Role.SITTER, "Sam", password=CANARY)
    Mail.objects.create(to="a@example.com", subject="x", links=key_ring().seal(CANARY))
    Authenticator.objects.create(
        user=sam, type="totp", data={"secret": get_adapter().encrypt(CANARY)}
    )
    return client


def everything_in(file: zipfile.ZipFile) -> str:
    return "\n".join(file.read(name).decode() for name in file.namelist())


def test_secrets_are_in_the_file_only_under_the_passphrase(
    secrets_everywhere: Client, tmp_path: Path
) -> None:
    (key_id, *_) = key_ring().key_ids
    path = tmp_path / "x.zip"
    with path.open("wb") as target:
        write_company(target, seal=under_passphrase(PASSPHRASE))
    said = everything_in(zipfile.ZipFile(path))
    assert CANARY not in said
    assert f"v1.{key_id}" not in said
    assert "md5$" not in said
    found = json.dumps(opened(path)["tables"])
    assert found.count(f'"{CANARY}"') == 4
    assert "md5$" in found


def test_secrets_can_be_left_out(secrets_everywhere: Client) -> None:
    file = written(without_secrets())
    said = everything_in(file)
    assert "v1." not in said.replace("v1.<key id>", "").replace('"v1."', "")
    assert CANARY not in said
    manifest = json.loads(file.read("manifest.json"))
    assert "mfa.Authenticator" in manifest["left_out"]
    assert "tables/mfa.Authenticator.jsonl" not in file.namelist()
    (client,) = file.read("tables/profiles.Client.jsonl").splitlines()
    assert json.loads(client)["custom"] == {}


def test_a_missing_key_stops_the_export_and_is_named(
    secrets_everywhere: Client, settings: Settings
) -> None:
    (key_id, *_) = key_ring().key_ids
    settings.VAULT_KEYS = "other:" + base64.b64encode(bytes(32)).decode()
    with pytest.raises(RefusedError, match=rf"Keys of the vault are missing: {key_id} \(4\)"):
        written(under_passphrase(PASSPHRASE))
    assert "profiles.Client" in everything_in(written(without_secrets()))


@pytest.mark.django_db(transaction=True)
def test_cells_that_would_run_are_inert_in_the_sheets_and_as_they_are_in_the_lines() -> None:
    make_client(last_name="=1+1", first_name="@SUM(A1)", house_notes="-- none")
    file = written(without_secrets())
    (line,) = file.read("tables/profiles.Client.jsonl").splitlines()
    assert json.loads(line)["last_name"] == "=1+1"
    text = file.read("sheets/profiles.Client.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert (row["last_name"], row["first_name"], row["house_notes"]) == (
        "'=1+1", "'@SUM(A1)", "'-- none",
    )  # fmt: skip
    assert "door_code" not in row


@pytest.mark.django_db(transaction=True)
def test_files_go_along() -> None:
    name = default_storage.save("photos/ab/one-large.jpg", ContentFile(b"bytes"))
    try:
        assert written(without_secrets()).read(f"files/{name}") == b"bytes"
    finally:
        default_storage.delete(name)


@pytest.mark.django_db(transaction=True)
def test_somebody_can_write_while_the_file_is_made() -> None:
    """And what is written meanwhile is not in it, half or whole."""
    import threading

    from django.db import connection

    make_client(first_name="Before")
    told: list[int] = []

    def write_meanwhile() -> None:
        make_client(first_name="Meanwhile")
        connection.close()

    class Slow(BytesIO):
        def write(self, data: object) -> int:
            if not told:
                told.append(1)
                thread = threading.Thread(target=write_meanwhile)
                thread.start()
                thread.join(timeout=15)
                assert not thread.is_alive()
            return super().write(data)  # type: ignore[arg-type]

    file = Slow()
    write_company(file, seal=without_secrets())
    lines = zipfile.ZipFile(file).read("tables/profiles.Client.jsonl").splitlines()
    assert [json.loads(line)["first_name"] for line in lines] == ["Before"]
    assert Client.objects.count() == 2
