from collections.abc import Callable
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class TriesMiddleware:
    """429 with Retry-After where a limit was met, whichever view made the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        opens_at = getattr(request, "shut_until", None)
        if opens_at is not None:
            response.status_code = 429
            wait = ceil((opens_at - timezone.now()).total_seconds())
            response.headers["Retry-After"] = str(max(1, wait))
        return response
