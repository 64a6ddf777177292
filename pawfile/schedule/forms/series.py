"""Forms of a series that is there: changing its visits, ending it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.schedule.checking import Check, check_visits
from pawfile.schedule.forms.repeat import RepeatForm
from pawfile.schedule.forms.visits import AssignForm, WhenForm, day_field
from pawfile.schedule.models import Series, Service, Visit


class ChangeSeriesForm(WhenForm, AssignForm):
    """Several visits at once, as the one of them is that the form was opened from.

    ``series`` and ``version`` tell whether that one was changed since.
    """

    service = forms.ModelChoiceField(
        label=gettext_lazy("Service"), queryset=Service.objects.none(), empty_label=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    series = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("service", "block", "exact_time", "assign_to", "pets", "is_training", "note")

    def __init__(self, data: Any = None, *, visit: Visit, series: Series, by: User) -> None:
        pets = list(visit.pets.all())
        keys = ("service", "block", "exact_time", "is_training", "note", "version")
        initial = {key: getattr(visit, key) for key in keys}
        initial |= {"pets": pets, "series": series.pk}
        initial["assign_to"] = str(series.sitter_id or series.assign_to)
        super().__init__(data, client=visit.client, by=by, initial=initial)
        # Each visit keeps its day; the days of all are the rule's.
        del self.fields["visit_on"]
        self.visit = visit
        self.offer(visit.client, kept=pets)
        service = cast("forms.ModelChoiceField[Service]", self.fields["service"])
        offered = Service.objects.offered() | Service.objects.filter(pk=visit.service_id)
        service.queryset = offered.distinct()

    def clean(self) -> None:
        AssignForm.clean(self)
        WhenForm.clean(self)

    @property
    def is_stale(self) -> bool:
        """Others changed the series: the visit is part of another one by now."""
        return self.cleaned_data["series"] not in (None, self.visit.series_id)

    def values(self, repeat_form: RepeatForm) -> dict[str, Any]:
        """As ``change_series`` takes them; who has the visits only if it was chosen anew."""
        keys = ("service", "block", "exact_time", "pets", "is_training", "note")
        day = self.visit.series_on or self.visit.visit_on
        return {
            **{key: self.cleaned_data[key] for key in keys},
            "repeat": repeat_form.repeat_from(day),
            "until_on": repeat_form.cleaned_data["until_on"],
            **(self.answer if "assign_to" in self.changed_data else {}),
        }

    def check_with(self, company: SiteOptions) -> Check:
        """What speaks against the visit the form was opened from; the others are too many."""
        given = self.cleaned_data
        try:
            return check_visits(
                client=self.client,
                services=[given["service"]],
                visit_on=self.visit.visit_on,
                block=given["block"],
                exact_time=given["exact_time"],
                sitter=self.holder,
                zone=company.time_zone,
                but=self.visit,
            )
        except ValidationError as error:
            self.add_errors(error)
            return Check()


class CancelSeriesForm(forms.Form):
    from_on = day_field(gettext_lazy("From this day on"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stands on each canceled visit, for the office."),
    )
