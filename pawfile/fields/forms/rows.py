"""A list of names on one form: choices of a field, kinds of animals.

Each row posts three values: what it is called inside (empty for a new one), its name, and whether
it is put away. Their order is the order of the rows.
"""

from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict  # noqa: TID251 - what a form is given, no request
from django.utils.translation import gettext as _

from pawfile.lib.text import fold

NAME_LENGTH = 200
MOST_ROWS = 300
PARTS = ("value", "label", "state")
AWAY = "away"
#: Empty rows at the end, for browsers without script; with script rows are added as needed.
SPARE = 1


class Row(TypedDict):
    value: str
    label: str
    is_retired: bool


class RowsWidget(forms.Widget):
    """Drawn by ``fields/rows.html``."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        columns = [data.getlist(f"{name}_{part}") for part in PARTS]
        rows = zip(*columns, strict=False)
        return [
            Row(value=value, label=" ".join(label.split()), is_retired=state == AWAY)
            for value, label, state in rows
        ]


class RowsField(forms.Field):
    """The rows as a list of ``Row``, without the empty ones."""

    widget = RowsWidget

    def clean(self, value: list[Row]) -> list[Row]:
        rows = [row for row in value if row["value"] or row["label"]]
        problems = []
        if any(not row["label"] for row in rows):
            problems.append(_("Each row needs a name."))
        names = [fold(row["label"]) for row in rows]
        doubles = {row["label"] for row in rows if names.count(fold(row["label"])) > 1}
        problems += [_("“%s” is there twice.") % name for name in sorted(doubles) if name]
        long = [row["label"] for row in rows if len(row["label"]) > NAME_LENGTH]
        problems += [_("“%s…” is too long; use up to 200 letters.") % name[:30] for name in long]
        if len(rows) > MOST_ROWS:
            problems.append(_("At most %d rows.") % MOST_ROWS)
        if self.required and not any(row["label"] and not row["is_retired"] for row in rows):
            problems.append(_("Write at least one."))
        if problems:
            raise ValidationError(problems)
        return rows

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != [row for row in data or [] if row["value"] or row["label"]]


def rearranged(data: QueryDict, command: str) -> QueryDict:
    """The same post with one row up, down or added: ``choices:up:2``, ``choices:more``."""
    name, _colon, what = command.partition(":")
    verb, _colon, number = what.partition(":")
    moved = data.copy()
    columns = {part: moved.getlist(f"{name}_{part}") for part in PARTS}
    place = int(number) if number.isdecimal() and len(number) < 6 else 0
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    for part, column in columns.items():
        if verb == "more":
            column.append("")
        elif 0 <= place < len(column) and 0 <= other < len(column):
            column[place], column[other] = column[other], column[place]
        moved.setlist(f"{name}_{part}", column)
    return moved
