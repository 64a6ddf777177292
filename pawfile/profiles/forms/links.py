"""The rows that profiles point at: vets, sitters, territories, owners. Each list is read once for a
form, however many fields ask for it."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.fields.forms import LINE_LENGTH, LineField, refused
from pawfile.fields.policy import PolicyField
from pawfile.fields.registry import Field, Kind
from pawfile.lib.numbers import is_id
from pawfile.profiles.lists import Listed, read_lists
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import Profile
from pawfile.resources.models import Territory, Vet, vet_text

#: Posted instead of a vet's number when a new one is typed in beside it.
NEW = "new"
#: What fields of a kind choose among.
CHOSEN: dict[Kind, type[Model]] = {
    Kind.VET: Vet,
    Kind.TERRITORY: Territory,
    Kind.SITTER: User,
    Kind.SITTERS: User,
}
LISTS: dict[type[Model], str] = {Vet: "vets", Territory: "territories", User: "sitters"}
#: Part of a new vet → label and length.
NEW_VET: dict[str, tuple[Promise, int]] = {
    "name": (gettext_lazy("New vet's name"), 200),
    "phone": (gettext_lazy("New vet's phone"), 100),
    "address": (gettext_lazy("New vet's address"), LINE_LENGTH),
}
new_vet_fields = {
    part: LineField(max_length=length, required=False) for part, (_label, length) in NEW_VET.items()
}
Posted = Callable[[str], Sequence[str]]


class Links:
    """What the link fields of one form offer and take."""

    def __init__(self, record: Profile, items: Sequence[PolicyField], posted: Posted) -> None:
        self.record = record
        self.fields = [item.field for item in items if item.kind in CHOSEN]
        self.posted = posted
        self.found: dict[type[Model], Mapping[int, Any]] = {}

    # Offered

    @cached_property
    def lists(self) -> dict[str, list[Listed]]:
        """The lists that these fields choose from."""
        return read_lists(*sorted({LISTS[CHOSEN[field.kind]] for field in self.fields}))

    @cached_property
    def active(self) -> frozenset[int]:
        return frozenset(each.pk for each in self.lists["sitters"])

    @cached_property
    def sitters(self) -> list[Listed]:
        """Active sitters, and those that any field names already though inactive by now."""
        named = set[int]().union(*(self.named(field) for field in self.fields))
        if named <= self.active:
            return self.lists["sitters"]
        everybody = User.objects.get_queryset().filter(pk__in=named | self.active)
        rows = everybody.order_by("name", "pk").values_list("pk", "name", "email")
        return [Listed(*row) for row in rows]

    def named(self, field: Field) -> frozenset[int]:
        """The sitters that the field names already."""
        if field.kind == Kind.SITTERS:
            return frozenset(self.many(field.key))
        value = self.record.field_value(field) if field.kind == Kind.SITTER else None
        return frozenset() if value is None else frozenset([value])

    def many(self, key: str) -> list[int]:
        """The ids in a field of several sitters; read once, ``fetch_several`` may have done it."""
        known: dict[str, list[int]] = self.record.__dict__.setdefault("_many", {})
        if key not in known:
            is_saved = self.record.pk is not None
            known[key] = [row.pk for row in getattr(self.record, key).all()] if is_saved else []
        return known[key]

    def offered(self, field: Field) -> list[tuple[str, str]]:
        """Value and label of the rows to choose from."""
        model = CHOSEN[field.kind]
        if model is Vet:
            return [(str(row.pk), vet_text(row.name, row.second)) for row in self.lists["vets"]]
        if model is Territory:
            return [(str(row.pk), row.name) for row in self.lists["territories"]]
        fitting = self.active | self.named(field)
        return [(str(row.pk), row.name or row.second) for row in self.sitters if row.pk in fitting]

    def has_own_list(self, field: Field) -> bool:
        """Whether the field offers somebody whom not all fields of its kind offer."""
        pks = self.named(field)
        return bool(pks) and not pks <= self.active

    # Taken

    def row(self, field: Field, value: str) -> Any:
        """The row of a posted id; ``None`` if it is not on offer."""
        model = CHOSEN[field.kind]
        if model not in self.found:
            self.found[model] = self.read(model)
        row = self.found[model].get(int(value)) if is_id(value) else None
        return row if row is not None and self.takes(field, row) else None

    def takes(self, field: Field, row: Any) -> bool:
        """Whether the row can be the answer."""
        if not isinstance(row, User):
            return True
        return (row.is_sitter and row.is_active) or row.pk in self.named(field)

    def read(self, model: type[Model]) -> Mapping[int, Any]:
        """The rows of this model that any field was answered with."""
        same = [field for field in self.fields if CHOSEN[field.kind] is model]
        posted = {value.strip() for field in same for value in self.posted(field.key)}
        return model._default_manager.in_bulk([int(value) for value in posted if is_id(value)])


class RowField(forms.Field):
    """A row of those that are offered, or ``None``."""

    default_error_messages = forms.ModelChoiceField.default_error_messages

    def __init__(self, field: Field, links: Links) -> None:
        super().__init__(required=False)
        self.field, self.links = field, links

    def clean(self, value: Any) -> Any:
        if not value:
            return None
        row = self.links.row(self.field, str(value).strip())
        if row is None:
            raise refused(self, str(value))
        return row


class VetField(RowField):
    """A vet, or ``NEW``."""

    default_error_messages = forms.ChoiceField.default_error_messages

    def clean(self, value: Any) -> Any:
        return NEW if value == NEW else super().clean(value)


class RowsField(RowField):
    """Several of the rows that are offered, as a list."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = forms.ModelMultipleChoiceField.default_error_messages

    def clean(self, value: Any) -> list[Any]:
        return [super(RowsField, self).clean(each) for each in value or [] if each]


def link_fields(field: Field, *, links: Links, by: User, has_photo: bool) -> dict[str, forms.Field]:
    """Form field name → form field; empty for kinds that point nowhere."""
    key = field.key
    match field.kind:
        case Kind.VET:
            new = {f"new_{key}_{part}": made for part, made in new_vet_fields.items()}
            return {key: VetField(field, links), **new}
        case Kind.SITTER | Kind.TERRITORY:
            return {key: RowField(field, links)}
        case Kind.SITTERS:
            return {key: RowsField(field, links)}
        case Kind.OWNER:
            return {key: owner_field(by)}
        case Kind.PHOTO:
            upload = forms.FileField(required=False)
            if not field.is_custom:
                return {
                    key: upload,
                    f"{key}_choice": forms.CharField(max_length=20, required=False),
                }
            return {key: upload, **({f"{key}_clear": clear_field} if has_photo else {})}
    return {}


def owner_field(by: User) -> "forms.ModelChoiceField[Client]":
    return forms.ModelChoiceField(
        Client.objects.visible_to(by),
        required=False,
        error_messages={"invalid_choice": _("Choose the owner from the list.")},
    )


#: Takes a saved secret or photo away.
clear_field = forms.BooleanField(required=False)
