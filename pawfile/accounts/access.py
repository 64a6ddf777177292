"""The view gate: every view says who may call it, with ``@allow`` or ``@public``.

A view that says nothing stops the server (see ``checks.py``). Nobody signed in: sign-in page. The
wrong role: 403. Which records a person sees is not decided here but by ``visible_to``.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from pawfile.accounts.models import STAFF, Role, User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Request(HttpRequest):
    """A request as views behind ``@allow`` get it: somebody is signed in."""

    user: User
    htmx: HtmxDetails
    company: Any  # SiteOptions, put here by the middleware of the app that owns it


#: So long a second factor counts for what asks for it again.
STEP_UP_SECONDS = 600
EVERYBODY = (Role.ADMINISTRATOR, Role.MANAGER, Role.SITTER, Role.CLIENT)


def allow(*roles: Role) -> Callable[[View], View]:
    """Let signed-in users of these roles call the view."""

    def gate(view: View) -> View:
        @wraps(view)
        def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        gated.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return cast(View, gated)

    return gate


def in_person(view: View) -> View:
    """Only for oneself: whoever looks with another's eyes has no business with that login."""

    @wraps(view)
    def personal(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request.user, "viewed_by", None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast(View, personal)


def to_sign_in(request: Request) -> HttpResponseBase:
    """To the sign-in page and back; a part of a page cannot be answered with a whole one.

    What was sent is lost by then: whoever sent it comes back to the page it was sent from.
    """
    if request.htmx:
        here = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(here).url)
    is_read = request.method in ("GET", "HEAD")
    return redirect_to_login(request.get_full_path() if is_read else sent_from(request))


def sent_from(request: HttpRequest) -> str:
    """The page of this site from which a form was sent, or the start."""
    referer = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    if not url_has_allowed_host_and_scheme(referer, hosts, require_https=request.is_secure()):
        return "/"
    page = urlsplit(referer)
    return urlunsplit(("", "", "/" + page.path.lstrip("/"), page.query, ""))


def to_second_factor(request: Request, back: str) -> HttpResponseBase | None:
    """To the page that asks for the second factor, or sets one up, and then ``back``; ``None`` for
    whoever entered it lately, at sign-in or since."""
    records = get_authentication_records(request, request.user)
    entered = [record["at"] for record in records if record["method"] == "mfa"]
    if entered and time.time() - max(entered) < STEP_UP_SECONDS:
        return None
    kinds = set(request.user.factors.values_list("type", flat=True)) - {"recovery_codes"}
    name = "mfa_reauthenticate_webauthn" if kinds == {"webauthn"} else "mfa_reauthenticate"
    url = reverse(name if kinds else "mfa_index") + "?" + urlencode({"next": back})
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def step_up(request: Request, back: str, *, why: str) -> HttpResponseBase | None:
    """As ``to_second_factor``, for staff of a company that wants it before codes open."""
    if not request.company.is_reveal_step_up or request.user.role not in STAFF:
        return None
    to_factor = to_second_factor(request, back)
    if to_factor is not None:
        messages.info(request, why)
    return to_factor


def after_password(view: View) -> View:
    """First ask for the password, or what the person signs in with, unless it was given lately."""
    return cast(View, reauthentication_required(view))


def public(view: View) -> View:
    """Let anybody call the view, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.allowed_roles = None  # type: ignore[attr-defined]
    return cast(View, opened)
