from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.exports.actions import export_list
from pawfile.exports.lists import LISTS, ids
from pawfile.exports.refusals import RefusedError
from pawfile.exports.sheets import TYPES, Format
from pawfile.lib.htmx import render


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def list_export(request: Request, name: str) -> HttpResponseBase:
    """A list as a file, filtered as the address says; for managers if an option lets them."""
    if not (request.user.is_administrator or request.company.has_manager_export):
        raise PermissionDenied
    listed = LISTS.get(name)
    if listed is None:
        raise Http404
    ticked = ids(request.GET.getlist("client"))
    listing = listed.listing(request.user, request.GET, ticked)
    error = ""
    if request.method == "POST":
        chosen = request.POST.get("format", "")
        format_ = Format(chosen) if chosen in Format.values else Format.CSV
        try:
            file = export_list(listed=listed, listing=listing, format_=format_, by=request.user)
        except RefusedError as refusal:
            error = str(refusal)
        else:
            day = timezone.localdate().isoformat()
            return FileResponse(
                file,
                as_attachment=True,
                filename=f"{name}-{day}.{format_.value}",
                content_type=TYPES[format_],
                headers={"Cache-Control": "no-store"},
            )
    context = {
        "listed": listed,
        "count": listing.found.order_by().count(),
        "formats": Format.choices,
        "back": f"{reverse(listed.page)}?{request.GET.urlencode()}",
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "exports/list_export.html", context, status=status)
