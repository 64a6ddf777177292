"""View as client: for one request the administrator is the client, and still the one who acts."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import get_user
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from pawfile.people.viewing import VIEWING, login_to_view

#: Password, second factor, e-mail, sessions: nobody's but the client's own.
OWN_PAGES = ("account/", "accounts/")
SIGN_OUT = "account_logout"


class ViewAsClientMiddleware:
    """``request.user`` is the client's login, its ``viewed_by`` the administrator.

    Stands behind the sign-in's middlewares, which look at the session's own user, and before
    whatever shows pages. Costs others no query: only the session is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = get_user(request)  # itself: pages ask it hundreds of times
        if request.user.is_authenticated and VIEWING in request.session:
            login = login_to_view(request.user, request.session[VIEWING])
            if login is None:
                del request.session[VIEWING]
            else:
                request.user = login
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match, viewer = request.resolver_match, getattr(request.user, "viewed_by", None)
        if viewer and match and match.route.startswith(OWN_PAGES) and match.url_name != SIGN_OUT:
            raise PermissionDenied
        return None
