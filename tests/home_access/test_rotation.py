"""`pawfile rotate-keys`: everything sealed anew, nothing lost, whatever happens meanwhile."""

import base64
import os
import stat
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from pawfile.access.actions.rotation import reseal_everything, secrets_by_key
from pawfile.access.rotation import make_first_key, missing_keys
from pawfile.accounts.models import Role, User
from pawfile.cli import main
from pawfile.fields.registry import Kind
from pawfile.lib import key_file
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret, VaultKeyError
from pawfile.mail.models import Mail
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from tests.factories import make_client, make_pet, make_user
from tests.fields.custom import make_field
from tests.home_access.stored import everything_stored
from tests.processes import Start, database_url, kill

PLAIN = "canary-4711#"


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    settings.VAULT_KEYS_FILE = tmp_path / "keys" / "vault.keys"
    settings.VAULT_KEYS = None
    return tmp_path / "keys" / "vault.keys"


def run(*more: str) -> Result:
    return CliRunner().invoke(main, ["rotate-keys", *more])


@pytest.fixture
def sealed_everywhere(db: None) -> Client:
    """A secret in every place the vault seals: columns, own fields also archived ones, a mail's
    links, the secret of somebody's authenticator app."""
    from allauth.mfa.adapter import get_adapter
    from allauth.mfa.models import Authenticator

    safe = make_field("client", "Safe", Kind.SECRET)
    chip = make_field("pet", "Collar PIN", Kind.SECRET)
    client = make_client(door_code=PLAIN, wifi_password="hunter2", **{safe.key: "own-77"})
    make_pet(client, **{chip.key: "pet-88"})
    Mail.objects.create(to="a@example.com", subject="x", links=key_ring().seal("{}"))
    app = make_user(Role.SITTER, "Ann")
    Authenticator.objects.create(
        user=app, type="totp", data={"secret": get_adapter().encrypt("SEED")}
    )
    return client


def plain_of(client: Client) -> list[str]:
    client = Client.objects.get(pk=client.pk)
    (own,) = client.custom.values()
    (pets,) = Pet.objects.get().custom.values()
    ring = key_ring()
    return [
        ring.unseal(client.door_code), ring.unseal(client.wifi_password),
        ring.unseal(Secret(own)), ring.unseal(Secret(pets)),
    ]  # fmt: skip


def test_everything_that_is_sealed_is_sealed_anew(sealed_everywhere: Client) -> None:
    (old,) = key_ring().key_ids
    assert everything_stored().count(f"v1.{old}.") == 6
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert f"v1.{old}." not in everything_stored()
    first, *others = key_ring().key_ids
    assert others == [old]
    assert secrets_by_key() == {first: 6}
    assert plain_of(sealed_everywhere) == [PLAIN, "hunter2", "own-77", "pet-88"]
    assert "6 secrets were sealed anew" in answer.output
    assert f"No secret here needs {old} any more" in answer.output


def test_nothing_that_is_said_holds_a_key_or_a_secret(
    sealed_everywhere: Client, own_keys: Path
) -> None:
    key_ring()
    said = run().output + run("--remove-old").output
    for line in own_keys.read_text().splitlines():
        assert line.partition(":")[2] not in said
    assert PLAIN not in said


def test_version_and_history_stay_as_they_are(sealed_everywhere: Client) -> None:
    before = (sealed_everywhere.version, sealed_everywhere.updated_at)
    run()
    client = Client.objects.get(pk=sealed_everywhere.pk)
    assert (client.version, client.updated_at) == before
    assert not ClientChange.objects.exists()


def test_who_has_read_a_profile_before_saves_it_without_a_false_change(
    sealed_everywhere: Client, mona: User
) -> None:
    seen = Client.objects.get(pk=sealed_everywhere.pk)
    run()
    update_client(seen, values={"city": "Powell"}, by=mona)
    assert [change.key for change in ClientChange.objects.all()] == ["city"]
    assert list(secrets_by_key()) == key_ring().key_ids[:1]
    assert plain_of(sealed_everywhere)[0] == PLAIN


def test_a_text_that_only_looks_sealed_stays(db: None) -> None:
    note = make_field("client", "Note", Kind.TEXT)
    fake = f"v1.{key_ring().key_ids[0]}.{'A' * 60}"
    client = make_client(**{note.key: fake})
    run()
    assert Client.objects.get(pk=client.pk).custom[note.key] == fake


def test_old_keys_go_only_when_nothing_needs_them(
    sealed_everywhere: Client, own_keys: Path
) -> None:
    (old,) = key_ring().key_ids
    first = key_file.add_first(own_keys)
    refused = run("--remove-old")
    assert refused.exit_code == 1
    assert f"Still needed: {old} (6 secrets)" in refused.output
    assert key_ring().key_ids == [first, old]
    assert "Going on" in run().output
    assert f"Removed: {old}. {first} is the only key now." in run("--remove-old").output
    assert key_ring().key_ids == [first]
    assert plain_of(sealed_everywhere)[0] == PLAIN


def test_secrets_of_a_missing_key_are_counted_and_left(
    sealed_everywhere: Client, own_keys: Path
) -> None:
    (lost,) = key_ring().key_ids
    kept = own_keys.read_text()
    own_keys.write_text(f"spare:{base64.b64encode(bytes(32)).decode()}\n")
    before = everything_stored()
    assert f"{lost} (6 secrets)" in missing_keys()
    assert str(own_keys) in missing_keys()
    answer = run()
    assert answer.exit_code == 1
    assert f"6 secrets were left as they are: the key {lost} is missing" in answer.output
    assert before.count(f"v1.{lost}.") == everything_stored().count(f"v1.{lost}.") == 6
    own_keys.write_text(own_keys.read_text() + kept)
    assert missing_keys() == ""
    assert plain_of(sealed_everywhere)[0] == PLAIN


@pytest.mark.parametrize("typed", ["new code", ""])
def test_nothing_is_written_over_a_secret_whose_key_is_missing(
    sealed_everywhere: Client, own_keys: Path, mona: User, typed: str
) -> None:
    key_ring()
    own_keys.write_text(f"spare:{base64.b64encode(bytes(32)).decode()}\n")
    client = Client.objects.get(pk=sealed_everywhere.pk)
    token = client.door_code
    with pytest.raises(VaultKeyError, match="missing"):
        update_client(client, values={"door_code": typed}, by=mona)
    assert Client.objects.get(pk=client.pk).door_code == token


def test_keys_in_the_environment_are_for_who_set_them(
    sealed_everywhere: Client, own_keys: Path, settings: Settings
) -> None:
    (old,) = key_ring().key_ids
    settings.VAULT_KEYS = own_keys.read_text().strip()
    refused = run()
    assert refused.exit_code == 1
    assert "Put a new one in front" in refused.output
    settings.VAULT_KEYS = f"next:{base64.b64encode(bytes(32)).decode()},{settings.VAULT_KEYS}"
    assert run().exit_code == 0
    assert secrets_by_key() == {"next": 6}
    assert "Take them out there" in run("--remove-old").output
    assert key_ring().key_ids == ["next", old]


def test_two_rotations_do_not_run_at_once(db: None, own_keys: Path) -> None:
    key_ring()
    with key_file.held(own_keys):
        answer = run()
    assert answer.exit_code == 1
    assert "Another process" in answer.output
    assert len(key_ring().key_ids) == 1


def test_the_first_key_is_made_with_a_word_on_backing_it_up(own_keys: Path) -> None:
    said: list[str] = []
    make_first_key(say=said.append)
    assert len(said) == 1
    assert str(own_keys) in said[0]
    assert "Back that file up" in said[0]
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o600
    make_first_key(say=said.append)
    assert len(said) == 1


def test_a_rotated_file_stays_the_owners_alone(db: None, own_keys: Path) -> None:
    key_ring()
    run()
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o600
    assert [file.name for file in own_keys.parent.iterdir()] == ["vault.keys"]


def test_a_file_that_goes_or_breaks_leaves_the_keys_at_hand(own_keys: Path) -> None:
    sealed = key_ring().seal(PLAIN)
    own_keys.write_text("half a li")
    assert key_ring().unseal(sealed) == PLAIN
    own_keys.unlink()
    assert key_ring().unseal(sealed) == PLAIN
    assert not own_keys.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_is_killed_goes_on_where_it_stopped(
    start: Start, own_keys: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    for number in range(30):
        make_client(last_name=f"Home{number}", door_code=f"{PLAIN}{number}")
    (old,) = key_ring().key_ids
    process = start(
        "tests.home_access.slow_rotation",
        DATABASE_URL=database_url(),
        VAULT_FILE=str(own_keys),
        DJANGO_SETTINGS_MODULE="pawfile.settings_test",
    )
    until = time.monotonic() + 60
    while not 0 < secrets_by_key()[old] < 30 and time.monotonic() < until:
        time.sleep(0.05)
    kill(process)
    left = secrets_by_key()
    assert 0 < left[old] < 30
    first = key_ring().key_ids[0]
    answer = run()
    assert "Going on" in answer.output, answer.output
    assert secrets_by_key() == {first: 30}
    assert sorted(key_ring().unseal(each.door_code) for each in Client.objects.all()) == sorted(
        f"{PLAIN}{number}" for number in range(30)
    )


def test_what_is_sealed_already_is_not_sealed_again(sealed_everywhere: Client) -> None:
    before = everything_stored()
    assert reseal_everything().secrets == 0
    assert everything_stored() == before
    assert os.environ.get("PAWFILE_VAULT_KEYS") is None
