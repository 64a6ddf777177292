from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pawfile.fields.policy import PolicyField
from pawfile.lib.pictures import PictureError, check_picture
from pawfile.profiles.forms.profile import ProfileForm
from pawfile.profiles.models import Client, Pet, Photo

#: The answer of "Select" that takes the photo away.
NO_PHOTO = "none"


class PetForm(ProfileForm):
    record: Pet

    def choices_of(self, item: PolicyField) -> tuple[tuple[str, Any], ...]:
        if item.key == "animal":
            animals = tuple((animal, animal) for animal in self.company.animals)
            return self.with_old(item, animals)
        return super().choices_of(item)

    @property
    def animal(self) -> str | None:
        return self.answer("animal") or None

    @property
    def owner(self) -> Client | None:
        """The owner as far as it is known: chosen just now, or of the pet being edited."""
        chosen = self.values.get("client")
        if isinstance(chosen, Client):
            return chosen
        return self.record.client if self.record.client_id else None

    @cached_property
    def photos(self) -> list[Photo]:
        """Photos already uploaded for this pet's client, newest first."""
        if self.owner is None or not self.policy.can_edit("photo"):
            return []
        return list(
            Photo.objects.visible_to(self.by).of_pets().ready().filter(client=self.owner)[:60]
        )

    def take(self, item: PolicyField) -> None:
        if item.key == "photo":
            self.take_photo()
        else:
            super().take(item)

    def take_photo(self) -> None:
        """An upload wins over a selected photo; nothing chosen leaves the photo as it is."""
        upload = self.cleaned_data.get("photo")
        chosen = self.cleaned_data.get("photo_choice") or ""
        if upload:
            try:
                check_picture(upload, upload.name)
            except PictureError as problem:
                self.add_error("photo", str(problem))
            else:
                self.values["photo"] = upload
        elif chosen == NO_PHOTO:
            self.values["photo"] = None
        elif chosen and chosen != str(self.record.photo_id or ""):
            known = {str(photo.pk): photo for photo in self.photos}
            if chosen in known:
                self.values["photo"] = known[chosen]
            else:
                self.add_error("photo_choice", _("Select one of this client's photos."))
