"""The form of a client or pet: made for one reader from the catalogue and that reader's policy."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.forms import DATE_PARTS, date_part_fields, plain_field
from pawfile.fields.policy import Policy, PolicyField, policy_for
from pawfile.fields.registry import Kind
from pawfile.fields.values import is_answer
from pawfile.lib.columns import can_open
from pawfile.lib.dates import PartialDate, PartialDateError
from pawfile.lib.phones import is_possible
from pawfile.lib.pictures import PictureError, check_picture
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import NewVet
from pawfile.profiles.forms.links import NEW, Links, clear_field, link_fields
from pawfile.profiles.forms.shown import (
    SEVERAL,
    STORED,
    FormItem,
    FormSection,
    input_names,
    saved_texts,
)
from pawfile.profiles.models.profile import Profile


class ProfileForm(forms.Form):
    """Only fields the policy lets this person edit are on it; anything else posted is ignored.

    A field that is not in the post at all stays as it is. After ``is_valid``, ``values`` is what
    the actions take and ``warnings`` what the person should hear although it will be saved.
    With ``only`` it asks these fields alone; the others are neither taken nor missed.
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
        only: Collection[str] | None = None,
    ) -> None:
        self.record, self.by, self.company = record, by, company
        self.policy: Policy = policy_for(by, record.subject.key)
        self.asked = [item for item in self.policy.editable if only is None or item.key in only]
        self.values: dict[str, Any] = {}
        self.warnings: list[str] = []
        super().__init__(data, files, initial={"version": record.version})
        self.links = Links(record, self.asked, self.posted_texts)
        self.inputs = {
            item.key: input_names(item, is_stored=self.is_stored(item)) for item in self.asked
        }
        if self.is_bound:
            for item in self.asked:
                self.fields.update(self.make_fields(item))

    # What is asked

    def make_fields(self, item: PolicyField) -> dict[str, forms.Field]:
        """Form field name → form field, for one catalogue field. They clean what was sent; how
        the page looks, the tags in ``form_items`` know."""
        if item.kind == Kind.PARTIAL_DATE:
            parts = date_part_fields()
            return {f"{item.key}_{part}": parts[part] for part in DATE_PARTS}
        has_photo = item.kind == Kind.PHOTO and self.is_stored(item)
        links = link_fields(item.field, links=self.links, by=self.by, has_photo=has_photo)
        if links:
            return links
        made = {item.key: self.plain(item)}
        if item.kind == Kind.SECRET and self.is_stored(item):
            made[f"{item.key}_clear"] = clear_field
        return made

    def plain(self, item: PolicyField) -> forms.Field:
        is_choice = item.kind in (Kind.CHOICE, Kind.CHOICES)
        offered = [value for value, _label in self.choices_of(item)] if is_choice else ()
        made = plain_field(item, offered=offered)
        if made is None:
            raise TypeError(f"There is no form field for {item.kind}.")
        return made

    def choices_of(self, item: PolicyField) -> tuple[tuple[str, Any], ...]:
        """The choices on offer. A retired one only to those who have it; one answer that is no
        choice any more may stay."""
        field = item.field
        if not field.retired and item.kind != Kind.CHOICE:
            return field.choices
        has = self.record.field_value(field)
        chosen = has if isinstance(has, list) else [has]
        left = field.choices
        if field.retired:
            left = tuple(e for e in left if e[0] not in field.retired or e[0] in chosen)
        return self.with_old(item, left)

    def with_old(
        self, item: PolicyField, choices: tuple[tuple[str, Any], ...]
    ) -> tuple[tuple[str, Any], ...]:
        """The choices and the present answer, if it is none of them."""
        has = self.record.field_value(item.field) if item.kind == Kind.CHOICE else ""
        if not has or any(value == has for value, _label in choices):
            return choices
        return (*choices, (has, has))

    def is_stored(self, item: PolicyField) -> bool:
        """Whether there is an answer that the form does not show."""
        if item.kind not in STORED:
            return False
        if item.field.is_custom:
            return item.key in self.record.custom
        return bool(self.record.field_value(item.field))

    def posted_texts(self, name: str) -> list[str]:
        """Everything that was sent under this name."""
        if hasattr(self.data, "getlist"):
            return list(self.data.getlist(name))
        found = self.data.get(name) or []
        return [found] if isinstance(found, str) else list(found)

    @property
    def form_sections(self) -> list[FormSection]:
        """The form in the order of the catalogue, for the page."""
        found = [
            FormSection(
                section.key,
                section.label,
                [self.form_item(item) for item in section.fields if item.key in self.inputs],
            )
            for section in self.policy.sections
        ]
        return [section for section in found if section.items]

    def form_item(self, item: PolicyField) -> FormItem:
        names, is_stored = self.inputs[item.key], self.is_stored(item)
        if not self.is_bound:
            if item.kind == Kind.SITTERS:
                values: Sequence[Any] = [[str(pk) for pk in self.links.many(item.key)]]
            else:
                values = saved_texts(self.record, item, names)
            return FormItem(item, names, values, is_stored)
        values = [self.sent(item, name) for name in names]
        errors = {name: list(map(str, self.errors[name])) for name in names if name in self.errors}
        return FormItem(item, names, values, is_stored, errors)

    def sent(self, item: PolicyField, name: str) -> Any:
        """What was sent for one input; of a photo the file."""
        if item.kind in SEVERAL:
            return self.posted_texts(name)
        if item.kind == Kind.PHOTO and name == item.key:
            return self.files.get(name) or ""
        return self.data.get(name) or ""

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(id to jump to, label, message) of every error, for the box on top of the form."""
        if not self.is_bound:
            return []
        general = [*self.non_field_errors(), *self.errors.get("version", [])]
        found = [("", "", str(message)) for message in general]
        for item in self.asked:
            found += [
                (f"id_{name}", str(item.label), str(message))
                for name in self.inputs[item.key]
                for message in self.errors.get(name, [])
            ]
        return found

    # What is answered

    def was_posted(self, name: str) -> bool:
        """Whether the field was sent at all. Check boxes send nothing when none is ticked, so the
        page sends ``<name>_shown`` with them."""
        return name in self.data or name in self.files or f"{name}_shown" in self.data

    def clean(self) -> dict[str, Any]:
        for item in self.asked:
            if any(self.was_posted(name) for name in self.inputs[item.key]):
                self.take(item)
        for item in self.asked:
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
        """A new secret, none, or the saved one as it is. One that cannot be opened for want of its
        key stays: it may be the only one there is."""
        is_touched = self.cleaned_data.get(f"{key}_clear") or self.cleaned_data[key].strip()
        if is_touched and not can_open(self.record.field_value(self.policy.fields[key].field)):
            self.add_error(
                key,
                _(
                    "The saved code cannot be opened now: the vault’s key is missing. It stays as "
                    "it is. Tell whoever runs the server."
                ),
            )
        elif self.cleaned_data.get(f"{key}_clear"):
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
