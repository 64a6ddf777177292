"""The inputs of site options, each with what it says when something is wrong."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pawfile.lib.day_lists import DayListError, read_days, write_days
from pawfile.lib.lines import is_invisible, refuse_breaks
from pawfile.lib.long_select import LongSelect
from pawfile.lib.zips import bad_zips, split_zips

Label = str | Promise

#: Characters that the longest option has room for.
LONGEST_TEXT = 20_000


def check_one_line(text: str) -> None:
    """A name stands in titles and heads of mails: no line breaks, and something to see."""
    refuse_breaks(text)
    if is_invisible(text):
        raise ValidationError(gettext("Say the company's name."))


def company_name() -> forms.Field:
    return forms.CharField(
        max_length=200,
        validators=[check_one_line],
        error_messages={
            "required": _("Say the company's name."),
            "max_length": _(
                "A name has at most %(limit_value)d characters; this one has %(show_value)d."
            ),
        },
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class ZipsField(forms.CharField):
    """Zip codes in any separation, kept as "43085, 43210"."""

    def to_python(self, value: Any) -> str:
        return ", ".join(split_zips(super().to_python(value) or ""))

    def validate(self, value: str) -> None:
        super().validate(value)
        if bad := bad_zips(split_zips(value)):
            message = gettext("“%(zip)s” is no zip code; write them like 43085, 43210.")
            raise ValidationError(message, params={"zip": bad[0][:100]})


def key_contact() -> forms.Field:
    return forms.CharField(
        required=False,
        max_length=80,
        validators=[refuse_breaks],
        error_messages={
            "max_length": _(
                "A label has room for %(limit_value)d characters; this has %(show_value)d."
            )
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def registration_zips() -> forms.Field:
    return ZipsField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class LongTextField(forms.CharField):
    """A text of many lines; line breaks are kept as one sign, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


def agreement_text() -> forms.Field:
    return LongTextField(
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": _(
                "An agreement has at most %(limit_value)d characters; this one has %(show_value)d."
            )
        },
        widget=forms.Textarea(attrs={"rows": 10}),
    )


def choice(
    choices: Callable[[], Any], unknown: Label, **more: Any
) -> Callable[[], forms.TypedChoiceField]:
    """A field of these choices; a word that is none of them is named with what would be right."""
    messages: dict[str, Any] = {"invalid_choice": unknown, "required": _("Choose one.")}
    return lambda: forms.TypedChoiceField(choices=choices(), error_messages=messages, **more)


one_of = partial(choice, unknown=_("Choose one of these."), widget=forms.RadioSelect)
listed = partial(choice, widget=LongSelect)
yes_no = one_of(
    lambda: [("yes", _("Yes")), ("no", _("No"))], coerce=lambda written: written == "yes"
)


def whole_number(least: int, most: int, said: Any) -> Callable[[], forms.Field]:
    """A field of whole numbers; ``said`` tells which are right."""
    keys = ("required", "invalid", "min_value", "max_value")
    messages = dict.fromkeys(keys, said)
    return lambda: forms.IntegerField(min_value=least, max_value=most, error_messages=messages)


days = whole_number(1, 365, _("Say a whole number of days, from 1 to 365."))
hours = whole_number(0, 336, _("Say a whole number of hours, from 0 to 336 (two weeks)."))


class DaysField(forms.CharField):
    """Days and ranges of days, kept one a line."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        try:
            return write_days(read_days(text))
        except DayListError as error:
            raise ValidationError(str(error)) from None


def blocked_dates() -> forms.Field:
    return DaysField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
