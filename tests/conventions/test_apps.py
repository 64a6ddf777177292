"""Every app is installed and has its contract; the house has no forgotten rooms."""

import tomllib
from pathlib import Path

from django.conf import settings

from tests.conventions.sources import ROOT

#: Packages that hold no tables and serve no pages.
NOT_APPS = {"demo"}


def packages(house: Path) -> set[str]:
    return {entry.parent.name for entry in house.glob("*/__init__.py")}


def contracts() -> list[dict[str, list[str]]]:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    found: list[dict[str, list[str]]] = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return found


def test_every_package_of_pawfile_is_an_installed_app() -> None:
    installed = {a.removeprefix("pawfile.") for a in settings.INSTALLED_APPS if "pawfile." in a}
    assert packages(ROOT / "pawfile") - NOT_APPS == installed


def test_every_app_has_the_contract_inside_it() -> None:
    _, inside = contracts()
    apps = {f"pawfile.{name}" for name in packages(ROOT / "pawfile") - NOT_APPS - {"lib"}}
    assert set(inside["containers"]) == apps


def test_a_forgotten_package_is_found(tmp_path: Path) -> None:
    (tmp_path / "visits").mkdir()
    (tmp_path / "visits" / "__init__.py").touch()
    (tmp_path / "static").mkdir()
    assert packages(tmp_path) == {"visits"}
