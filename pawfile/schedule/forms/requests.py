"""What a client fills in. Prices are no field: they are the company's."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.lib.money import format_money
from pawfile.lib.prepared import fetch
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.schedule.models import CustomPrice, Service, TimeBlock, Visit
from pawfile.schedule.prices import price_from

NO_DAY = gettext_lazy("Say a day, like 2026-03-08.")
NO_TIME = gettext_lazy("Say a time, like 9:30.")


def day_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day. What is after the year 9999 or before 1 is none."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def words_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Offered(NamedTuple):
    """What can be requested for a home by who looks: rows that passed the gate."""

    pets: list[Pet]
    services: list[Service]


def offered_to(reader: User, client: Client) -> Offered:
    return Offered(
        fetch(Pet.objects.visible_to(reader), client=client.pk),
        fetch(Service.objects.visible_to(reader)),
    )


def offer(field: Any, found: Collection[Any], *, is_bound: bool) -> None:
    """Have a choice of these rows and no others: the field would read them at each look."""
    if is_bound:
        field.queryset = field.queryset.model.objects.filter(pk__in=[row.pk for row in found])
    empty = [("", field.empty_label)] if field.empty_label is not None else []
    field.choices = [*empty, *((row.pk, field.label_from_instance(row)) for row in found)]


class BlockField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A part of the day, with its hours."""

    def __init__(self, queryset: Any) -> None:
        super().__init__(
            queryset,
            label=gettext_lazy("Time of day"),
            empty_label=gettext_lazy("Choose"),
            error_messages={
                "required": gettext_lazy("Choose a time of day."),
                "invalid_choice": gettext_lazy("Choose one of these times of day."),
            },
        )

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.start:%H:%M}–{obj.end:%H:%M}"


class ServiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A service by the name clients know, with what it costs this client today."""

    prices: Mapping[int, str]

    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(filter(None, [obj.client_name, self.prices.get(obj.pk)]))


class WhenForm(forms.Form):
    """The time of day: one of the company's blocks, or the hour where it has none."""

    def add_time(self, *, only: Collection[TimeBlock] = ()) -> None:
        """``only``: the blocks to choose from; all of them where it is empty."""
        if found := only or fetch(TimeBlock.objects.all()):
            field = self.fields["block"] = BlockField(TimeBlock.objects.none())
            offer(field, found, is_bound=self.is_bound)
        else:
            self.fields["exact_time"] = forms.TimeField(
                label=gettext_lazy("Time"),
                error_messages={"required": NO_TIME, "invalid": NO_TIME},
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )


class RequestForm(WhenForm):
    """One service for some pets on one or several days. With ``visit``: that one is changed."""

    pets = forms.ModelMultipleChoiceField(
        Pet.objects.none(),
        label=gettext_lazy("Pets"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Say which pets the visit is for."),
            "invalid_choice": gettext_lazy("Choose among your own pets."),
            "invalid_pk_value": gettext_lazy("Choose among your own pets."),
        },
    )
    service = ServiceField(
        Service.objects.none(),
        label=gettext_lazy("Service"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a service."),
            "invalid_choice": gettext_lazy("This service cannot be requested; choose another."),
        },
    )
    visit_on = day_field(gettext_lazy("Day"))
    last_on = day_field(
        gettext_lazy("Last day"),
        gettext_lazy("For several days in a row. Empty: one day."),
        required=False,
    )
    note = words_field(gettext_lazy("Note"), gettext_lazy("What the sitter should know this time."))

    def __init__(
        self,
        *,
        client: Client,
        offered: Offered,
        company: SiteOptions,
        visit: Visit | None = None,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        offer(self.fields["pets"], offered.pets, is_bound=self.is_bound)
        self.initial = opened(visit, offered.pets)
        service: Any = self.fields["service"]
        service.prices = prices_for(client, offered.services, company)
        offer(service, offered.services, is_bound=self.is_bound)
        self.add_time()
        if visit is not None:
            del self.fields["last_on"]
            if not is_note_of_home(visit):
                del self.fields["note"]
        time = "block" if "block" in self.fields else "exact_time"
        days = ["visit_on", "last_on"]
        self.order_fields(["service", "pets", *days, time, "note"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("visit_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first."))
        return cleaned

    @property
    def days(self) -> list[date]:
        """Every day from the first to the last; at most two months, more is refused anyway."""
        first: date = self.cleaned_data["visit_on"]
        last: date = self.cleaned_data.get("last_on") or first
        return [
            first + timedelta(days=number) for number in range(min((last - first).days, 62) + 1)
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What ``change_visit`` takes."""
        keys = ("pets", "service", "visit_on", "block", "exact_time", "note")
        return {key: self.cleaned_data[key] for key in keys if key in self.cleaned_data}


def is_note_of_home(visit: Visit) -> bool:
    """Whether only people of the home wrote on it: what the office adds is for the sitter."""
    at_home = visit.client.logins.all()
    others = visit.events.exclude(done_by__in=at_home).exists()
    return not others and at_home.filter(pk=visit.created_by_id or 0).exists()


def opened(visit: Visit | None, pets: list[Pet]) -> dict[str, Any]:
    """What the form shows when it is opened: all pets of the home, or what was asked for."""
    if visit is None:
        return {"pets": pets, "visit_on": timezone.localdate() + timedelta(days=1)}
    columns = ("service", "visit_on", "block", "exact_time", "note")
    return {"pets": visit.pets.all(), **{key: getattr(visit, key) for key in columns}}


def prices_for(client: Client, services: list[Service], company: SiteOptions) -> dict[int, str]:
    """Service → what it costs this client today, in words; nothing for what is free. One query."""
    own = defaultdict(list)
    for row in fetch(CustomPrice.objects.all(), client=client.pk):
        own[row.service_id].append(row)
    today = timezone.localdate()
    found = {}
    for service in services:
        price = price_from(own[service.pk], client=client, service=service, on=today).amount
        found[service.pk] = format_money(price, company.currency) if price else ""
    return found


class ChangeForm(WhenForm):
    """Another day or time for a planned visit, or anything else in words."""

    visit_on = day_field(gettext_lazy("Day"))
    words = words_field(
        gettext_lazy("Anything else"),
        gettext_lazy("Other pets, another service: tell us in your own words."),
    )

    def __init__(self, *, visit: Visit, data: Any = None) -> None:
        columns = ("visit_on", "block", "exact_time")
        super().__init__(data, initial={key: getattr(visit, key) for key in columns})
        self.add_time(only=blocks_for(visit))
        self.order_fields(["visit_on", "block", "exact_time", "words"])


def blocks_for(visit: Visit) -> list[TimeBlock]:
    """Those its service is offered in and its own; nothing if the service names none."""
    offered = list(visit.service.blocks.all())
    if offered and visit.block and visit.block not in offered:
        return [visit.block, *offered]
    return offered


class CancelForm(forms.Form):
    words = words_field(gettext_lazy("Reason"), gettext_lazy("You can leave this empty."))


class AnswerForm(forms.Form):
    """The office's answer, a button each, with words to it if there are any."""

    answer = forms.ChoiceField(
        choices=[("approve", gettext_lazy("Approve")), ("decline", gettext_lazy("Decline"))],
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], gettext_lazy("Choose one of the two answers.")
        ),
    )
    reply = words_field(
        gettext_lazy("Your words to the client"),
        gettext_lazy("You can leave this empty. They are read in My Schedule, not in the mail."),
    )

    @property
    def is_approved(self) -> bool:
        return bool(self.cleaned_data["answer"] == "approve")


class TimeOffForm(forms.Form):
    first_on = day_field(gettext_lazy("First day"))
    last_on = day_field(gettext_lazy("Last day"), gettext_lazy("Empty: one day."), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first."))
        if first and (last or first) < timezone.localdate():
            self.add_error("last_on" if last else "first_on", _("These days are over."))
        return cleaned
