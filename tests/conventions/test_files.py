"""Rules about files: none too long, none that names a package registry."""

from pathlib import Path

import pytest

from tests.conventions.sources import at, files, project_files

LONGEST = 400

#: In pieces, so that this file does not name them either.
REGISTRIES = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("proxy", "golang", "org"),
        ("crates", "io"),
        ("rubygems", "org"),
        ("anaconda", "org"),
    )
)


def lines_too_many(paths: list[Path]) -> list[str]:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return [f"{at(path)} has {count} lines" for path, count in lengths.items() if count > LONGEST]


def registries_named(paths: list[Path]) -> list[str]:
    return [
        f"{at(path)} names {registry}"
        for path in paths
        for registry in REGISTRIES
        if registry.encode() in path.read_bytes().lower()
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    paths = files("pawfile", "tests", "bench", endings=(".py", ".html", ".css", ".js"))
    assert lines_too_many(paths) == []


def test_no_file_names_a_package_registry() -> None:
    assert registries_named(list(project_files())) == []


@pytest.mark.parametrize(("lines", "count"), [(400, 0), (401, 1)])
def test_the_limit_is_400(tmp_path: Path, lines: int, count: int) -> None:
    long = tmp_path / "views.py"
    long.write_text("pass\n" * lines)
    assert len(lines_too_many([long])) == count


def test_a_registry_in_a_lock_is_found(tmp_path: Path) -> None:
    lock = tmp_path / "core.txt"
    lock.write_text(f"--index-url https://{REGISTRIES[0].upper()}/simple\n")
    assert len(registries_named([lock])) == 1
