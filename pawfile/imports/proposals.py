"""What the page of columns shows: tables with what each column is taken for, as plain JSON."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.imports.asked import DROPPED
from pawfile.imports.choices import DAY, MONTH, day_choice
from pawfile.imports.columns import Column
from pawfile.imports.composites import BY_TARGET, COMPOSITES
from pawfile.imports.layout import CLIENT_NAMES, Layout, Proposal
from pawfile.imports.models import ImportFile, ImportJob
from pawfile.imports.new_fields import (
    guessed_kind,
    is_new,
    kind_name,
    name_of,
    new_targets,
)
from pawfile.imports.run import ImportRun
from pawfile.lib.sheets import SheetError
from pawfile.lib.tables import open_tables

Sheet = dict[str, Any]
EXTRA = ""
"""The value of a column that is kept among the imported extras."""
GROUPS: dict[str, str | Promise] = {
    "client": gettext_lazy("Client"),
    "pet": gettext_lazy("Pet"),
    "key": gettext_lazy("Key"),
    "vet": gettext_lazy("Vet"),
}
PLAIN_LABELS: dict[str, str | Promise] = {
    "client.source_id": gettext_lazy("Id in the other program"),
    "pet.source_id": gettext_lazy("Id in the other program"),
    "pet.owner": gettext_lazy("Owner: name or id"),
    "client.pet_names": gettext_lazy("Names of the pets, to tell clients apart"),
    "pet.born_is_estimated": gettext_lazy("Birthday is estimated"),
    "pet.vet_id": gettext_lazy("Id of the vet"),
    "client.vet_id": gettext_lazy("Id of the vet"),
    "client.keys": gettext_lazy("Names of keys"),
    "key.code": gettext_lazy("Name of the key"),
    "key.client": gettext_lazy("Client of the key"),
    "key.place": gettext_lazy("Where the key is"),
    "key.street": gettext_lazy("Street"),
    "key.zip_code": gettext_lazy("Zip"),
    "vet.source_id": gettext_lazy("Id in the other program"),
    "vet.name": gettext_lazy("Name"),
    "vet.clinic": gettext_lazy("Clinic"),
    "vet.phone": gettext_lazy("Phone"),
    "vet.address": gettext_lazy("Address"),
}
VET_PARTS: dict[str, str | Promise] = {
    "phone": gettext_lazy("Vet: phone"),
    "address": gettext_lazy("Vet: address"),
    "clinic": gettext_lazy("Vet: clinic"),
}


def run_of(
    files: Iterable[ImportFile],
    *,
    mapped: Mapping[str, list[str]],
    choices: Mapping[str, str],
    lenient: bool = False,
    job: ImportJob | None = None,
) -> ImportRun:
    """Raises ``SheetError`` with the file's name, and ``MappingError``."""
    files = list(files)
    paths = [Path(default_storage.path(file.path)) for file in files]
    try:
        return ImportRun(paths, mapped=mapped, choices=choices, lenient=lenient, job=job)
    except SheetError:
        for file, path in zip(files, paths, strict=True):
            try:
                open_tables(path)
            except SheetError as refusal:
                raise SheetError(f"{file.title}: {refusal}") from refusal
        raise


def sheets_of(
    run: ImportRun, files: Iterable[ImportFile], choices: Mapping[str, str]
) -> list[Sheet]:
    return [
        {
            "title": layout.title,
            "name": shown_title(layout.title, files),
            "preset": layout.preset,
            "kind": layout.kind,
            "missing": missing_of(layout),
            "columns": [column_of(each, layout, run, choices) for each in layout.proposals],
        }
        for layout in run.layouts
    ]


def shown_title(title: str, files: Iterable[ImportFile]) -> str:
    """A table as the person calls it, not as the storage does."""
    for file in files:
        title = title.replace(file.name, file.title)
    return title


def missing_of(layout: Layout) -> str:
    """What a table needs to be imported and has not; "" if nothing."""
    has_names = layout.has(*CLIENT_NAMES[:1]) and layout.has(*CLIENT_NAMES[1:])
    if layout.kind == "clients" and not has_names and not layout.names_clients_by_id:
        return _(
            "Clients need a first and a last name. Choose the columns, or the one with the id that "
            "every client has."
        )
    if layout.has("pet.name") and not layout.has("pet.animal"):
        return _("Choose the column that says what animal the pets are.")
    return ""


def column_of(
    proposal: Proposal, layout: Layout, run: ImportRun, choices: Mapping[str, str]
) -> dict[str, Any]:
    targets = " ".join(proposal.targets)
    columns = [run.columns[part] for target in proposal.targets for part in parts_of(target)]
    is_secret = any(column.is_secret for column in columns)
    return {
        "heading": proposal.heading,
        "value": value_of(proposal),
        "label": label_of(targets, run.columns),
        "confidence": proposal.confidence,
        "is_used": proposal.is_used,
        "is_refused": proposal.is_refused,
        "is_secret": is_secret,
        "kind": guessed_kind(proposal.samples),
        "samples": [] if is_secret or proposal.is_refused else proposal.samples[:3],
        "has_days": proposal.is_used and any(column.has_days for column in columns),
        "days": choices.get(day_choice(layout.title, proposal.heading), ""),
    }


def value_of(proposal: Proposal) -> str:
    """What the list of targets shows as chosen."""
    if proposal.is_dropped:
        return DROPPED
    return " ".join(proposal.targets) if proposal.is_used else EXTRA


def parts_of(target: str) -> list[str]:
    return BY_TARGET[target].targets() if target in BY_TARGET else [target]


def label_of(value: str, columns: Mapping[str, Column]) -> str:
    """What a person calls the targets of a column: "Client: First name + Last name"."""
    if value in ("", DROPPED):
        return ""
    targets = value.split(" ")
    words = " + ".join(own_label(target, columns) for target in targets)
    return f"{GROUPS[targets[0].partition('.')[0]]}: {words}"


def own_label(target: str, columns: Mapping[str, Column]) -> str:
    if is_new(target):
        return _("new field (%s)") % kind_name(target)
    if target in BY_TARGET:
        return str(BY_TARGET[target].label)
    if target in PLAIN_LABELS:
        return str(PLAIN_LABELS[target])
    column = columns[target]
    if column.field is not None:
        return str(column.field.label)
    return str(VET_PARTS[target.rpartition("_")[2]])


def target_groups(columns: Mapping[str, Column]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everything a column can fill, by what it tells of."""
    every = [*columns, *(composite.target for composite in COMPOSITES)]
    return [
        (
            str(group),
            sorted(
                ((each, own_label(each, columns)) for each in every if each.startswith(f"{key}.")),
                key=lambda pair: pair[1].casefold(),
            ),
        )
        for key, group in GROUPS.items()
    ]


def new_choices(column: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields that could be made for a column, the kind its cells look like first."""
    likely = f".new-{column.get('kind', 'text')}-"
    groups = {"client": _("New field of the client"), "pet": _("New field of the pet")}
    return [
        (groups[subject], sorted(
            ((target, kind_name(target)) for target in every),
            key=lambda pair: likely not in pair[0],
        ))
        for subject, every in new_targets(column["heading"]).items()
    ]  # fmt: skip


def new_of(sheets: Iterable[Sheet]) -> list[tuple[str, str]]:
    """(heading, target) of the columns for which fields are to be made."""
    return [
        (column["heading"], column["value"])
        for sheet in sheets
        if not sheet["missing"]
        for column in sheet["columns"]
        if is_new(column["value"])
    ]


def new_names(sheets: Iterable[Sheet]) -> list[str]:
    """ "Favourite tea (Client)" for each of these fields."""
    by_target = {target: heading for heading, target in new_of(sheets)}
    return [
        f"{name_of(heading)} ({GROUPS[target.partition('.')[0]]})"
        for target, heading in by_target.items()
    ]


def entries_of(
    sheets: Sequence[Sheet], values: Mapping[tuple[int, int], str]
) -> dict[str, list[str]]:
    """Table → "Heading=target" of the columns that a person wants otherwise than proposed."""
    found: dict[str, list[str]] = {}
    for number, sheet in enumerate(sheets):
        entries = []
        for index, column in enumerate(sheet["columns"]):
            value = values.get((number, index), column["auto"])
            if value != column["auto"]:
                targets = value.split(" ")
                entries += [f"{column['heading']}={target}" for target in targets]
        if entries:
            found[sheet["title"]] = entries
    return found


DAY_ORDERS = ("", DAY, MONTH)
