"""What a client answers from the mail, without signing in. Looking at the page changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pawfile.access.actions.entry_checks import answer_check, find_check
from pawfile.access.models import EntryCheck
from pawfile.access.plan import may_see_plan
from pawfile.accounts.access import public
from pawfile.accounts.limits import TooManyTriesError, take_try
from pawfile.accounts.models import Door
from pawfile.lib.htmx import render

ANSWERS = {"same": True, "changed": False}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry_check(request: HttpRequest, secret: str) -> HttpResponse:
    """Two buttons; "changed" leads to sign-in and the entry plan, if the home has a login."""
    try:
        tried = take_try(request, action=Door.ENTRY)
    except TooManyTriesError as shut:
        return render(request, "access/entry_check.html", {"shut": shut.message}, status=429)
    check = find_check(secret)
    if check is None:
        return render(request, "access/entry_check.html", status=404)
    tried.rollback()
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in ANSWERS:
        answer_check(check=check, is_unchanged=ANSWERS[answer])
        is_going_on = answer == "changed" and address_at_home(check)
        return redirect(is_going_on or request.path)
    is_post = request.method == "POST"
    context = {"check": check, "change_url": address_at_home(check), "is_wrong": is_post}
    return render(request, "access/entry_check.html", context, status=422 if is_post else 200)


def address_at_home(check: EntryCheck) -> str:
    """Where people of the home say what has changed; empty if none of them has a login."""
    login = check.client.logins.filter(is_active=True).first()
    if login is None:
        return ""
    has_plan = may_see_plan(login.as_client())
    return reverse("client_entry", args=[check.client_id]) if has_plan else reverse("my_info")
