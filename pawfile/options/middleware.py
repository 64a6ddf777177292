"""Puts the company's options on the request and the company's clock on the wall."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from pawfile.options.models import SiteOptions


class CompanyMiddleware:
    """``request.company`` and the active time zone, read once and only for signed-in pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            request.company = SimpleLazyObject(SiteOptions.load)  # type: ignore[attr-defined]
            return self.get_response(request)
        company = SiteOptions.load()
        request.company = request.user.site_options = company  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(company.time_zone)):
            return self.get_response(request)
