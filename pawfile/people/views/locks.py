from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Lockout, Role
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.people.locks import let_in, names_of


@allow(Role.ADMINISTRATOR)
@require_safe
def lockout_list(request: Request) -> HttpResponse:
    page = keyset_page(
        Lockout.objects.visible_to(request.user),
        column="opens_at",
        descending=True,
        cursor=request.GET.get("at", "")[:4000],
    )
    people = names_of(page.rows)
    rows = [(lockout, people.get(lockout.account)) for lockout in page.rows]
    return render(request, "people/lockout_list.html", {"page": page, "rows": rows})


@allow(Role.ADMINISTRATOR)
@require_POST
def lockout_let_in(request: Request, pk: int) -> HttpResponse:
    lockout = get_object_or_404(Lockout.objects.visible_to(request.user), pk=pk)
    let_in(lockout=lockout, by=request.user)
    messages.success(request, _("%s can try again.") % lockout)
    return redirect("lockout_list")
