"""Looking at the pages as a client sees them: who may, and what is written down."""

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind

#: Under this name the administrator's session keeps the id of the login that is looked at.
VIEWING = "viewing_as"


def login_to_view(administrator: User, pk: int) -> User | None:
    """The login as this administrator may look at it; ``None`` if either may no longer."""
    if not administrator.is_administrator or not administrator.is_active:
        return None
    logins = User.objects.visible_to(administrator).client_logins().active()
    login = logins.signed_in().filter(pk=pk).first()
    if login is not None:
        login.viewed_by = administrator
    return login


@transaction.atomic
def record_viewing(*, login: User, by: User, is_over: bool = False) -> None:
    record_activity(
        by=by,
        kind=ActivityKind.LOGIN,
        about=called(login),
        note=_("Back from the view as client.") if is_over else _("Viewed as client."),
    )


def called(user: User) -> str:
    """How the activity log names a person, so that it stays clear when the name changes."""
    return f"{user} ({user.email})" if user.name else user.email
