from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import STAFF
from pawfile.fields.policy import policy_for
from pawfile.profiles.columns import remembered
from pawfile.profiles.table import columns_for


@allow(*STAFF)
@require_POST
def client_columns(request: Request) -> HttpResponse:
    """Keep the columns this person chose for the client table; ``default`` forgets them."""
    policy = policy_for(request.user, "client")
    ticked = request.POST.getlist("column")
    is_default = "default" in request.POST
    request.user.client_columns = (
        [] if is_default else remembered(request.user, ticked, policy, columns_for(policy))
    )
    request.user.save(update_fields=["client_columns"])
    return redirect(back_to_list(request))


def back_to_list(request: Request) -> str:
    """The table with the search and filters it had."""
    page = urlsplit(request.headers.get("Referer", ""))
    asked = QueryDict(page.query if page.path == reverse("client_list") else "", mutable=True)
    asked.pop("view", None)
    return f"{reverse('client_list')}?{asked.urlencode() or 'q='}"
