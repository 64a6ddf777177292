from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pawfile.lib.emails import bad_emails
from pawfile.lib.lines import is_invisible, refuse_breaks


def check_name(text: str) -> None:
    refuse_breaks(text)
    if is_invisible(text):
        raise ValidationError(gettext("There is nothing to see in this name."))


def line(**more: Any) -> forms.CharField:
    too_long = _("At most %(limit_value)d characters; these are %(show_value)d.")
    messages = {"required": _("Say a name."), "max_length": too_long}
    return forms.CharField(validators=[check_name], error_messages=messages, **more)


class AccountForm(forms.Form):
    name = line(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nickname = line(
        label=_("Nickname"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    phone = line(
        label=_("Phone"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class SignInForm(LoginForm):  # type: ignore[misc]
    """In the words of the rest of the book."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = gettext("E-mail")


class AddressForm(AddEmailForm):  # type: ignore[misc]
    """As strict as every other address of the book, so that a mail can carry it."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if bad_emails([email]):
            raise ValidationError(gettext("This is no address that mail can carry."))
        return str(super().clean_email())
