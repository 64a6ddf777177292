from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from pawfile.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """The library's, with one difference: who is signed in knows about own homes.

    The menu of every page asks it, and what apps above have to say; this way all of it comes with
    the user, in the same query.
    """

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.get_queryset().signed_in().filter(pk=user_id).first()
        return user if user and user.is_active else None
