"""Labels for keys, and what stands behind the code on one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pawfile.access.label_sheets import SHEETS, usual_sheet
from pawfile.access.labels import labels_pdf
from pawfile.access.models import Key
from pawfile.accounts.access import Request, allow, public
from pawfile.accounts.models import OFFICE, User
from pawfile.lib.htmx import render
from pawfile.options.models import SiteOptions

#: Ten sheets of the smallest labels.
MOST = 300


@allow(*OFFICE)
@require_safe
def key_labels(request: Request) -> HttpResponse:
    """A PDF of labels of the ticked keys, ``?key=1&key=2``, on the usual ``sheet`` or another."""
    ticked = request.GET.getlist("key")[:MOST]
    if not ticked:
        messages.info(request, _("Tick the keys whose labels you want."))
        return redirect("key_list")
    asked = [pk for pk in ticked if pk.isdecimal() and len(pk) < 10]
    keys = list(Key.objects.visible_to(request.user).filter(pk__in=asked))
    if not keys:
        raise Http404
    site = request.build_absolute_uri("/")
    usual = usual_sheet(request.company.phone_region)
    sheet = SHEETS.get(request.GET.get("sheet", ""), usual)
    pdf = labels_pdf(keys, contact=request.company.key_contact, site=site, sheet=sheet)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="key-labels.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def found_key(request: HttpRequest, token: str) -> HttpResponse:
    """Who scans a label reads whom to call, of any code alike: so nobody learns of a key by trying.

    Staff who are signed in are led to the key.
    """
    if isinstance(request.user, User) and not request.user.is_client:
        key = Key.objects.visible_to(request.user).filter(token=token).first()
        if key:
            return redirect(key)
    return render(request, "access/found_key.html", {"company": SiteOptions.load()})
