from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.access.models import Key, KeyLocation, KeyPlace, Spot
from pawfile.access.models.key import fold_code
from pawfile.accounts.models import User
from pawfile.lib.lines import refuse_breaks
from pawfile.lib.long_select import LongSelect
from pawfile.lib.name_field import NameField
from pawfile.lib.wordings import WordsForm
from pawfile.profiles.models import Client
from pawfile.schedule.assigning import eligible_sitters


class SpotField(forms.ChoiceField):
    """Where a key is or goes: the office, the client, a place, one of these sitters."""

    def __init__(self, **more: Any) -> None:
        self.spots: dict[str, Spot] = {}
        messages = {
            "required": gettext_lazy("Choose where."),
            "invalid_choice": gettext_lazy("That is no place for this key. Choose another one."),
        }
        super().__init__(error_messages=messages, widget=LongSelect, **more)

    def clean(self, value: Any) -> Any:
        return self.spots[super().clean(value)]

    def offer(self, locations: Iterable[KeyLocation], sitters: Iterable[User]) -> None:
        places = {KeyPlace.OFFICE.value: Spot(KeyPlace.OFFICE)}
        places |= {
            f"location-{each.pk}": Spot(KeyPlace.LOCATION, location=each) for each in locations
        }
        places[KeyPlace.CLIENT.value] = Spot(KeyPlace.CLIENT)
        people = {f"sitter-{each.pk}": Spot(KeyPlace.SITTER, sitter=each) for each in sitters}
        self.spots = places | people
        groups: list[Any] = [("", _("Choose"))]
        groups += [(value, str(spot)) for value, spot in places.items()]
        if people:
            groups.append((_("Sitters"), [(value, str(spot)) for value, spot in people.items()]))
        self.choices = groups


class CodeField(NameField):
    def __init__(self, **more: Any) -> None:
        super().__init__(label=gettext_lazy("Key code"), max_length=50, **more)
        self.error_messages |= {
            "required": gettext_lazy("Type the key code."),
            "max_length": gettext_lazy(
                "A key code has at most %(limit_value)d characters; this one has %(show_value)d."
            ),
        }

    def clean(self, value: Any) -> Any:
        code = super().clean(value)
        if code and not fold_code(code):
            raise ValidationError(_("Write something that can be seen."))
        return code


def note() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        validators=[refuse_breaks],
        help_text=gettext_lazy("Like “front door” or “garage, blue tag”. For staff only."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def due_on() -> forms.DateField:
    return forms.DateField(
        label=gettext_lazy("Back by"),
        required=False,
        help_text=gettext_lazy("Empty: no day is agreed."),
        error_messages={"invalid": gettext_lazy("Write a day like 2026-03-08.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ToldForm(forms.Form):
    """A form to which an action's sentences can be added."""

    def add_errors(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


class NewKeyForm(WordsForm, ToldForm):
    wording = "note"

    code = CodeField(
        help_text=gettext_lazy("What stands on the label, like K-17. It says nothing of the home."),
    )
    at = SpotField(label=gettext_lazy("Where it is now"))
    note = note()

    def __init__(self, client: Client, data: Any = None) -> None:
        super().__init__(data, initial={"at": KeyPlace.OFFICE.value})
        cast("SpotField", self.fields["at"]).offer(
            KeyLocation.objects.filter(is_active=True), eligible_sitters(client)
        )


class KeyForm(WordsForm, ToldForm):
    wording = "note"

    code = CodeField()
    note = note()
    due_on = due_on()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, key: Key, data: Any = None) -> None:
        names = ("code", "note", "due_on", "version")
        super().__init__(data, initial={name: getattr(key, name) for name in names})


class HandOverForm(ToldForm):
    """To whom a key goes. A sitter gives it to the office, a place or the client."""

    to = SpotField(label=gettext_lazy("To"))
    due_on = due_on()

    def __init__(self, key: Key, by: User, data: Any = None) -> None:
        super().__init__(data)
        to = cast("SpotField", self.fields["to"])
        sitters = eligible_sitters(key.client) if by.is_office else []
        to.offer(KeyLocation.objects.filter(is_active=True), sitters)
        if not by.is_office:
            del self.fields["due_on"]

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("That day is over. Choose today or a later one."))
        return day


class LocationForm(ToldForm):
    name = NameField(label=gettext_lazy("Name"))
    is_active = forms.BooleanField(
        label=gettext_lazy("Active"),
        required=False,
        initial=True,
        help_text=gettext_lazy("An inactive place keeps its keys and is offered no more."),
    )
