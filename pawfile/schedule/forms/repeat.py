"""How often a visit comes again, as the form of a visit asks it. The day itself is that form's."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.schedule.forms.visits import WhenForm
from pawfile.schedule.models import Series
from pawfile.schedule.recurrence import MOST_WEEKS, Every, Repeat

REPEATS = [
    ("", gettext_lazy("Does not repeat")),
    (Every.DAY.value, gettext_lazy("Every day")),
    (Every.WEEK.value, gettext_lazy("On days of the week")),
    (Every.MONTH.value, gettext_lazy("Every month")),
]
#: A week on paper begins on Sunday, as the one that "every 2 weeks" counts.
SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)


class RepeatForm(forms.Form):
    """``is_series``: the visits do come again, asked is only how."""

    repeat = forms.ChoiceField(
        label=gettext_lazy("Repeat"),
        choices=REPEATS,
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Every month: on the same day of the month. A shorter month has the visit on its last"
            " day."
        ),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On"),
        choices=[(str(day), WEEKDAYS_ABBR[day]) for day in SUNDAY_FIRST],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Every how many weeks"),
        help_text=gettext_lazy("1: every week. 2: every other week. Weeks begin on Sunday."),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        required=False,
    )
    until_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Empty: ongoing. Visits are then made a while ahead, day by day."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write a day, like 2027-06-30.")},
    )

    month_day = 0

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, is_series: bool = False
    ) -> None:
        super().__init__(data, initial=initial)
        if is_series:
            field = cast(forms.ChoiceField, self.fields["repeat"])
            field.choices, field.required = REPEATS[1:], True

    @classmethod
    def on(cls, day: date, data: Any = None) -> "RepeatForm":
        """The form of a new visit, which is on that day unless it is changed."""
        return cls(data, initial={"repeat": "", "weekdays": [str(day.weekday())]})

    @classmethod
    def of(cls, series: Series, data: Any = None) -> "RepeatForm":
        """The form of a series that is there, as it is."""
        repeat = Repeat.from_rule(series.rule)
        initial = {
            "repeat": repeat.every.value,
            "weekdays": [str(day) for day in repeat.weekdays],
            "weeks": repeat.weeks,
            "until_on": series.until_on,
        }
        form = cls(data, initial=initial, is_series=True)
        form.month_day = repeat.month_day
        return form

    def clean(self) -> None:
        is_week = self.cleaned_data.get("repeat") == Every.WEEK
        if is_week and not self.cleaned_data.get("weekdays") and "weekdays" not in self.errors:
            self.add_error("weekdays", _("Choose at least one day of the week."))

    def takes(self, day: date) -> bool:
        """Whether a series from ``day`` on has a visit on it; else its field says so."""
        is_week = self.cleaned_data["repeat"] == Every.WEEK
        if not is_week or day.weekday() in self.cleaned_data["weekdays"]:
            return True
        text = _("%s is not among the days. Tick it too, or begin on another day.")
        self.add_error("weekdays", text % date_format(day, "D j M Y"))
        return False

    @property
    def repeats(self) -> bool:
        return bool(self.cleaned_data["repeat"])

    def repeat_from(self, day: date) -> Repeat:
        """What was chosen, for visits of which one is on ``day``.

        What comes every month keeps its day: 28 February may stand for the 31st.
        """
        every = Every(self.cleaned_data["repeat"])
        if every == Every.WEEK:
            weekdays = frozenset(self.cleaned_data["weekdays"])
            return Repeat(every, weekdays, self.cleaned_data["weeks"] or 1)
        return (
            Repeat(every, month_day=self.month_day or day.day)
            if every == Every.MONTH
            else Repeat(every)
        )


def tell_in_forms(error: ValidationError, form: WhenForm, repeat_form: RepeatForm) -> None:
    """What an action refused, in whichever form has the field."""
    if not hasattr(error, "error_dict"):
        form.add_errors(error)
        return
    for name, said in error.message_dict.items():
        if name in repeat_form.fields:
            repeat_form.add_error(name, said)
        else:
            form.add_errors(ValidationError({name: said}))
