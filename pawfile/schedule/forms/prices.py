"""The form of a client's own price."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.lib.money_field import MoneyField
from pawfile.profiles.models import Client
from pawfile.schedule.models import Service
from pawfile.schedule.prices import has_visits, repriced_by

CHOOSE = gettext_lazy("Choose a service.")
DAY = gettext_lazy("Say a day of the calendar, like 2026-06-05.")


class CustomPriceForm(forms.Form):
    """A price that would change visits asks once whether it is meant; see ``count``."""

    service = forms.ModelChoiceField(
        Service.objects.none(),
        label=gettext_lazy("Service"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), CHOOSE),
    )
    price = MoneyField(
        required=False,
        help_text=gettext_lazy("Empty: the service's own price again."),
    )
    effective_on = forms.DateField(
        label=gettext_lazy("Effective date"),
        help_text=gettext_lazy(
            "Scheduled visits on this day and later get the new price; completed and canceled ones "
            "never change. Empty: all scheduled visits."
        ),
        required=False,
        error_messages={"invalid": DAY},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(
        self, client: Client, data: Any = None, *, today: date, currency: str, service: str = ""
    ) -> None:
        super().__init__(data, initial={"effective_on": today, "service": service})
        self.client = client
        self.fields["price"].label = _("Price in %s") % currency
        services: Any = self.fields["service"]
        has_price = Q(pk__in=client.custom_prices.values("service"))
        services.queryset = Service.objects.filter(Q(is_active=True) | has_price)
        services.empty_label = _("Choose a service")
        #: How many visits would get another price; None while nothing needs asking.
        self.count: int | None = None
        if not has_visits(client):
            del self.fields["effective_on"]

    def clean(self) -> None:
        if self.errors:
            return
        count = repriced_by(client=self.client, **self.values).count()
        if count and self.data.get("seen") != str(count):
            self.count = count

    @property
    def values(self) -> dict[str, Any]:
        keys = ("service", "price", "effective_on")
        return {key: self.cleaned_data.get(key) for key in keys}
