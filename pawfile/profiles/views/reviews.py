"""Still right? Clients look through their own sections and confirm them one by one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.numbers import is_id
from pawfile.profiles.actions import confirm_section
from pawfile.profiles.models import Client
from pawfile.profiles.portal import home_name
from pawfile.profiles.reviews import ReviewPart, review_of
from pawfile.profiles.views.portal import at_home, chosen_home


@allow(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review(request: Request) -> HttpResponse:
    """What we hold of ``?home=``, by section; a tap confirms one as it stands on the page."""
    reader = at_home(request)
    homes = list(Client.objects.visible_to(reader).with_links())
    client = chosen_home(request, homes)
    parts = review_of(client, reader) if client else []
    status = 200
    if client is not None and request.method == "POST":
        if request.user.viewed_by:
            raise PermissionDenied
        if confirmed(request, parts):
            return redirect(f"{reverse('my_review')}?home={client.pk}")
        status = 422
    policy = policy_for(reader, "client")
    context = {
        "client": client,
        "homes": [(home.pk, home_name(home, policy)) for home in homes],
        "due": [part for part in parts if part.is_due],
        "right": [part for part in parts if not part.is_due],
        "can_confirm": not request.user.viewed_by,
    }
    return render(request, "profiles/my_review.html", context, status=status)


def confirmed(request: Request, parts: list[ReviewPart]) -> bool:
    """Confirm the part that the button names; else say why not."""
    name, version = request.POST.get("part", ""), request.POST.get("version", "")
    part = next((each for each in parts if each.name == name), None)
    if part is None or not is_id(version):
        messages.error(request, _("This section is not asked about any more."))
        return False
    try:
        confirm_section(
            record=part.record, section=part.section.key, version=int(version), by=request.user
        )
    except StaleRecordError:
        messages.error(request, _("Something was changed meanwhile. Look again, then confirm."))
        return False
    messages.success(request, _("Thank you. “%s” is confirmed.") % part.title)
    return True
