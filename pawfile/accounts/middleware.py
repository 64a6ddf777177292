from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from pawfile.accounts.models import STAFF

#: In the session of one who has a second factor, so that it is looked up once a session.
HAS_FACTOR = "has_second_factor"
#: What one needs on the way to a second factor.
ON_THE_WAY = {
    "account_logout", "account_reauthenticate", "account_email", "account_confirm_email",
    "account_set_password", "icon_sprite", "health",
}  # fmt: skip


class NotAllowedMiddleware:
    """Whoever opens an address that is only sent to sees a page of ours, not an empty one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405:
            allowed = response.headers["Allow"]
            response = render(request, "405.html", status=405)
            response.headers["Allow"] = allowed
        return response


class SecondFactorMiddleware:
    """Leads staff without a second factor to setting one up, where the company asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, *args: Any) -> HttpResponseBase | None:
        name = request.resolver_match.url_name
        if not lacks_factor(request) or name in ON_THE_WAY or name.startswith("mfa_"):
            return None
        if request.htmx:
            return HttpResponseClientRedirect(reverse("mfa_index"))
        return redirect("mfa_index")


def lacks_factor(request: Any) -> bool:
    """Asked of the database only where it is required and this session has not shown one yet."""
    user = request.user
    if not user.is_authenticated or user.role not in STAFF:
        return False
    if not request.company.is_second_factor_required or request.session.get(HAS_FACTOR):
        return False
    if user.has_second_factor:
        request.session[HAS_FACTOR] = True
        return False
    return True
