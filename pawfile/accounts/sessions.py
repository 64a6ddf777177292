"""Where a person is signed in. The sign-in library notes each sign-in, not each request."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from pawfile.accounts.models import User


def live_sessions(user: User) -> "QuerySet[UserSession]":
    """Those that are not over, newest first; many are forgotten rather than signed out of."""
    live = Session.objects.filter(expire_date__gt=timezone.now())
    own = UserSession.objects.filter(user=user, session_key__in=live.values("session_key"))
    return own.order_by("-created_at", "-pk")  # type: ignore[no-any-return]
