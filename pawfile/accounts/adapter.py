from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from pawfile.accounts.limits import let_in_account, remember_browser, take_try
from pawfile.accounts.models import Door, User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What differs from the sign-in library's defaults."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the office, not by strangers."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try; the library gives it back when the password is right."""
        self._login_failed_rl_usage = take_try(
            request, action=Door.SIGN_IN, key=credentials.get("email", "")
        )

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        remember_browser(response, user.email)
        return response

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """The library calls it when the account has got a new password by mail."""
        let_in_account(credentials["email"])
