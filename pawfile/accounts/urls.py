"""Sign-in, sign-out, passwords: the library's views, each behind our gate.

The names are the library's, because it looks them up by name.
"""

from allauth.account import views
from django.urls import path, re_path

from pawfile.accounts.access import EVERYBODY, allow, public

urlpatterns = [
    path("login/", public(views.login), name="account_login"),
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
    path("password/", allow(*EVERYBODY)(views.password_change), name="account_change_password"),
    path("password/set/", allow(*EVERYBODY)(views.password_set), name="account_set_password"),
    path("reauthenticate/", allow(*EVERYBODY)(views.reauthenticate), name="account_reauthenticate"),
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
