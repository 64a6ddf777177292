"""Where a record came from: the ids that other programs' files know clients and pets by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pawfile.profiles.models import Client, Pet

ID_LENGTH = 200


class SourceClient(models.Model):
    """A client's id in an imported file, so that a second import finds the client again."""

    source_id = models.CharField(_("id in the file"), max_length=ID_LENGTH, unique=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="source_ids")

    def __str__(self) -> str:
        return self.source_id


class SourcePet(models.Model):
    """A pet's id in an imported file."""

    source_id = models.CharField(_("id in the file"), max_length=ID_LENGTH, unique=True)
    pet = models.ForeignKey(Pet, on_delete=models.CASCADE, related_name="source_ids")

    def __str__(self) -> str:
        return self.source_id
