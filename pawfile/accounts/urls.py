"""Sign-in, passwords, factors: the library's views, each behind our gate; and My Account.

The library's names are its own, because it looks them up by name.
"""

from allauth.account import views
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from pawfile.accounts.access import EVERYBODY, View, allow, in_person, public
from pawfile.accounts.views import account, sessions
from pawfile.accounts.views.factors import removes_factor


def own(view: View) -> View:
    """For whoever is signed in, about that login."""
    return allow(*EVERYBODY)(in_person(view))


def sure(view: View) -> View:
    """The same, after one has shown lately that it is oneself."""
    asked: View = reauthentication_required(view, app="allauth.account")
    return own(asked)


DOOR = [
    path("login/", public(views.login), name="account_login"),
    path("login/code/", public(factors.authenticate), name="mfa_authenticate"),
    path("login/passkey/", public(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("logout/", public(views.logout), name="account_logout"),
    path("inactive/", public(views.account_inactive), name="account_inactive"),
    path("signup/", public(views.signup), name="account_signup"),
    path(
        "email/sent/",
        public(views.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^email/confirm/(?P<key>[-:\w]+)/$",
        public(views.confirm_email),
        name="account_confirm_email",
    ),
    path("password/", own(views.password_change), name="account_change_password"),
    path("password/set/", own(views.password_set), name="account_set_password"),
    path("reauthenticate/", own(views.reauthenticate), name="account_reauthenticate"),
    path("reauthenticate/code/", own(factors.reauthenticate), name="mfa_reauthenticate"),
    path(
        "reauthenticate/passkey/",
        own(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("reset/", public(views.password_reset), name="account_reset_password"),
    path("reset/sent/", public(views.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "reset/done/",
        public(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
FACTORS = [
    path("", own(factors.index), name="mfa_index"),
    path("app/", own(app.activate_totp), name="mfa_activate_totp"),
    path("app/remove/", own(removes_factor(app.deactivate_totp)), name="mfa_deactivate_totp"),
    path("codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("codes/file/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    # The list of passkeys is a part of the page of all factors.
    path("passkeys/", own(factors.index), name="mfa_list_webauthn"),
    path("passkeys/new/", own(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", own(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        own(removes_factor(passkeys.remove_webauthn)),
        name="mfa_remove_webauthn",
    ),
]
MY_ACCOUNT = [
    path("", account.my_account, name="my_account"),
    path("email/", sure(views.email), name="account_email"),
    path("factors/", include(FACTORS)),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/<int:pk>/end/", sessions.session_end, name="session_end"),
]
urlpatterns = [path("accounts/", include(DOOR)), path("account/", include(MY_ACCOUNT))]
