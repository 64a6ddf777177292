from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pawfile.lib.lines import has_breaks, is_invisible


def check_name(text: str) -> None:
    if has_breaks(text):
        raise ValidationError(gettext("Leave out line breaks and control characters."))
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


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """One that signs in alone, unless it cannot: most can, and that is what people look for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100
        self.fields["name"].validators += [check_name]
        self.fields["name"].help_text = _("What you know the device or key by.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _(
            "Take this off for a security key without PIN: it is asked for after the password."
        )
