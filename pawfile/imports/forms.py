"""Uploading files to import, and saying what their columns are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.imports.asked import DROPPED
from pawfile.imports.choices import day_choice
from pawfile.imports.layout import MappingError
from pawfile.imports.models import ImportJob, SavedMapping
from pawfile.imports.new_fields import check_new, new_columns, new_targets
from pawfile.imports.proposals import (
    DAY_ORDERS,
    EXTRA,
    entries_of,
    label_of,
    new_choices,
    new_of,
    run_of,
    sheets_of,
    target_groups,
)
from pawfile.imports.surroundings import surroundings
from pawfile.imports.targets import targets
from pawfile.profiles.forms.files import FilesInput

MOST_FILES = 10


class UploadsField(forms.Field):
    widget = FilesInput

    def clean(self, value: Any) -> list[UploadedFile[Any]]:
        files = [file for file in (value if isinstance(value, list) else [value]) if file]
        if not files:
            raise ValidationError(_("Choose a file: CSV, XLSX, ODS, XML or vCard."))
        if len(files) > MOST_FILES:
            words = _("Choose at most %(most)d files at once; these are %(count)d.")
            raise ValidationError(words % {"most": MOST_FILES, "count": len(files)})
        return files


class UploadForm(forms.Form):
    files_to_import = UploadsField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "CSV, XLSX, ODS, Excel XML or vCard. Files that belong together, such as clients and "
            "pets, go in one import."
        ),
    )


class ColumnsForm(forms.Form):
    """A choice per column, named ``c<table>-<column>``, and for days ``d<table>-<column>``.

    The fields are no Django fields: hundreds of lists with hundreds of options would take seconds
    to draw.
    """

    save_as = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Save this mapping as"),
        help_text=gettext_lazy(
            "A name, such as that of the other program. Later files with these headings are then "
            "offered the mapping. Empty: it is for this import alone."
        ),
    )
    replace = forms.BooleanField(required=False, label=gettext_lazy("Replace the one of that name"))

    def __init__(self, *args: Any, job: ImportJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        around = surroundings()
        self.columns = targets(around)
        self.groups = target_groups(self.columns)
        self.columns |= new_columns(self._could_be_new(), around)
        self.is_taken = False

    def _could_be_new(self) -> Iterator[tuple[str, str]]:
        """(heading, target) of each field that could be made for a column."""
        for sheet in self.job.sheets:
            for column in sheet["columns"]:
                for every in new_targets(column["heading"]).values():
                    yield from ((column["heading"], target) for target in every)

    def clean_save_as(self) -> str:
        name = " ".join(self.cleaned_data["save_as"].split())
        known = SavedMapping.objects.filter(name__iexact=name).first() if name else None
        if known is None:
            return name
        self.is_taken = True
        if not self.data.get("replace"):
            words = _("There is a mapping “%s” already. Choose another name, or replace it.")
            raise ValidationError(words % known)
        return known.name

    def clean(self) -> dict[str, Any]:
        known = {EXTRA, DROPPED} | {target for _group, found in self.groups for target, _l in found}
        values, choices = {}, dict(self.job.choices)
        for number, sheet in enumerate(self.job.sheets):
            for index, column in enumerate(sheet["columns"]):
                value = self.data.get(f"c{number}-{index}", column["value"])
                own = [each for every in new_targets(column["heading"]).values() for each in every]
                if value not in (*own, column["auto"], column["value"]) and value not in known:
                    words = _("%s: choose one of the list.")
                    raise ValidationError(words % column["heading"])
                values[number, index] = value
                order = self.data.get(f"d{number}-{index}", column["days"])
                if order in DAY_ORDERS:
                    choices[day_choice(sheet["title"], column["heading"])] = order
        choices = {key: answer for key, answer in choices.items() if answer}
        mapped = entries_of(self.job.sheets, values)
        sheets = self._laid_out(mapped, choices)
        check_new(new_of(sheets))
        self._refuse_idle(values, sheets)
        save_as = self.cleaned_data.get("save_as", "")
        return {"mapped": mapped, "choices": choices, "sheets": sheets, "save_as": save_as}

    def _refuse_idle(self, values: Mapping[tuple[int, int], str], sheets: Sequence[Any]) -> None:
        """What a person chose and the table cannot fill: pets' fields without pets' names, clients'
        fields in a table of pets or keys, and what another column fills."""
        for (number, index), value in values.items():
            column = sheets[number]["columns"][index]
            if column["value"] != value and value not in (EXTRA, DROPPED):
                self._refuse_second(values, number, index)
            if value not in (column["auto"], column["value"], EXTRA):
                words = _("%(heading)s: rows of this table cannot fill %(field)s.")
                said = {"heading": column["heading"], "field": label_of(value, self.columns)}
                raise ValidationError(words % said)

    def _refuse_second(
        self, values: Mapping[tuple[int, int], str], number: int, index: int
    ) -> None:
        columns = self.job.sheets[number]["columns"]
        for place, column in enumerate(columns):
            if place != index and values[number, place] == values[number, index]:
                words = _("“%(one)s” and “%(other)s” would both fill %(field)s. Choose another.")
                label = label_of(values[number, index], self.columns)
                said = {"one": columns[index]["heading"], "other": column["heading"]}
                raise ValidationError(words % (said | {"field": label}))

    def _laid_out(self, mapped: dict[str, list[str]], choices: dict[str, str]) -> list[Any]:
        """The tables as they are with these choices."""
        files = list(self.job.files.all())
        try:
            run = run_of(files, mapped=mapped, choices=choices, lenient=True)
        except MappingError as refusal:
            raise ValidationError(str(refusal)) from refusal
        sheets = sheets_of(run, files, choices)
        for old, new in zip(self.job.sheets, sheets, strict=True):
            for before, column in zip(old["columns"], new["columns"], strict=True):
                column["auto"] = before["auto"]
        if all(sheet["missing"] or sheet["kind"] == "vets" for sheet in sheets):
            missing = [sheet["missing"] for sheet in sheets if sheet["missing"]]
            if missing:
                raise ValidationError(missing[0])
        return sheets

    def tables(self) -> list[dict[str, Any]]:
        """For the page: what is chosen, or what was sent."""
        return [
            sheet | {"columns": [
                self._shown(column, number, index) for index, column in enumerate(sheet["columns"])
            ]}
            for number, sheet in enumerate(self.job.sheets)
        ]  # fmt: skip

    def _shown(self, column: dict[str, Any], number: int, index: int) -> dict[str, Any]:
        name = f"c{number}-{index}"
        value = self.data.get(name, column["value"])
        words = {EXTRA: _("Keep as imported extra"), DROPPED: _("Leave out")}
        try:
            label = words.get(value) or label_of(value, self.columns)
        except LookupError:
            value, label = column["value"], column["label"]
        auto = cast(str, column["auto"])
        return column | {
            "name": name,
            "days_name": f"d{number}-{index}",
            "value": value,
            "chosen": label,
            "new": new_choices(column),
            "auto_label": "" if auto in words else label_of(auto, self.columns),
        }


class UseMappingForm(forms.Form):
    mapping = forms.ModelChoiceField(SavedMapping.objects.none())

    def __init__(self, *args: Any, mappings: QuerySet[SavedMapping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["mapping"]).queryset = mappings
