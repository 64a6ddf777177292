"""Services & Times: what the company offers, and in which parts of the day."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.lib.htmx import render
from pawfile.schedule.forms.services import BlockForm, ServiceForm
from pawfile.schedule.models import Service, TimeBlock
from pawfile.schedule.offers import (
    InUseError,
    delete_block,
    delete_service,
    is_block_used,
    is_service_used,
    save_block,
    save_service,
    times_of,
)


@allow(*OFFICE)
@require_safe
def service_list(request: Request) -> HttpResponse:
    services = Service.objects.visible_to(request.user).prefetch_related("blocks")
    blocks = TimeBlock.objects.visible_to(request.user).annotate(count=Count("services"))
    blocks = blocks.order_by("start", "name")  # counting drops the model's order
    context = {
        "services": services.order_by("-is_active", "name"),
        "blocks": [(block, times_of(block)) for block in blocks],
    }
    return render(request, "schedule/service_list.html", context)


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def service_create(request: Request) -> HttpResponse:
    return service_page(request, Service())


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def service_edit(request: Request, pk: int) -> HttpResponse:
    return service_page(request, service_of(request, pk))


@allow(*OFFICE)
@require_POST
def service_delete(request: Request, pk: int) -> HttpResponse:
    """Only one that was never used; the others are made inactive."""
    service = service_of(request, pk)
    try:
        delete_service(service=service, by=request.user)
    except InUseError:
        said = _("%s is in use and was not deleted. Make it inactive instead.")
        messages.error(request, said % service.name)
        return redirect("service_edit", pk)
    messages.success(request, _("%s was deleted.") % service.name)
    return redirect("service_list")


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def block_create(request: Request) -> HttpResponse:
    return block_page(request, TimeBlock())


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def block_edit(request: Request, pk: int) -> HttpResponse:
    return block_page(request, block_of(request, pk))


@allow(*OFFICE)
@require_POST
def block_delete(request: Request, pk: int) -> HttpResponse:
    block = block_of(request, pk)
    try:
        delete_block(block=block, by=request.user)
    except InUseError:
        messages.error(request, _("%s is in use and was not deleted.") % block.name)
        return redirect("block_edit", pk)
    messages.success(request, _("%s was deleted.") % block.name)
    return redirect("service_list")


def service_of(request: Request, pk: int) -> Service:
    return get_object_or_404(Service.objects.visible_to(request.user), pk=pk)


def block_of(request: Request, pk: int) -> TimeBlock:
    return get_object_or_404(TimeBlock.objects.visible_to(request.user), pk=pk)


def service_page(request: Request, service: Service) -> HttpResponse:
    """The form of a service, new or not."""
    sent = request.POST if request.method == "POST" else None
    form = ServiceForm(service, sent, currency=request.company.currency)
    name = service.name
    save = partial(save_service, service=service, by=request.user)
    if is_saved(request, form, service, save):
        return redirect("service_list")
    can_delete = bool(service.pk) and not is_service_used(service)
    context = {"form": form, "service": service, "name": name, "can_delete": can_delete}
    return form_page(request, "schedule/service_form.html", context)


def block_page(request: Request, block: TimeBlock) -> HttpResponse:
    """The form of a time block, new or not."""
    form = BlockForm(block, request.POST if request.method == "POST" else None)
    name = block.name
    save = partial(save_block, block=block, by=request.user)
    if is_saved(request, form, block, save):
        return redirect("service_list")
    can_delete = bool(block.pk) and not is_block_used(block)
    context = {"form": form, "block": block, "name": name, "can_delete": can_delete}
    return form_page(request, "schedule/block_form.html", context)


def is_saved(
    request: Request,
    form: ServiceForm | BlockForm,
    thing: Service | TimeBlock,
    save: Callable[..., object],
) -> bool:
    """Save what was sent, if it can be; else the form says what is wrong."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        save(values=form.cleaned_data)
    except IntegrityError:
        form.add_error("name", _("Somebody else just took this name; choose another one."))
        return False
    messages.success(request, _("%s was saved.") % thing.name)
    return True


def form_page(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].is_bound else 200)
