"""The project's own files, for rules that are about files."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "pawfile" / "templates"


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or at the next commit would be, part of the repository."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    try:
        names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError) as problem:
        pytest.fail(f"These tests ask git which files are the project's: {problem}")
    return tuple(ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file())


def files(*folders: str, endings: tuple[str, ...]) -> list[Path]:
    """The project's files with these endings in these folders; never none."""
    found = [
        path
        for path in project_files()
        if path.suffix in endings and any(ROOT / folder in path.parents for folder in folders)
    ]
    assert found, f"No {endings} in {folders}: the rule would pass over nothing."
    return found


def at(path: Path, line: int | None = None) -> str:
    """A place as editors understand it."""
    place = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path)
    return f"{place}:{line}" if line else place


def nodes(source: str) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    """Every node of a module with its parent."""
    waiting: list[tuple[ast.AST, ast.AST | None]] = [(ast.parse(source), None)]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        waiting.extend((child, node) for child in ast.iter_child_nodes(node))
