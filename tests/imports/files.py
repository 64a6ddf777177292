"""Small files to import, and imports of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from pawfile.imports.issues import Kind
from pawfile.imports.run import ImportRun

NAMES = "First Name,Last Name"
PETS = f"{NAMES},Email,Pet Name,Animal"
"""Headings that most tests begin with."""


def write(folder: Path, text: str, name: str = "clients.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def imported(path: Path, **options: Any) -> ImportRun:
    """A run of the file that has ended."""
    run = ImportRun(path, **options)
    run.run()
    return run


def import_text(folder: Path, *lines: str, **options: Any) -> ImportRun:
    return imported(write(folder, "\n".join(lines) + "\n"), **options)


def counted(run: ImportRun) -> dict[str, dict[str, int]]:
    """What the run counted, without the zeros."""
    return {
        "clients": {name: count for name, count in run.tally.clients.items() if count},
        "pets": {name: count for name, count in run.tally.pets.items() if count},
    }


def remarks(run: ImportRun) -> list[tuple[Kind, int | None, str, str]]:
    """Kind, row, column and value of each remark."""
    return [(issue.kind, issue.row, issue.column, issue.value) for issue in run.issues]


def kinds(run: ImportRun) -> list[Kind]:
    return [issue.kind for issue in run.issues]


def all_rows() -> dict[str, Sequence[Any]]:
    """Every row of every table of the product, to see whether anything was written."""
    models: list[type[Model]] = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed
    ]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
    }
