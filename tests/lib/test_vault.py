"""The vault: sealed secrets, and key rings that load, rotate and refuse."""

import base64
import copy
import json
import logging
import operator
import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Engine

from pawfile.lib import key_file, vault
from pawfile.lib.vault import KeyRing, Secret, VaultError, VaultKeyError

PLAIN = "4711# front"


def key(byte: int) -> bytes:
    return bytes([byte]) * 32


def entry(key_id: str, byte: int) -> str:
    return f"{key_id}:{base64.b64encode(key(byte)).decode()}"


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing({"new": key(2), "old": key(1)})


def test_what_was_sealed_opens_again(ring: KeyRing) -> None:
    for plain in (PLAIN, "0042", "Schlüssel 🔑", " ", "x" * 10_000):
        assert ring.unseal(ring.seal(plain)) == plain


def test_a_sealed_text_names_version_and_first_key(ring: KeyRing) -> None:
    version, key_id, body = ring.seal(PLAIN).token_for_database.split(".")
    assert (version, key_id) == ("v1", "new")
    assert len(base64.urlsafe_b64decode(body)) == 12 + len(PLAIN) + 16


def test_the_same_text_is_sealed_differently_each_time(ring: KeyRing) -> None:
    assert ring.seal(PLAIN) != ring.seal(PLAIN)


def test_nothing_stays_nothing(ring: KeyRing) -> None:
    assert ring.seal("") == Secret()
    assert ring.unseal(Secret()) == ""
    assert not Secret()
    assert bool(ring.seal(" "))


def test_a_secret_matches_its_plain_text_only(ring: KeyRing) -> None:
    assert ring.matches(ring.seal(PLAIN), PLAIN)
    assert not ring.matches(ring.seal(PLAIN), "4711")
    assert not ring.matches(ring.seal(PLAIN), "")
    assert ring.matches(Secret(), "")


def test_old_keys_open_and_rotation_seals_with_the_new_one(ring: KeyRing) -> None:
    old = KeyRing({"old": key(1)}).seal(PLAIN)
    new = ring.reseal(old)
    assert ring.unseal(old) == ring.unseal(new) == PLAIN
    assert new.token_for_database.startswith("v1.new.")
    assert ring.reseal(new) is new
    assert ring.reseal(Secret()) == Secret()


def test_an_unknown_key_is_named(ring: KeyRing) -> None:
    stranger = KeyRing({"lost": key(9)}).seal(PLAIN)
    with pytest.raises(VaultKeyError, match="key lost is missing"):
        ring.unseal(stranger)


def test_every_altered_character_is_noticed(ring: KeyRing) -> None:
    token = ring.seal(PLAIN).token_for_database
    for place in range(len(token)):
        altered = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        with pytest.raises(VaultError):
            ring.unseal(Secret(altered))


def test_a_secret_moved_under_another_key_id_is_noticed() -> None:
    ring = KeyRing({"a": key(1), "b": key(1)})
    token = ring.seal(PLAIN).token_for_database
    with pytest.raises(VaultError, match="altered"):
        ring.unseal(Secret(token.replace("v1.a.", "v1.b.")))


@pytest.mark.parametrize("token", ["4711", "v1", "v1.new", "v1.new.", "v1.new.é", "v2.new.AA", "."])
def test_text_that_was_never_sealed_is_refused(ring: KeyRing, token: str) -> None:
    with pytest.raises(VaultError):
        ring.unseal(Secret(token))


SHOWS: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": format,
    "f-string": lambda secret: f"{secret}",
    "f-string with width": lambda secret: f"{secret:>10}",
    "percent": lambda secret: operator.mod("%s", secret),
    "str.format": "{}".format,
    "json": json.dumps,
    "json with str": lambda secret: json.dumps({"code": secret}, default=str),
    "pickle": pickle.dumps,
    "list": list,
    "len": len,
    "dict": dict,
    "vars": vars,
    "bytes": bytes,
    "html": lambda secret: secret.__html__(),
    "template": lambda secret: _render(secret, autoescape=True),
    "unescaped template": lambda secret: _render(secret, autoescape=False),
}


@pytest.mark.parametrize("show", SHOWS)
def test_a_secret_does_not_render(ring: KeyRing, show: str) -> None:
    secret = ring.seal(PLAIN)
    with pytest.raises(TypeError) as refusal:
        SHOWS[show](secret)
    assert secret.token_for_database not in str(refusal.value)


def _render(secret: Secret, *, autoescape: bool) -> str:
    template = Engine(autoescape=autoescape).from_string("{{ code }}")
    return template.render(Context({"code": secret}, autoescape=autoescape))


def test_a_secret_is_anonymous_in_logs_and_error_reports(
    ring: KeyRing, caplog: pytest.LogCaptureFixture
) -> None:
    secret = ring.seal(PLAIN)
    logging.getLogger("test").warning("%r in %s", secret, [secret])
    assert repr(secret) == "<Secret>"
    assert f"{secret!r} {[secret]}" == "<Secret> [<Secret>]"
    assert caplog.messages == ["<Secret> in [<Secret>]"]


def test_a_secret_can_be_copied_compared_and_kept_in_sets(ring: KeyRing) -> None:
    secret = ring.seal(PLAIN)
    again = Secret(secret.token_for_database)
    assert copy.copy(secret) == copy.deepcopy([secret])[0] == again
    assert len({secret, again, Secret()}) == 2
    assert secret != secret.token_for_database


def test_keys_of_the_environment_win_and_the_first_one_seals(tmp_path: Path) -> None:
    ring = KeyRing.load(tmp_path / "keys", f" {entry('b', 2)} , {entry('a', 1)},")
    assert ring.seal(PLAIN).token_for_database.startswith("v1.b.")
    assert ring.unseal(KeyRing({"a": key(1)}).seal(PLAIN)) == PLAIN
    assert list(tmp_path.iterdir()) == []


def test_keys_are_read_from_the_file_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# since 2026\n{entry('b', 255)}\n\n{entry('a', 1)}\n")
    ring = KeyRing.load(path, " ")
    assert ring.seal(PLAIN).token_for_database.startswith("v1.b.")
    assert repr(ring) == "<KeyRing b, a>"


def test_a_urlsafe_key_is_read_as_well() -> None:
    text = "a:" + base64.urlsafe_b64encode(key(255)).decode()
    sealed = KeyRing({"a": key(255)}).seal(PLAIN)
    assert KeyRing.load(Path("unused"), text).unseal(sealed) == PLAIN


def test_a_missing_key_file_is_made_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "private" / "vault.keys"
    sealed = KeyRing.load(path, None).seal(PLAIN)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["vault.keys"]
    assert KeyRing.load(path, None).unseal(sealed) == PLAIN


def test_processes_that_start_at_once_get_one_key(tmp_path: Path) -> None:
    path = tmp_path / "private" / "vault.keys"
    program = (
        "import sys, pathlib; from pawfile.lib.vault import KeyRing;"
        "print(KeyRing.load(pathlib.Path(sys.argv[1]), None).seal(sys.argv[2]).token_for_database)"
    )
    command = [sys.executable, "-c", program, str(path), PLAIN]
    checkout = Path(vault.__file__).parents[2]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=checkout) for _ in range(4)
    ]
    tokens = [process.communicate(timeout=60)[0].strip() for process in running]
    ring = KeyRing.load(path, None)
    assert [ring.unseal(Secret(token)) for token in tokens] == [PLAIN] * 4
    assert [file.name for file in path.parent.iterdir()] == ["vault.keys"]


def test_who_comes_second_leaves_the_first_key_alone(tmp_path: Path) -> None:
    path = tmp_path / "vault.keys"
    key_file.create(path)
    first = path.read_bytes()
    key_file.create(path)
    assert path.read_bytes() == first
    assert [file.name for file in tmp_path.iterdir()] == ["vault.keys"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nonsense", "Key 1 in the environment has no proper id"),
        (f"a b:{'A' * 44}", "no proper id"),
        (f"{entry('a', 1)},b:%%%", "Key 2 in the environment is not base64"),
        ("a:AAAA", "has 3 bytes"),
        (f"{entry('a', 1)},{entry('a', 2)}", "Give each its own id"),
        (",", "no key in the environment"),
        ("a:ключ", "not base64"),
    ],
)
def test_malformed_keys_are_refused_with_what_is_right(text: str, complaint: str) -> None:
    with pytest.raises(VaultKeyError, match=complaint) as refusal:
        KeyRing.load(Path("unused"), text)
    assert "AAAA" not in str(refusal.value)


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\xff\xfe", b"a:AAAA\n"])
def test_a_malformed_key_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "keys"
    path.write_bytes(content)
    with pytest.raises(VaultKeyError, match="id:key"):
        KeyRing.load(path, None)
    assert path.read_bytes() == content


def test_a_key_file_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VaultKeyError, match="cannot be read or made"):
        KeyRing.load(tmp_path / "file" / "keys", None)
    with pytest.raises(VaultKeyError, match="cannot be read or made"):
        KeyRing.load(Path(os.sep), None)


def test_a_ring_without_keys_is_refused() -> None:
    with pytest.raises(VaultKeyError, match="no key"):
        KeyRing({})
