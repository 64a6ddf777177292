from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What differs from the sign-in library's defaults."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the office, not by strangers."""
        return False
