"""The library's forms for a code of the second factor, under our limits."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from pawfile.accounts.limits import take_try
from pawfile.accounts.models import Door, User


class Limited:
    """A right code gives the try back."""

    user: User

    def clean_code(self) -> Any:
        taken = take_try(context.request, action=Door.SECOND_FACTOR, key=self.user.email)
        code = super().clean_code()  # type: ignore[misc]
        taken.rollback()
        return code


class CodeForm(Limited, AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(Limited, ReauthenticateForm):  # type: ignore[misc]
    pass
