"""Every address of the site and who may call it: the table that the tests in this folder walk."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.db.models import Model
from django.urls import reverse
from PIL import Image

from pawfile.accounts.models import User
from pawfile.profiles.actions import add_photo, update_client, update_pet
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.resources.models import Vet

#: Columns of the table, in this order. ``sam`` is the sitter of the client of the address,
#: ``stan`` has never met her; ``cleo`` is her login, ``carl`` belongs to another client.
PEOPLE = ("ada", "mona", "sam", "stan", "cleo", "carl", "nobody")


@dataclass(frozen=True)
class Home:
    """The records that the addresses are about, all of Cleo's home."""

    client: Client
    pet: Pet
    photo: Photo
    vet: Vet


def make_home(client: Client, pet: Pet, *, by: User) -> Home:
    """Cleo's home with a photo, a vet and a change of each record, so that every page has one."""
    vet = Vet.objects.create(name="Dr. Vetter")
    photo = make_photo(client)
    update_client(client, values={"street": "1 Elm Street", "vet": vet}, by=by)
    update_pet(pet, values={"name": "Rexie", "photo": photo}, by=by)
    return Home(client, pet, photo, vet)


def make_photo(client: Client, colour: str = "red") -> Photo:
    file = BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "JPEG")
    photo = add_photo(client=client, file=ContentFile(file.getvalue(), "rex.jpg"), by=None)
    photo.refresh_from_db()
    return photo


Arguments = Callable[[Home], list[object]]


def of_client(home: Home) -> list[object]:
    return [home.client.pk]


def of_pet(home: Home) -> list[object]:
    return [home.pet.pk]


def nothing(home: Home) -> list[object]:
    return []


@dataclass(frozen=True)
class Address:
    """One address: what a GET of it answers to each of PEOPLE, and what it can be asked with."""

    arguments: Arguments
    statuses: tuple[int, ...]
    methods: str = "GET HEAD"
    #: The record that the number in the address is of, if it has one.
    record: type[Model] | None = None

    def url(self, name: str, home: Home) -> str:
        return reverse(name, args=self.arguments(home))


READ, FORM = "GET HEAD", "GET HEAD POST"
IN = 302  # to the sign-in page

ADDRESSES: dict[str, Address] = {
    # name                            ada  mona sam  stan cleo carl nobody
    "home": Address(nothing, (200, 200, 200, 200, 200, 200, IN)),
    "health": Address(nothing, (200, 200, 200, 200, 200, 200, 200)),
    "icon_sprite": Address(nothing, (200, 200, 200, 200, 200, 200, 200)),
    "style_page": Address(nothing, (200, 403, 403, 403, 403, 403, IN)),
    "client_list": Address(nothing, (200, 200, 200, 200, 403, 403, IN)),
    "client_picker": Address(nothing, (200, 200, 200, 200, 200, 200, IN)),
    "client_create": Address(nothing, (200, 200, 403, 403, 403, 403, IN), FORM),
    "client_detail": Address(of_client, (200, 200, 200, 404, 200, 404, IN), READ, Client),
    "client_row": Address(of_client, (200, 200, 200, 404, 403, 403, IN), READ, Client),
    "client_edit": Address(of_client, (200, 200, 403, 404, 200, 404, IN), FORM, Client),
    "client_delete": Address(of_client, (200, 403, 403, 403, 403, 403, IN), FORM, Client),
    "client_photos": Address(of_client, (200, 200, 404, 404, 200, 404, IN), READ, Client),
    "client_changes": Address(
        lambda home: [home.client.pk, "street"], (200, 200, 200, 404, 200, 404, IN), READ, Client
    ),
    "pet_list": Address(nothing, (200, 200, 200, 200, 200, 200, IN)),
    "pet_create": Address(nothing, (200, 200, 403, 403, 200, 200, IN), FORM),
    "pet_detail": Address(of_pet, (200, 200, 200, 404, 200, 404, IN), READ, Pet),
    "pet_edit": Address(of_pet, (200, 200, 403, 404, 200, 404, IN), FORM, Pet),
    "pet_delete": Address(of_pet, (200, 403, 403, 403, 403, 403, IN), FORM, Pet),
    "pet_changes": Address(
        lambda home: [home.pet.pk, "name"], (200, 200, 200, 404, 200, 404, IN), READ, Pet
    ),
    "photo": Address(
        lambda home: [home.photo.pk, "small"], (200, 200, 200, 404, 200, 404, IN), READ, Photo
    ),
    "vet_list": Address(nothing, (200, 200, 200, 200, 403, 403, IN)),
    "vet_create": Address(nothing, (200, 200, 403, 403, 403, 403, IN), FORM),
    "vet_edit": Address(lambda home: [home.vet.pk], (200, 200, 403, 403, 403, 403, IN), FORM, Vet),
    # The sign-in library's pages. Whoever is signed in is sent home from the page to sign in.
    "account_login": Address(nothing, (302, 302, 302, 302, 302, 302, 200), FORM),
    "account_logout": Address(nothing, (200, 200, 200, 200, 200, 200, 302), FORM),
    "account_inactive": Address(nothing, (200, 200, 200, 200, 200, 200, 200)),
    "account_signup": Address(nothing, (302, 302, 302, 302, 302, 302, 200), FORM),
    "account_change_password": Address(nothing, (200, 200, 200, 200, 200, 200, IN), FORM),
    "account_set_password": Address(nothing, (302, 302, 302, 302, 302, 302, IN), FORM),
    "account_reauthenticate": Address(nothing, (200, 200, 200, 200, 200, 200, IN), FORM),
    "account_reset_password": Address(nothing, (200, 200, 200, 200, 200, 200, 200), FORM),
    "account_reset_password_done": Address(nothing, (200, 200, 200, 200, 200, 200, 200)),
    "account_reset_password_from_key": Address(
        # A link that is none says so, whatever it is asked with.
        lambda home: ["zz", "no-such-key"],
        (200,) * 7,
        "GET HEAD POST DELETE PATCH TRACE",
    ),
    "account_reset_password_from_key_done": Address(nothing, (200,) * 7),
}
