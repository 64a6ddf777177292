from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.actions import change_account
from pawfile.accounts.forms import AccountForm
from pawfile.accounts.sessions import live_sessions
from pawfile.lib.htmx import render
from pawfile.lib.phones import is_possible


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: Request) -> HttpResponse:
    user = request.user
    now = {"name": user.name, "nickname": user.nickname, "phone": user.phone}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_bound and form.is_valid():
        change_account(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my_account")
    factors = Counter[str](user.factors.values_list("type", flat=True))
    context = {
        "form": form,
        "is_phone_odd": user.phone and not is_possible(user.phone, request.company.phone_region),
        "has_app": factors["totp"],
        "passkeys": factors["webauthn"],
        "devices": len(live_sessions(user)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/my_account.html", context, status=status)
