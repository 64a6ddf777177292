"""Form fields made from the catalogue: one kind, one way to ask.

Nothing is required here: whether a field must be filled in depends on the reader, the animal and
other answers, so ``ProfileForm.clean`` decides it in one place.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pawfile.fields.policy import PolicyField
from pawfile.fields.registry import Kind
from pawfile.lib.emails import bad_emails, split_emails
from pawfile.lib.text import fold

LINE_LENGTH = 500
PARAGRAPH_LENGTH = 20_000
NUMBER_DIGITS = 30
DATE_PARTS = ("year", "month", "day")
YES = frozenset({"yes", "y", "true", "1", "on"})
NO = frozenset({"no", "n", "false", "0", "off"})


class LineField(forms.CharField):
    """A line kept exactly as typed, spaces and all."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LINE_LENGTH)
        super().__init__(strip=False, **options)


class ParagraphField(LineField):
    """Several lines. Browsers send CR LF; kept is LF, so that an untouched text stays the same."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=PARAGRAPH_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **options
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class EmailsField(forms.CharField):
    """Addresses separated by comma, semicolon or line break, as a list."""

    widget = forms.Textarea(attrs={"rows": 2, "inputmode": "email"})

    def clean(self, value: Any) -> list[str]:
        addresses = split_emails(super().clean(value))
        refused = bad_emails(addresses)
        if refused:
            raise ValidationError(
                [_("“%s” is not an e-mail address.") % address for address in refused]
            )
        return addresses


class OneEmailField(forms.CharField):
    """One address, or none."""

    widget = forms.EmailInput

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        if address and bad_emails([address]):
            raise ValidationError(_("“%s” is not an e-mail address.") % address)
        return address


class YesNoField(forms.Field):
    """``True``, ``False`` or ``None`` for not said."""

    def clean(self, value: Any) -> bool | None:
        typed = fold(str(value or "")).strip()
        if typed in YES:
            return True
        if typed in NO:
            return False
        if not typed:
            return None
        raise ValidationError(_("Say yes or no."))


class NumberField(forms.CharField):
    """A number with all its digits as typed, or ``None``. A comma is read as a decimal point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value).strip()
        if not typed:
            return None
        try:
            number = Decimal(typed.replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValidationError(_("“%s” is no number. Write it like 12 or 12.5.") % typed[:40])
        if max(len(number.as_tuple().digits), abs(number.adjusted())) > NUMBER_DIGITS:
            raise ValidationError(_("A number has at most %d digits.") % NUMBER_DIGITS)
        return number


class OneOfField(forms.Field):
    """One of the values on offer, or none."""

    default_error_messages = forms.ChoiceField.default_error_messages

    def __init__(self, offered: Iterable[str]) -> None:
        super().__init__(required=False)
        self.offered = frozenset(offered)

    def clean(self, value: Any) -> str:
        chosen = str(value or "")
        if chosen and chosen not in self.offered:
            raise refused(self, chosen)
        return chosen


class SomeOfField(OneOfField):
    """Any of the values on offer, as a list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        chosen = [str(each) for each in value or []]
        for each in chosen:
            if each not in self.offered:
                raise refused(self, each)
        return chosen


def refused(field: forms.Field, value: str) -> ValidationError:
    """What is said of an answer that is not on offer."""
    message = field.error_messages["invalid_choice"]
    return ValidationError(message, code="invalid_choice", params={"value": value})


class TagsField(forms.CharField):
    """Words separated by commas, as a list without doubles."""

    def clean(self, value: Any) -> list[str]:
        names = dict.fromkeys(" ".join(name.split()) for name in super().clean(value).split(","))
        long = [name for name in names if len(name) > 100]
        if long:
            raise ValidationError(
                _("“%s…” is too long for a tag; use up to 100 letters.") % long[0][:30]
            )
        return [name for name in names if name]


def phone_field() -> forms.Field:
    return LineField(widget=forms.TextInput(attrs={"type": "tel"}))


def secret_field() -> forms.Field:
    off = {"autocomplete": "off", "spellcheck": "false"}
    return LineField(widget=forms.TextInput(attrs=off))


def day_field() -> forms.Field:
    field = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    field.error_messages["invalid"] = gettext_lazy("Write a day like 2026-04-12.")
    return field


SIMPLE: dict[Kind, Callable[[], forms.Field]] = {
    Kind.TEXT: LineField,
    Kind.PHONE: phone_field,
    Kind.LONG_TEXT: ParagraphField,
    Kind.SECRET: secret_field,
    Kind.YES_NO: YesNoField,
    Kind.NUMBER: lambda: NumberField(max_length=60),
    Kind.DATE: day_field,
    Kind.EMAIL: lambda: OneEmailField(max_length=254),
    Kind.EMAILS: lambda: EmailsField(max_length=5000),
    Kind.TAGS: lambda: TagsField(max_length=2000),
}


@cache
def simple_field(kind: Kind) -> forms.Field:
    """The field that every form takes for this kind: it only cleans and tells how its input looks,
    so all can share it. Nobody may change it. Messages are looked up when they are said."""
    made = SIMPLE[kind]()
    made.required = False
    return made


def plain_field(item: PolicyField, *, offered: Iterable[str]) -> forms.Field | None:
    """The form field of a kind that points at no other table; ``None`` for the kinds that do.

    ``offered`` are the choices that may be answered.
    """
    if item.kind in SIMPLE:
        return simple_field(item.kind)
    if item.kind == Kind.CHOICE:
        return OneOfField(offered)
    if item.kind == Kind.CHOICES:
        return SomeOfField(offered)
    return None


@cache
def date_part_fields() -> dict[str, forms.Field]:
    """Year, month and day apart, because any of them may be unknown. Shared, as simple fields."""
    digits = {"inputmode": "numeric"}
    widgets = {
        "year": forms.TextInput({**digits, "size": 4}),
        "month": forms.Select(),
        "day": forms.TextInput({**digits, "size": 2}),
    }
    return {
        part: forms.CharField(max_length=10, required=False, widget=widget)
        for part, widget in widgets.items()
    }
