from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.profiles.models.profile import Profile

SIZES = ("large", "small")


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def photo(request: Request, pk: int, size: str) -> HttpResponseBase:
    """A picture of our own making, behind the same gates as the pet it shows."""
    if size not in SIZES or "photo" not in policy_for(request.user, "pet"):
        raise Http404
    photos = Photo.objects.visible_to(request.user).of_pets().ready()
    return picture(get_object_or_404(photos, pk=pk), size)


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def client_field_photo(request: Request, pk: int, key: str, size: str) -> HttpResponseBase:
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=pk)
    return field_photo(request, client, key, size)


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def pet_field_photo(request: Request, pk: int, key: str, size: str) -> HttpResponseBase:
    pet = get_object_or_404(Pet.objects.visible_to(request.user), pk=pk)
    return field_photo(request, pet, key, size)


def field_photo(request: Request, record: Profile, key: str, size: str) -> HttpResponseBase:
    """The photo of one of the company's own fields, behind that field's own gate."""
    policy = policy_for(request.user, record.subject.key)
    field = policy.fields[key].field if key in policy else None
    if size not in SIZES or field is None or not field.is_custom or field.kind != Kind.PHOTO:
        raise Http404
    photos = Photo.objects.visible_to(request.user).ready()
    return picture(get_object_or_404(photos, pk=record.field_value(field)), size)


def picture(found: Photo, size: str) -> HttpResponseBase:
    try:
        file = default_storage.open(found.path(size))
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(file, content_type="image/jpeg")


@allow(*EVERYBODY)
@require_safe
def client_photos(request: Request) -> HttpResponse:
    """Photos already uploaded for ``?client=<id>``, to select one: part of the pet form."""
    chosen = request.GET.get("client", "")
    if not is_id(chosen) or not policy_for(request.user, "pet").can_edit("photo"):
        raise Http404
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=int(chosen))
    photos = Photo.objects.visible_to(request.user).of_pets().ready().filter(client=client)[:60]
    return render(request, "profiles/photo_choices.html", {"photos": photos, "chosen": ""})
