"""The sign-in library's views of second factors, with what we want of them."""

from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from pawfile.accounts.access import Request, View
from pawfile.accounts.actions import end_sessions
from pawfile.accounts.middleware import HAS_FACTOR


def removes_factor(view: View) -> View:
    """Whoever came in with the factor that is gone goes too, and the gate looks anew here."""

    @wraps(view)
    def removing(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        before = request.user.factors.count()
        response = view(request, *args, **kwargs)
        if request.user.factors.count() < before:
            request.session.pop(HAS_FACTOR, None)
            end_sessions(user=request.user, but=request.session.session_key)
        return response

    return removing  # type: ignore[return-value]
