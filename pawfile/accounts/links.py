"""Personal links of sign-in, absolute, for mails."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from pawfile.accounts.models import User


def reset_link(user: User, site: str) -> str:
    """Works once: the token is made of the password that it replaces, among others."""
    token = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), token])
    return site.rstrip("/") + path
