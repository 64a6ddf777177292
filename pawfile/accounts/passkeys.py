"""The sign-in library's forms of passkeys, with our words and no crash on odd answers."""

from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pawfile.accounts.forms import check_name


class CredentialField(forms.JSONField):
    """What the browser's passkey answers."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class AddForm(AddWebAuthnForm):  # type: ignore[misc]
    """One that signs in alone, unless it cannot: most can, and that is what people look for."""

    credential = CredentialField()
    name = forms.CharField(
        required=False,
        max_length=100,
        validators=[check_name],
        help_text=_("What you know the device or key by."),
    )
    passwordless = forms.BooleanField(
        required=False,
        initial=True,
        label=_("Sign in with it alone, without the password"),
        help_text=_(
            "Take this off for a security key without PIN: it is asked for after the password."
        ),
    )


class RenameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(max_length=100, validators=[check_name])


class AuthenticateForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()


class SignInForm(LoginWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()


class AgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    credential = CredentialField()
