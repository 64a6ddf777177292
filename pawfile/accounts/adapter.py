"""What differs from the sign-in library's defaults."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from qrcode.main import QRCode

from pawfile.accounts.actions import end_sessions
from pawfile.accounts.limits import let_in_account, remember_browser, take_try
from pawfile.accounts.models import Door, User
from pawfile.lib.browsers import browser_name
from pawfile.lib.columns import key_ring
from pawfile.lib.vault import Secret

#: Modules of white around a QR code, which readers need.
QUIET = 4


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "duplicate_email": _("That is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the office, not by strangers."""
        return False

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refused when another login took the address meanwhile, even if it is not proven there."""
        others = User.objects.get_queryset().exclude(pk=email_address.user_id)
        if others.filter(email=email_address.email).exists():
            about = {"email": email_address.email}
            text = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, text, about)
            return False
        return bool(super().confirm_email(request, email_address))

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        is_signed_in = self.request.user.is_authenticated
        return reverse("my_account" if is_signed_in else "account_login")

    def set_password(self, user: User, password: str) -> None:
        """The password alone is written (the row may have changed meanwhile), and whoever is
        signed in elsewhere is so no longer. Who is not signed in here came by a link in a mail:
        that proves the address."""
        user.set_password(password)
        user.save(update_fields=["password"])
        if not self.request.user.is_authenticated:
            EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
        end_sessions(user=user, but=self.request.session.session_key)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my_account")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code of your app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def get_client_ip(self, request: HttpRequest) -> str:
        """What proxies say is believed only with ``ALLAUTH_TRUSTED_PROXY_COUNT``, and not when it
        is too short or no address: then it did not come through them."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return str(request.META.get("REMOTE_ADDR", ""))

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


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That does not fit. A code of the app is good for half a minute."),
    }

    def encrypt(self, text: str) -> str:
        return key_ring().seal(text).token_for_database

    def decrypt(self, encrypted_text: str) -> str:
        return key_ring().unseal(Secret(encrypted_text))

    def build_totp_svg(self, url: str) -> SafeString:
        """The code as one path: no colours and sizes of its own, those are the style sheet's."""
        code = QRCode(border=QUIET)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
            '<path d="{2}"/></svg>',
            len(rows), _("QR code for your authenticator app"), path,
        )  # fmt: skip

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """Where it was made, which is where it works."""
        return browser_name(context.request.headers.get("User-Agent", ""))

    def _get_site_name(self) -> str:
        return str(context.request.company.company_name)
