from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pawfile.accounts.access import EVERYBODY, Request, allow
from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.fields.registry import Kind
from pawfile.lib.numbers import is_id
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.profiles.models.photo import PhotoQuerySet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.views.forms import found_for

SIZES = ("large", "small")


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def photo(request: Request, pk: int, size: str) -> HttpResponseBase:
    """A picture of our own making, behind the same gates as the pet it shows."""
    found, reader = found_for(request, pet_photos, pk)
    if size not in SIZES or "photo" not in policy_for(reader, "pet"):
        raise Http404
    return picture(found, size)


def pet_photos(reader: User) -> PhotoQuerySet:
    return Photo.objects.visible_to(reader).of_pets().ready()


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def client_field_photo(request: Request, pk: int, key: str, size: str) -> HttpResponseBase:
    return field_photo(*found_for(request, Client.objects.visible_to, pk), key, size)


@allow(*EVERYBODY)
@require_safe
@cache_control(private=True, max_age=3600)
def pet_field_photo(request: Request, pk: int, key: str, size: str) -> HttpResponseBase:
    return field_photo(*found_for(request, Pet.objects.visible_to, pk), key, size)


def field_photo(record: Profile, reader: User, key: str, size: str) -> HttpResponseBase:
    """The photo of one of the company's own fields, behind that field's own gate."""
    policy = policy_for(reader, record.subject.key)
    field = policy.fields[key].field if key in policy else None
    if size not in SIZES or field is None or not field.is_custom or field.kind != Kind.PHOTO:
        raise Http404
    photos = Photo.objects.visible_to(reader).ready()
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
    if not is_id(chosen):
        raise Http404
    client, reader = found_for(request, Client.objects.visible_to, int(chosen))
    if not policy_for(reader, "pet").can_edit("photo"):
        raise Http404
    photos = pet_photos(reader).filter(client=client)[:60]
    return render(request, "profiles/photo_choices.html", {"photos": photos, "chosen": ""})
