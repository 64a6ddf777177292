"""Administrative > Export: the whole company in one file, made by the worker."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from pawfile.accounts.access import Request, after_password, allow, in_person, step_up
from pawfile.accounts.models import Role
from pawfile.exports.actions import begin_export
from pawfile.exports.forms import CompanyExportForm
from pawfile.exports.models import CompanyExport, ExportState
from pawfile.lib.htmx import render


@allow(Role.ADMINISTRATOR)
@in_person
@require_safe
def company_export(request: Request) -> HttpResponse:
    """What such a file is, and those of the last day."""
    exports = CompanyExport.objects.visible_to(request.user)[:20]
    return render(request, "exports/company_export.html", {"exports": exports})


@allow(Role.ADMINISTRATOR)
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
@after_password
def company_export_create(request: Request) -> HttpResponseBase:
    """Whether codes go along, and under which passphrase."""
    why = _("The company's file is made after your second factor.")
    to_factor = step_up(request, request.get_full_path(), why=why)
    if to_factor is not None:
        return to_factor
    form = CompanyExportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect(begin_export(passphrase=form.chosen, by=request.user))
    status = 422 if form.is_bound else 200
    return render(request, "exports/company_export_create.html", {"form": form}, status=status)


@allow(Role.ADMINISTRATOR)
@in_person
@require_safe
def company_export_detail(request: Request, pk: int) -> HttpResponse:
    """How far the worker is, and then the file."""
    export = get_object_or_404(CompanyExport.objects.visible_to(request.user), pk=pk)
    done, every = export.progress
    context = {"export": export, "done": done, "every": every}
    return render(request, "exports/company_export_detail.html", context, partial="progress")


@allow(Role.ADMINISTRATOR)
@in_person
@require_safe
@cache_control(no_store=True, private=True)
def company_export_file(request: Request, pk: int) -> HttpResponseBase:
    ready = CompanyExport.objects.visible_to(request.user).filter(state=ExportState.READY)
    return handed_over(request, get_object_or_404(ready, pk=pk))


@after_password
def handed_over(_request: Request, export: CompanyExport) -> HttpResponseBase:
    try:
        file = export.path.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = "application/zip"
    return FileResponse(file, content_type=kind, as_attachment=True, filename=export.file_name)
