"""The form of a client or pet: made for one reader from the catalogue and that reader's policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.forms import date_part_fields, plain_field
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind, Label
from pawfile.fields.values import is_answer
from pawfile.lib.dates import PartialDate, PartialDateError
from pawfile.lib.phones import is_possible
from pawfile.lib.pictures import PictureError, check_picture
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import NewVet
from pawfile.profiles.forms.links import NEW, link_fields
from pawfile.profiles.models.profile import Profile

DATE_PARTS = ("year", "month", "day")


@dataclass(frozen=True, slots=True)
class FormItem:
    """One catalogue field on the form, with the form fields that ask for it."""

    field: PolicyField
    inputs: list[forms.BoundField]
    is_stored_secret: bool = False

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def input(self) -> forms.BoundField:
        return self.inputs[0]

    @property
    def errors(self) -> list[str]:
        return [str(message) for bound in self.inputs for message in bound.errors]


@dataclass(frozen=True, slots=True)
class FormSection:
    key: str
    label: Label
    items: list[FormItem] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(
            1
            for item in self.items
            if item.is_stored_secret or item.input.value() not in (None, "", [])
        )

    @property
    def has_errors(self) -> bool:
        return any(item.errors for item in self.items)


class ProfileForm(forms.Form):
    """Only fields the policy lets this person edit are on it; anything else posted is ignored.

    A field that is not in the post at all stays as it is. After ``is_valid``, ``values`` is what
    the actions take and ``warnings`` what the person should hear although it will be saved.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *,
        record: Profile,
        by: User,
        company: SiteOptions,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, Any] | None" = None,
    ) -> None:
        self.record, self.by, self.company = record, by, company
        self.policy: Policy = policy_for(by, record.subject.key)
        self.values: dict[str, Any] = {}
        self.warnings: list[str] = []
        super().__init__(data, files, initial={"version": record.version})
        self.inputs: dict[str, list[str]] = {}
        for item in self.policy.editable:
            made = self.make_fields(item)
            self.inputs[item.key] = list(made)
            for name, made_field in made.items():
                made_field.required = False
                made_field.label = made_field.label or str(item.label)
                if name == self.inputs[item.key][0]:
                    made_field.help_text = str(item.help)
                self.fields[name] = made_field
            if not self.is_bound:
                self.initial.update(self.start_values(item))

    # What is asked

    def make_fields(self, item: PolicyField) -> dict[str, forms.Field]:
        """Form field name → form field, for one catalogue field."""
        if item.kind == Kind.PARTIAL_DATE:
            parts = date_part_fields()
            return {f"{item.key}_{part}": parts[part] for part in DATE_PARTS}
        links = link_fields(item.field, record=self.record, by=self.by)
        if links:
            return links
        made = {item.key: self.plain(item)}
        if item.kind == Kind.SECRET and self.record.field_value(item.field):
            made[f"{item.key}_clear"] = forms.BooleanField(label=_("Remove the saved one"))
        return made

    def plain(self, item: PolicyField) -> forms.Field:
        is_column = item.kind != Kind.TAGS and not item.field.is_custom
        column = self.record._meta.get_field(item.key) if is_column else None
        made = plain_field(
            item,
            choices=self.choices_of(item),
            current="" if item.kind == Kind.TAGS else self.record.field_value(item.field),
            is_nullable=item.field.is_custom or bool(getattr(column, "null", False)),
        )
        if made is None:
            raise TypeError(f"There is no form field for {item.kind}.")
        return made

    def choices_of(self, item: PolicyField) -> list[tuple[str, Any]]:
        """The choices on offer; a retired one only to those who have it."""
        field = item.field
        if not field.retired:
            return list(field.choices)
        has = self.record.field_value(field)
        chosen = has if isinstance(has, list) else [has]
        return [each for each in field.choices if each[0] not in field.retired or each[0] in chosen]

    def start_values(self, item: PolicyField) -> dict[str, Any]:
        """What the form fields of one catalogue field say before anybody types."""
        key, record = item.key, self.record
        match item.kind:
            case Kind.SECRET:
                return {}
            case Kind.PARTIAL_DATE:
                return {f"{key}_{part}": getattr(record, f"{key}_{part}") for part in DATE_PARTS}
            case Kind.TAGS:
                return {key: record.field_text(key) if record.pk else ""}
            case Kind.SITTERS:
                return {key: list(getattr(record, key).all()) if record.pk else []}
            case Kind.EMAILS:
                return {key: ", ".join(record.field_value(item.field))}
            case Kind.PHOTO:
                return {f"{key}_choice": record.field_value(item.field) or ""}
        return {key: record.field_value(item.field)}

    @property
    def form_sections(self) -> list[FormSection]:
        """The form in the order of the catalogue, for the page."""
        sections = []
        for section in self.policy.sections:
            items = [
                FormItem(
                    item,
                    [self[name] for name in self.inputs[item.key]],
                    item.kind == Kind.SECRET and bool(self.record.field_value(item.field)),
                )
                for item in section.fields
                if item.is_editable
            ]
            if items:
                sections.append(FormSection(section.key, section.label, items))
        return sections

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(id to jump to, label, message) of every error, for the box on top of the form."""
        general = [*self.non_field_errors(), *self.errors.get("version", [])]
        found = [("", "", str(message)) for message in general]
        for section in self.form_sections:
            for item in section.items:
                found += [
                    (bound.auto_id, str(item.field.label), str(message))
                    for bound in item.inputs
                    for message in bound.errors
                ]
        return found

    # What is answered

    def was_posted(self, name: str) -> bool:
        """Whether the field was sent at all. Check boxes send nothing when none is ticked, so the
        page sends ``<name>_shown`` with them."""
        return name in self.data or name in self.files or f"{name}_shown" in self.data

    def clean(self) -> dict[str, Any]:
        for item in self.policy.editable:
            if any(self.was_posted(name) for name in self.inputs[item.key]):
                self.take(item)
        for item in self.policy.editable:
            if not self.applies(item):
                self.values.pop(item.key, None)
            elif self.is_owed(item) and self.is_blank(item) and not self.has_error_on(item):
                self.add_error(self.inputs[item.key][0], _("Fill this in."))
        return self.cleaned_data

    def take(self, item: PolicyField) -> None:
        """Put the cleaned answer of one catalogue field into ``values``."""
        key, cleaned = item.key, self.cleaned_data
        own_ways = {
            Kind.PARTIAL_DATE: self.take_date,
            Kind.PHOTO: self.take_upload,
            Kind.SECRET: self.take_secret,
            Kind.VET: self.take_vet,
            Kind.YES_NO: self.take_yes_no,
        }
        if item.kind in own_ways and (key in cleaned or item.kind == Kind.PARTIAL_DATE):
            own_ways[item.kind](key)
        elif key in cleaned:  # else it has an error of its own
            is_rows = item.kind == Kind.SITTERS
            self.values[key] = list(cleaned[key]) if is_rows else cleaned[key]
            if item.kind == Kind.PHONE and cleaned[key]:
                self.look_at_phone(item, cleaned[key])

    def take_secret(self, key: str) -> None:
        """A new secret, none, or the saved one as it is."""
        if self.cleaned_data.get(f"{key}_clear"):
            self.values[key] = ""
        elif self.cleaned_data[key].strip():
            self.values[key] = self.cleaned_data[key]

    def take_date(self, key: str) -> None:
        typed = {part: self.cleaned_data.get(f"{key}_{part}") or None for part in DATE_PARTS}
        try:
            today = timezone.localdate()
            self.values[key] = PartialDate.parse_parts(*typed.values(), today=today)
        except PartialDateError as problem:
            self.add_error(f"{key}_{problem.part}", str(problem))

    def take_upload(self, key: str) -> None:
        """The photo of one of the company's own fields: another one, none, or as it is."""
        upload = self.cleaned_data.get(key)
        if upload:
            try:
                check_picture(upload, upload.name)
            except PictureError as problem:
                self.add_error(key, str(problem))
            else:
                self.values[key] = upload
        elif self.cleaned_data.get(f"{key}_clear"):
            self.values[key] = None

    def take_vet(self, key: str) -> None:
        chosen = self.cleaned_data[key]
        if chosen != NEW:
            self.values[key] = chosen
            return
        name, phone, address = (
            (self.cleaned_data.get(f"new_{key}_{part}") or "").strip()
            for part in ("name", "phone", "address")
        )
        if name:
            self.values[key] = NewVet(name, phone, address)
        else:
            self.add_error(f"new_{key}_name", _("Say the new vet's name."))

    def take_yes_no(self, key: str) -> None:
        """A column that must be yes or no keeps its value when nothing was said."""
        answer = self.cleaned_data[key]
        is_custom = key not in self.record.subject.fields
        column = None if is_custom else self.record._meta.get_field(key)
        if answer is not None or is_custom or getattr(column, "null", False):
            self.values[key] = answer

    def look_at_phone(self, item: PolicyField, typed: str) -> None:
        if not is_possible(typed, self.company.phone_region):
            warning = _("{label}: “{typed}” is no whole phone number. It was saved as typed.")
            self.warnings.append(warning.format(label=item.label, typed=typed))

    def answer(self, key: str) -> Any:
        """What the field will be after saving: the answer, or what it is now."""
        if key in self.values:
            return self.values[key]
        if key in self.record.subject.fields:
            return getattr(self.record, key, None)
        return self.record.custom.get(key)

    def applies(self, item: PolicyField) -> bool:
        """Whether the field is there at all, given the other answers and the animal."""
        condition = item.field.shown_when
        if condition is not None and self.answer(condition.key) != condition.value:
            return False
        return item.is_for(self.animal)

    @property
    def animal(self) -> str | None:
        """The kind of animal that decides which fields there are; clients have none."""
        return None

    def is_blank(self, item: PolicyField) -> bool:
        if item.key in self.values:
            return not is_answer(self.values[item.key])
        return self.record._state.adding or not self.record.has_value(item.field)

    def is_owed(self, item: PolicyField) -> bool:
        """Whether the field must be filled in: required, or a choice that has no "none"."""
        if item.is_required or item.kind != Kind.CHOICE or item.field.is_custom:
            return item.is_required
        column: Any = self.record._meta.get_field(item.key)
        return item.key in self.values and not column.blank

    def has_error_on(self, item: PolicyField) -> bool:
        return any(name in self.errors for name in self.inputs[item.key])
