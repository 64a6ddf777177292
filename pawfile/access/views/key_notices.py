from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pawfile.access.notices import MOST, keys_needed, noticed
from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE, Role
from pawfile.lib.htmx import render


@allow(*OFFICE)
@require_safe
def key_notice_list(request: Request) -> HttpResponse:
    """Visits of the next days whose sitter holds no key of the home."""
    linked = ("client", "service", "sitter", "block")
    visits = noticed(request.user).select_related(*linked)[:MOST]
    context = {"visits": visits, "has_requests": True}
    return render(request, "access/key_notice_list.html", context)


@allow(Role.SITTER)
@require_safe
def key_needs(request: Request) -> HttpResponse:
    """A page, and the part of My Schedule with the keys that the sitter needs by tomorrow."""
    context = {"needed": keys_needed(request.user)}
    return render(request, "access/key_needs.html", context, partial="card")
