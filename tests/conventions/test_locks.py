"""The locks hold what ``pyproject.toml`` asks for, by hash."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.conventions.sources import ROOT

PINNED = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def asked_for() -> dict[str, list[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    core = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    return {
        "build": project["build-system"]["requires"],
        "core": core,
        "test": core + extras["test"],
        "dev": core + extras["test"] + extras["dev"],
    }


def not_met(wanted: list[str], lock: str) -> list[str]:
    """Requirements that a lock has no fitting version of."""
    pins = {name.lower(): version for name, version in PINNED.findall(lock)}
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if requirement.name not in pins or pins[requirement.name] not in requirement.specifier
    ]


def unhashed(lock: str) -> list[str]:
    """Pins that any file of that name would satisfy."""
    return [line for line in lock.splitlines() if PINNED.match(line) and not line.endswith("\\")]


@pytest.mark.parametrize("name", ["build", "core", "test", "dev"])
def test_a_lock_is_up_to_date_and_hashed(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert not_met(asked_for()[name], lock) == [], "make lock"
    assert unhashed(lock) == []


def test_the_locks_agree() -> None:
    """One lock may be installed over another."""
    pins: dict[str, set[str]] = {}
    for path in sorted(Path(ROOT / "requirements").glob("*.txt")):
        for name, version in PINNED.findall(path.read_text("utf-8")):
            pins.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in pins.items() if len(versions) > 1} == {}


def test_a_pin_without_hash_is_found() -> None:
    assert unhashed("click==8.5.1\ndjango==5.2.19 \\\n    --hash=sha256:aa\n") == ["click==8.5.1"]


def test_a_stale_lock_is_found() -> None:
    lock = "django==5.2.19 \\\n    --hash=sha256:aa\n"
    assert not_met(["django>=5.2,<5.3"], lock) == []
    assert not_met(["django>=5.3", "click"], lock) == ["django>=5.3", "click"]
