"""One address, two answers: the whole page, or only the part htmx asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.cache import patch_vary_headers

from pawfile.lib.bulk import Bulk


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    partial: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or its partial of that name when htmx asks for a part of the page."""
    is_part = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    name = f"{template}#{partial}" if partial and is_part else template
    bulk = Bulk()
    response = render_page(request, name, {**(context or {}), "bulk": bulk}, status=status)
    if bulk.places:
        response.content = bulk.fill(response.content)
    if partial:
        # Else the browser's cache shows the bare part to who comes back to the page.
        patch_vary_headers(response, ["HX-Request"])
    return response
