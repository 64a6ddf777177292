"""The forms of Services & Times."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.money_field import MoneyField
from pawfile.lib.name_field import NameField, check_name
from pawfile.schedule.models import Service, TimeBlock

MINUTES = gettext_lazy("Say whole minutes, from 1 to 1440 (a whole day).")


def check_not_taken(rows: QuerySet[Any], own: Model, name: str) -> None:
    """Two things of one name could not be told apart, however it is written."""
    if rows.filter(name__iexact=name).exclude(pk=own.pk).exists():
        raise ValidationError(_("“%s” exists already; choose another name.") % name)


class ServiceForm(forms.Form):
    name = NameField(label=gettext_lazy("Name for staff"))
    client_name = forms.CharField(
        label=gettext_lazy("Name for clients"),
        help_text=gettext_lazy("Empty: clients cannot request it."),
        required=False,
        max_length=200,
        validators=[check_name],
        error_messages={
            "max_length": gettext_lazy(
                "A name has at most %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    price = MoneyField(
        help_text=gettext_lazy("For new visits. Those on the schedule keep theirs."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Expected length in minutes"),
        min_value=1,
        max_value=1440,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), MINUTES),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    blocks = forms.ModelMultipleChoiceField(
        TimeBlock.objects.none(),
        label=gettext_lazy("Offered in"),
        help_text=gettext_lazy("None: at any time of the day."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("One of these time blocks is gone; choose again."),
            "invalid_pk_value": gettext_lazy("One of these time blocks is gone; choose again."),
        },
    )
    uses_key = forms.BooleanField(label=gettext_lazy("Needs a key"), required=False)
    is_active = forms.BooleanField(
        label=gettext_lazy("Active"),
        help_text=gettext_lazy("Inactive services stay on their visits and are offered no more."),
        required=False,
    )

    def __init__(self, service: Service, data: Any = None, *, currency: str) -> None:
        columns = ("name", "client_name", "minutes", "uses_key", "is_active")
        initial = {column: getattr(service, column) for column in columns}
        if service.pk:
            initial |= {"price": service.price, "blocks": service.blocks.all()}
        super().__init__(data, initial=initial)
        self.service = service
        self.fields["price"].label = _("Price in %s") % currency
        blocks: Any = self.fields["blocks"]
        blocks.queryset = TimeBlock.objects.all()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        check_not_taken(Service.objects.all(), self.service, name)
        return name


class BlockForm(forms.Form):
    name = NameField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("As in “Morning”.")
    )
    start = forms.TimeField(label=gettext_lazy("Starts at"))
    end = forms.TimeField(
        label=gettext_lazy("Ends at"),
        help_text=gettext_lazy("For new visits. Those on the schedule keep theirs."),
    )
    is_overnight = forms.BooleanField(label=gettext_lazy("Ends on the next day"), required=False)

    def __init__(self, block: TimeBlock, data: Any = None) -> None:
        columns = ("name", "start", "end", "is_overnight")
        initial = {column: getattr(block, column) for column in columns}
        super().__init__(data, initial=initial)
        self.block = block
        for key in ("start", "end"):
            field: Any = self.fields[key]
            field.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
            wrong = _("Say a time of the day, like 7:00 or 17:30.")
            field.error_messages |= {"required": wrong, "invalid": wrong}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        check_not_taken(TimeBlock.objects.all(), self.block, name)
        return name

    def clean(self) -> None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end <= start and not self.cleaned_data.get("is_overnight"):
            message = _("The end is not after the start. Tick “Ends on the next day” if it does.")
            self.add_error("end", message)
