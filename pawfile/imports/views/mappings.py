"""Saved mappings: put to use on the page of columns, listed, deleted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import Role
from pawfile.imports.actions import BusyError, delete_mapping, use_mapping
from pawfile.imports.forms import ColumnsForm, UseMappingForm
from pawfile.imports.models import ImportJob, SavedMapping
from pawfile.imports.saved_mappings import answers_of
from pawfile.imports.views.pages import BUSY, columns_page
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page


@allow(Role.ADMINISTRATOR)
@require_POST
@cache_control(no_store=True, private=True)
def import_mapping_use(request: Request, pk: int) -> HttpResponse:
    """Choose for the columns what the mapping says, and show them."""
    job = get_object_or_404(ImportJob.objects.visible_to(request.user), pk=pk)
    asked = UseMappingForm(request.POST, mappings=SavedMapping.objects.visible_to(request.user))
    if not job.is_open or not asked.is_valid():
        messages.info(request, _("This mapping or import is no longer there to use."))
        return redirect("import_columns", job.pk)
    mapping = asked.cleaned_data["mapping"]
    form = ColumnsForm(job=job)
    form = ColumnsForm(answers_of(mapping, job.sheets, form.columns), job=job)
    if not form.is_valid():
        return columns_page(request, form)
    chosen = {key: form.cleaned_data[key] for key in ("sheets", "mapped", "choices")}
    try:
        use_mapping(job=job, by=request.user, **chosen)
    except BusyError:
        messages.info(request, BUSY)
    else:
        messages.success(request, _("The columns are as in “%s”. Look at them.") % mapping)
    return redirect("import_columns", job.pk)


@allow(Role.ADMINISTRATOR)
@require_safe
def import_mapping_list(request: Request) -> HttpResponse:
    page = keyset_page(
        SavedMapping.objects.visible_to(request.user).select_related("made_by"),
        column="name",
        cursor=request.GET.get("at", "")[:4000],
    )
    return render(request, "imports/import_mapping_list.html", {"page": page})


@allow(Role.ADMINISTRATOR)
@require_POST
def import_mapping_delete(request: Request, pk: int) -> HttpResponse:
    mapping = get_object_or_404(SavedMapping.objects.visible_to(request.user), pk=pk)
    delete_mapping(mapping=mapping, by=request.user)
    messages.success(request, _("The mapping “%s” is deleted.") % mapping)
    return redirect("import_mapping_list")
