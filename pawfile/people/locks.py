"""Who is shut out for trying too often, and letting them in again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts import limits
from pawfile.accounts.models import Lockout, User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.times import said


@transaction.atomic
def let_in(*, lockout: Lockout, by: User) -> None:
    record_activity(
        by=by,
        kind=ActivityKind.USER,
        about=_("Locked out: %s") % lockout,
        old=_("until %s") % said(lockout.opens_at),
        new=_("Let in"),
        note=lockout.get_door_display(),
    )
    limits.let_in(lockout)


def names_of(lockouts: Iterable[Lockout]) -> dict[str, User]:
    """Who has the accounts that were tried, by address: strangers try addresses of nobody."""
    tried = {lockout.account for lockout in lockouts} - {""}
    return {user.email: user for user in User.objects.get_queryset().filter(email__in=tried)}
