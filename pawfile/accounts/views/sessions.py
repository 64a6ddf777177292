from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pawfile.accounts.access import EVERYBODY, Request, allow, in_person
from pawfile.accounts.actions import end_sessions
from pawfile.accounts.sessions import live_sessions
from pawfile.lib.browsers import browser_name
from pawfile.lib.htmx import render


@allow(*EVERYBODY)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def session_list(request: Request) -> HttpResponse:
    """Where one is signed in; a POST signs out everywhere but here."""
    here = request.session.session_key
    if request.method == "POST":
        end_sessions(user=request.user, but=here)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("session_list")
    rows = [
        (session, browser_name(session.user_agent), session.session_key == here)
        for session in live_sessions(request.user)
    ]
    context = {"rows": rows, "has_others": any(not is_here for *_row, is_here in rows)}
    return render(request, "accounts/session_list.html", context)


@allow(*EVERYBODY)
@in_person
@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    others = live_sessions(request.user).exclude(session_key=request.session.session_key)
    session = get_object_or_404(others, pk=pk)
    name = browser_name(session.user_agent)
    session.end()
    messages.success(request, _("%s is signed out.") % name)
    return redirect("session_list")
