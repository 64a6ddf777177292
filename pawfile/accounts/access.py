"""The view gate: every view says who may call it, with ``@allow`` or ``@public``.

A view that says nothing stops the server (see ``checks.py``). Nobody signed in: sign-in page. The
wrong role: 403. Which records a person sees is not decided here but by ``visible_to``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from pawfile.accounts.models import Role, User

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


class Request(HttpRequest):
    """A request as views behind ``@allow`` get it: somebody is signed in."""

    user: User
    htmx: HtmxDetails
    company: Any  # SiteOptions, put here by the middleware of the app that owns it


Gate = Callable[
    [Callable[Concatenate[Request, P], HttpResponseBase]],
    Callable[Concatenate[Request, P], HttpResponseBase],
]


def allow(*roles: Role) -> Gate[P]:
    """Let signed-in users of these roles call the view."""

    def gate(
        view: Callable[Concatenate[Request, P], HttpResponseBase],
    ) -> Callable[Concatenate[Request, P], HttpResponseBase]:
        @wraps(view)
        def gated(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                if request.htmx:
                    return HttpResponseClientRedirect(
                        redirect_to_login(request.htmx.current_url_abs_path or "/").url
                    )
                return redirect_to_login(request.get_full_path())
            if request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        gated.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return gated

    return gate


EVERYBODY = (Role.ADMINISTRATOR, Role.MANAGER, Role.SITTER, Role.CLIENT)


def public(view: Callable[Concatenate[R, P], HttpResponseBase]) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Let anybody call the view, signed in or not."""

    @wraps(view)
    def opened(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.allowed_roles = None  # type: ignore[attr-defined]
    return opened
