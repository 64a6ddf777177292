from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pawfile.accounts.access import Request, allow
from pawfile.accounts.models import OFFICE
from pawfile.doubles.actions import held_visits, merge_clients, merge_pets
from pawfile.doubles.choices import choices, fields_of, read_picks
from pawfile.doubles.models import Merge
from pawfile.doubles.preview import alike_pets, left_answers, moving, shown_history
from pawfile.doubles.unmerging import ForbiddenError, forbidding, undo_merge
from pawfile.fields.policy import policy_for
from pawfile.history.models import StaleRecordError
from pawfile.lib.htmx import render
from pawfile.lib.paging import keyset_page
from pawfile.profiles.blocking import HeldVisitsError
from pawfile.profiles.models import Client, Pet

PAGE_SIZE = 50


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def client_merge(request: Request, pk: int, other: int) -> HttpResponse:
    """Let the second client go into the first: what moves, and a choice for each field."""
    clients = Client.objects.visible_to(request.user)
    kept, gone = two_of(clients, pk, other)
    held = held_visits(kept, gone, reader=request.user)
    return merge_page(
        request, kept, gone, merge_clients, held=HeldVisitsError(held) if held else None
    )


@allow(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def pet_merge(request: Request, pk: int, other: int) -> HttpResponse:
    """The same for two pets of a client."""
    kept, gone = two_of(Pet.objects.visible_to(request.user).select_related("client"), pk, other)
    if kept.client_id != gone.client_id:
        raise Http404
    return merge_page(request, kept, gone, merge_pets)


def two_of(rows: Any, pk: int, other: int) -> tuple[Any, Any]:
    """Both records, 404 unless there are two."""
    if pk == other:
        raise Http404
    return get_object_or_404(rows, pk=pk), get_object_or_404(rows, pk=other)


def merge_page(
    request: Request, kept: Any, gone: Any, act: Callable[..., Merge], *, held: Any = None
) -> HttpResponse:
    policy = policy_for(request.user, kept.subject.key)
    picks = read_picks(
        request.POST, [field.key for field in fields_of(kept) if policy.can_edit(field.key)]
    )
    problem = ""
    if request.method == "POST" and not held:
        sent = request.POST.get("versions", "")
        try:
            if sent != versions_of(kept, gone):
                raise StaleRecordError
            merge = act(kept=kept, gone=gone, picks=picks, by=request.user)
        except StaleRecordError:
            problem = _("Somebody saved one of the two meanwhile. Nothing was merged: look again.")
        except HeldVisitsError as found:
            held = found
        else:
            text = _("{gone} went into {kept}.").format(gone=gone.name, kept=kept.name)
            messages.success(request, text)
            return redirect(merge)
    context = {
        "kept": kept,
        "gone": gone,
        "is_pet": isinstance(kept, Pet),
        "versions": versions_of(kept, gone),
        "choices": choices(kept, gone, policy, picks),
        "moving": moving(kept, gone),
        "held": held,
        "problem": problem,
    }
    status = 409 if problem or (held and request.method == "POST") else 200
    return render(request, "doubles/merge.html", context, status=status)


def versions_of(kept: Any, gone: Any) -> str:
    """By which it is known that the page was made of the records as they are."""
    return f"{kept.version}-{gone.version}"


@allow(*OFFICE)
@require_safe
def merge_list(request: Request) -> HttpResponse:
    """What was merged, the last first."""
    merges = Merge.objects.visible_to(request.user).select_related("client", "pet", "merged_by")
    at = request.GET.get("at", "")[:4000]
    page = keyset_page(merges, column="merged_at", descending=True, cursor=at, size=PAGE_SIZE)
    return render(request, "doubles/merge_list.html", {"page": page})


@allow(*OFFICE)
@require_safe
def merge_detail(request: Request, pk: int) -> HttpResponse:
    return detail_page(request, merge_of(request, pk))


def merge_of(request: Request, pk: int) -> Merge:
    """A merge of two that this person would have seen."""
    merges = Merge.objects.visible_to(request.user)
    merge = get_object_or_404(
        merges.select_related("client", "pet", "merged_by", "undone_by"), pk=pk
    )
    if merge.pet and not Pet.objects.visible_to(request.user).filter(pk=merge.pet.pk).exists():
        raise Http404
    return merge


def detail_page(
    request: Request, merge: Merge, *, forbidden: list[str] | None = None
) -> HttpResponse:
    """What was merged and what became of it, the history of the one that went, and the way back."""
    policy = policy_for(request.user, "pet" if merge.pet else "client")
    context = {
        "merge": merge,
        "forbidden": forbidding(merge) if forbidden is None else forbidden,
        "moved": moving(merge.kept, merge=merge),
        "answers": left_answers(merge, policy),
        "history": shown_history(merge, policy),
        "pets": []
        if merge.pet or merge.undone_at
        else alike_pets(merge.client, reader=request.user),
    }
    return render(request, "doubles/merge_detail.html", context, status=409 if forbidden else 200)


@allow(*OFFICE)
@require_POST
def merge_undo(request: Request, pk: int) -> HttpResponse:
    """Bring the one that went back, unless something made since forbids it."""
    merge = merge_of(request, pk)
    try:
        told = undo_merge(merge=merge, by=request.user)
    except ForbiddenError as forbidden:
        return detail_page(request, merge, forbidden=forbidden.messages)
    except ValidationError as problem:
        return detail_page(request, merge, forbidden=problem.messages)
    messages.success(request, _("%s is back.") % merge.gone_name)
    for text in told:
        messages.warning(request, text)
    return redirect(merge)
