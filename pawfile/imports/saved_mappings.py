"""What was once chosen for the columns of files, put to use with later files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from pawfile.imports.asked import DROPPED, has_heading, near
from pawfile.imports.choices import day_choice
from pawfile.imports.columns import Column
from pawfile.imports.composites import BY_TARGET
from pawfile.imports.layout import MappingError
from pawfile.imports.models import SavedMapping
from pawfile.imports.new_fields import kept_target
from pawfile.imports.proposals import EXTRA, Sheet, value_of
from pawfile.imports.run import ImportRun

Saved = dict[str, Any]


def tables_of(sheets: Iterable[Sheet]) -> list[Saved]:
    """What is chosen for every column, as a mapping keeps it. Columns of passwords are left out:
    they are never read."""
    return [
        {
            "targets": {each["heading"]: each["value"] for each in columns},
            "days": {each["heading"]: each["days"] for each in columns if each["days"]},
        }
        for sheet in sheets
        if (columns := [each for each in sheet["columns"] if not each["is_refused"]])
    ]


def table_for(mapping: SavedMapping, headings: Iterable[str]) -> Saved | None:
    """The table of the mapping whose headings are all there; of several the widest."""
    known = set(headings)
    fitting = [table for table in mapping.tables if known.issuperset(table["targets"])]
    return max(fitting, key=lambda table: len(table["targets"]), default=None)


def fitting(mappings: Iterable[SavedMapping], sheets: Iterable[Sheet]) -> list[SavedMapping]:
    """Those that say something of one of these tables."""
    headings = [headings_of(sheet) for sheet in sheets]
    return [each for each in mappings if any(table_for(each, names) for names in headings)]


def headings_of(sheet: Sheet) -> list[str]:
    return [column["heading"] for column in sheet["columns"]]


def answers_of(
    mapping: SavedMapping, sheets: Iterable[Sheet], columns: Mapping[str, Column]
) -> dict[str, str]:
    """The mapping as the page of columns would send it. A field that is gone leaves its column
    as it is proposed."""
    found = {}
    for number, sheet in enumerate(sheets):
        table = table_for(mapping, headings_of(sheet))
        for index, column in enumerate(sheet["columns"]):
            if table is None or column["heading"] not in table["targets"]:
                continue
            value = kept_target(column["heading"], table["targets"][column["heading"]], columns)
            if value == column["auto"] or is_there(value, columns):
                found[f"c{number}-{index}"] = value
            found[f"d{number}-{index}"] = table["days"].get(column["heading"], "")
    return found


def is_there(value: str, columns: Mapping[str, Column]) -> bool:
    return value in (EXTRA, DROPPED) or value in columns or value in BY_TARGET


def for_files(
    name: str, paths: Sequence[Path], mapped: Iterable[str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Of files on the command line ``mapped`` per table and ``choices``, as ``ImportRun`` takes
    them. What the person says besides goes before the mapping."""
    mapping = named(name)
    run = ImportRun(paths, lenient=True)
    entries: dict[str, list[str]] = {}
    choices = {}
    asked = list(mapped)
    is_fitting = False
    for layout in run.layouts:
        own = [entry for entry in asked if has_heading(layout.headings, entry)]
        table = table_for(mapping, layout.headings)
        is_fitting |= table is not None
        for proposal in layout.proposals if table else ():
            value = table["targets"].get(proposal.heading) if table else None
            value = value and kept_target(proposal.heading, value, run.columns)
            is_said = any(has_heading([proposal.heading], entry) for entry in own)
            if value is None or is_said or value == value_of(proposal):
                continue
            if is_there(value, run.columns):
                own.append(f"{proposal.heading}={value}")
        for heading, order in table["days"].items() if table else ():
            choices[day_choice(layout.title, heading)] = order
        entries[layout.title] = own
    if not is_fitting:
        raise MappingError(_("No file has the headings of the mapping “%s”.") % mapping)
    return entries, choices


def named(name: str) -> SavedMapping:
    mappings = {mapping.name: mapping for mapping in SavedMapping.objects.order_by("name")}
    if name not in mappings:
        known = near(name, list(mappings)) if mappings else ""
        raise MappingError(_("There is no saved mapping “%s”. ") % name + known)
    return mappings[name]
