from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.lib.htmx import render
from pawfile.options.actions import Conflict, OptionsChangedError, change_options
from pawfile.options.catalogue import CATALOGUE, Group, Option
from pawfile.options.display import sections_of
from pawfile.options.forms import OptionsForm


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def site_options(request: Request) -> HttpResponse:
    return options_page(request, CATALOGUE)


@allow(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def options_scheduling(request: Request) -> HttpResponse:
    return options_page(request, (o for o in CATALOGUE if o.group == Group.SCHEDULING))


def options_page(request: Request, options: Iterable[Option]) -> HttpResponse:
    """These options to look at and to save."""
    is_post = request.method == "POST"
    form = OptionsForm(options, stored=request.company, data=request.POST if is_post else None)
    if not is_post:
        return answer(request, form)
    if not form.is_valid():
        return answer(request, form, status=422)
    try:
        changed = change_options(values=form.values, opened=form.opened, by=request.user)
    except OptionsChangedError as error:
        return answer(request, form, conflicts=error.conflicts, status=409)
    if changed:
        messages.success(request, _("Saved: %s.") % ", ".join(str(o.label) for o in changed))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(request.path)


def answer(
    request: Request,
    form: OptionsForm,
    *,
    conflicts: Iterable[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    sections = sections_of(form, reader=request.user, query=query, conflicts=conflicts)
    context = {
        "form": form,
        "sections": sections,
        "is_nothing_found": all(section.is_hidden for section in sections),
        "conflicts": conflicts,
        "query": query,
        "is_searchable": len(form.options) > 3,
    }
    return render(request, "options/site_options.html", context, status=status)
