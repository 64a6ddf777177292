"""Form fields of the kinds that point at other tables: vets, sitters, owners, photos."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.fields.forms import LINE_LENGTH, LineField
from pawfile.fields.registry import Field, Kind
from pawfile.profiles.models import Client
from pawfile.profiles.models.profile import Profile
from pawfile.resources.models import Territory, Vet

#: Posted instead of a vet's number when a new one is typed in beside it.
NEW = "new"


def link_fields(field: Field, *, record: Profile, by: User) -> dict[str, forms.Field]:
    """Form field name → form field; empty for kinds that point nowhere."""
    key = field.key
    match field.kind:
        case Kind.VET:
            return vet_fields(key)
        case Kind.SITTER:
            offered = sitters_for(record, field)
            return {key: forms.ModelChoiceField(offered, empty_label=_("None"))}
        case Kind.SITTERS:
            several = forms.CheckboxSelectMultiple
            return {key: forms.ModelMultipleChoiceField(sitters_for(record, field), widget=several)}
        case Kind.TERRITORY:
            empty = _("None") if field.is_custom else _("Default for zip")
            return {key: forms.ModelChoiceField(Territory.objects.all(), empty_label=empty)}
        case Kind.OWNER:
            return {key: owner_field(by)}
        case Kind.PHOTO:
            upload = forms.FileField(widget=forms.FileInput(attrs={"accept": "image/*"}))
            if field.is_custom:
                remove = forms.BooleanField(label=_("Remove the saved one"))
                has_one = record.field_value(field) is not None
                return {key: upload, f"{key}_clear": remove} if has_one else {key: upload}
            upload.label = _("Upload a photo")
            return {
                key: upload,
                f"{key}_choice": forms.CharField(max_length=20, label=_("Or select one")),
            }
    return {}


class VetChoices(ModelChoiceIterator[Vet]):
    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield from super().__iter__()
        yield NEW, _("New vet…")


class VetField(forms.ModelChoiceField[Vet]):
    """A vet, or ``NEW``. The list is read only when it is shown."""

    iterator = VetChoices
    default_error_messages = forms.ChoiceField.default_error_messages

    def to_python(self, value: Any) -> Any:
        return NEW if value == NEW else super().to_python(value)


def vet_fields(key: str) -> dict[str, forms.Field]:
    """A choice among the vets, and what to fill in for one that is not among them."""
    return {
        key: VetField(Vet.objects.all(), empty_label=_("None")),
        f"new_{key}_name": LineField(max_length=200, label=_("New vet's name")),
        f"new_{key}_phone": LineField(max_length=100, label=_("New vet's phone")),
        f"new_{key}_address": LineField(max_length=LINE_LENGTH, label=_("New vet's address")),
    }


def sitters_for(record: Profile, field: Field) -> QuerySet[User]:
    """Active sitters, and whom this very field names already though inactive by now."""
    everybody = User.objects.get_queryset()
    if record.pk is None:
        return User.objects.sitters()
    if field.kind == Kind.SITTERS:
        kept = everybody.filter(pk__in=getattr(record, field.key).values("pk"))
    else:
        kept = everybody.filter(pk=record.field_value(field))
    return User.objects.sitters() | kept


def owner_field(by: User) -> "forms.ModelChoiceField[Client]":
    return forms.ModelChoiceField(
        Client.objects.visible_to(by),
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose the owner from the list.")},
    )
