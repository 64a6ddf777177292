"""What is done to logins. They are below the activity log: who calls these writes it down."""

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from pawfile.accounts.models import User


@transaction.atomic
def change_account(*, user: User, name: str, nickname: str, phone: str) -> None:
    """Write these columns only: role and rights may have changed since the page was opened."""
    user.name, user.nickname, user.phone = name, nickname, phone
    user.save(update_fields=["name", "nickname", "phone"])


@transaction.atomic
def end_sessions(*, user: User, but: str | None = None) -> None:
    """Sign the user out everywhere, or everywhere but in the session with the key ``but``."""
    tracked = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    Session.objects.filter(session_key__in=tracked.values("session_key")).delete()
    tracked.delete()


@transaction.atomic
def remove_second_factors(*, user: User, by: User) -> bool:
    """For one who lost phone or key: signing in asks for the password alone, everywhere anew, and
    a mail says so. ``by`` is the administrator; nobody else may. False: there was none."""
    if not by.is_administrator:
        raise PermissionError(f"{by} may not remove the second factors of {user}.")
    count, _rows = user.factors.delete()
    if count:
        end_sessions(user=user)
        get_adapter().send_mail("account/email/factors_removed", user.email, {"by": str(by)})
    return bool(count)
