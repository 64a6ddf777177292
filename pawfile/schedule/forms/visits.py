"""Forms of a visit: several new ones at once, changing one, giving it to somebody."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.lib.numbers import is_id
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.assigning import eligible_sitters, holder_for
from pawfile.schedule.checking import Check, check_visits
from pawfile.schedule.models import AssignTo, Service, TimeBlock, Visit

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
LONGEST_NOTE = 5000


def day_field(label: Any) -> forms.DateField:
    wrong = {"invalid": gettext_lazy("Write a day, like 2027-06-30.")}
    return forms.DateField(label=label, widget=DAY, error_messages=wrong)


#: Whom the client names, and the field that says so; not every reader sees it.
NAMED = {AssignTo.PRIMARY: "primary_sitter", AssignTo.SECONDARY: "secondary_sitter"}


class AssignForm(forms.Form):
    """To whom: one list of PRIMARY, SECONDARY, ANYONE, nobody, and the sitters the client takes."""

    assign_to = forms.ChoiceField(
        label=gettext_lazy("Assign to"),
        error_messages={
            "invalid_choice": gettext_lazy("Choose somebody of the list; others cannot have it.")
        },
    )

    def __init__(self, data: Any = None, *, client: Client, by: User, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.client, self.by = client, by
        field = cast(forms.ChoiceField, self.fields["assign_to"])
        self.sitters = list(eligible_sitters(client))
        field.choices = self.choices()

    def choices(self) -> list[Any]:
        policy = policy_for(self.by, "client")
        special = [
            (each.value, f"{each.label} ({getattr(self.client, key) or _('none')})")
            if key in policy
            else (each.value, each.label)
            for each, key in NAMED.items()
        ]
        return [
            (AssignTo.NOBODY.value, AssignTo.NOBODY.label),
            (AssignTo.ANYONE.value, _("ANYONE (the first to accept)")),
            *special,
            (_("Sitters"), [(str(each.pk), str(each)) for each in self.sitters]),
        ]

    def clean(self) -> None:
        chosen = self.cleaned_data.get("assign_to", "")
        sitter = next((each for each in self.sitters if str(each.pk) == chosen), None)
        self.choice = AssignTo.SITTER if sitter or is_id(chosen) else AssignTo(chosen or "nobody")
        self.holder: User | None = None
        try:
            self.holder = holder_for(self.client, self.choice, sitter)[0]
        except ValidationError as error:
            if "assign_to" not in self.errors:
                self.add_error("assign_to", error.messages)

    @property
    def answer(self) -> dict[str, Any]:
        """As the actions take it."""
        sitter = self.holder if self.choice == AssignTo.SITTER else None
        return {"assign_to": self.choice, "sitter": sitter}


class WhenForm(forms.Form):
    """Which pets, when, and what else there is to know."""

    pets = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Pets"),
        queryset=Pet.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Choose among the active pets of this client.")
        },
    )
    visit_on = day_field(gettext_lazy("Day"))
    block = forms.ModelChoiceField(
        label=gettext_lazy("Time block"),
        queryset=TimeBlock.objects.none(),
        required=False,
        empty_label=gettext_lazy("At an exact time"),
    )
    exact_time = forms.TimeField(
        label=gettext_lazy("Exact time"),
        required=False,
        widget=CLOCK,
        help_text=gettext_lazy("Empty: any time within the block."),
        error_messages={"invalid": gettext_lazy("Write a time, like 14:30.")},
    )
    is_training = forms.BooleanField(
        label=gettext_lazy("Training visit"),
        required=False,
        help_text=gettext_lazy("A first meeting or a sitter's training. Makes nobody Active."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note to the sitter"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def offer(self, client: Client, *, kept: Iterable[Pet] = ()) -> None:
        """Choose among the client's active pets, and those that are part of it already."""
        pets = cast("forms.ModelMultipleChoiceField[Pet]", self.fields["pets"])
        known = [pet.pk for pet in kept]
        active = Pet.objects.filter(client=client, active=True) | Pet.objects.filter(pk__in=known)
        pets.queryset = active.only("name", "client_id", "active", "sort_name").order_by(
            "sort_name", "pk"
        )
        block = cast("forms.ModelChoiceField[TimeBlock]", self.fields["block"])
        block.queryset = TimeBlock.objects.all()

    def clean(self) -> None:
        has_day = self.cleaned_data.get("block") or self.cleaned_data.get("exact_time")
        if not has_day and not {"block", "exact_time"} & self.errors.keys():
            self.add_error("block", _("Choose a time block or give a time."))

    def add_errors(self, error: ValidationError) -> None:
        """What an action refused, at its field; what the form has no field for, above it."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.message_dict.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)


class NewVisitForm(WhenForm, AssignForm):
    """One visit of each ticked service."""

    services = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Services"),
        queryset=Service.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one service."),
            "invalid_choice": gettext_lazy("Choose among the services that are offered."),
        },
    )
    field_order = (
        "services", "pets", "visit_on", "block", "exact_time", "assign_to", "is_training", "note"
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, client: Client, by: User, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, client=client, by=by, initial=initial)
        self.offer(client)
        services = cast("forms.ModelMultipleChoiceField[Service]", self.fields["services"])
        services.queryset = Service.objects.offered()
        pets = cast("forms.ModelMultipleChoiceField[Pet]", self.fields["pets"])
        self.initial.setdefault("pets", list(pets.queryset or []))

    def clean(self) -> None:
        AssignForm.clean(self)
        WhenForm.clean(self)

    def check_with(self, company: SiteOptions) -> Check:
        """Prices and warnings, as far as can be said of what is typed by now."""
        given = self.cleaned_data
        if {"services", "visit_on", "block", "exact_time"} & self.errors.keys():
            return Check()
        try:
            return check_visits(
                client=self.client,
                services=given["services"],
                visit_on=given["visit_on"],
                block=given["block"],
                exact_time=given["exact_time"],
                sitter=self.holder,
                zone=company.time_zone,
            )
        except ValidationError as error:
            self.add_errors(error)
            return Check()


class ChangeVisitForm(WhenForm):
    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"), queryset=Service.objects.none(), empty_label=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("service", "visit_on", "block", "exact_time", "pets", "is_training", "note")

    def __init__(self, data: Any = None, *, visit: Visit) -> None:
        pets = list(visit.pets.all())
        keys = ("service", "visit_on", "block", "exact_time", "is_training", "note", "version")
        super().__init__(data, initial={key: getattr(visit, key) for key in keys} | {"pets": pets})
        self.visit = visit
        self.offer(visit.client, kept=pets)
        service = cast("forms.ModelChoiceField[Service]", self.fields["service"])
        offered = Service.objects.offered() | Service.objects.filter(pk=visit.service_id)
        service.queryset = offered.distinct()

    def check_with(self, company: SiteOptions) -> Check:
        """As for new ones; the sitter is the one who has it."""
        given = self.cleaned_data
        if {"service", "visit_on", "block", "exact_time"} & self.errors.keys():
            return Check()
        try:
            return check_visits(
                client=self.visit.client,
                services=[given["service"]],
                visit_on=given["visit_on"],
                block=given["block"],
                exact_time=given["exact_time"],
                sitter=self.visit.sitter,
                zone=company.time_zone,
                but=self.visit,
            )
        except ValidationError as error:
            self.add_errors(error)
            return Check()


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the office."),
    )


class CopyForm(forms.Form):
    visit_on = day_field(gettext_lazy("Day of the new visit"))
