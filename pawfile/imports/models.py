"""What imports leave behind: ids of other programs, and texts that no field takes."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pawfile.lib.text import fold
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


class Extra(models.Model):
    """Texts of a file's columns that fill no field: heading → text, kept as they were.

    ``folded`` is what they are searched by.
    """

    texts = models.JSONField(default=dict)
    folded = models.TextField(editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = folded_texts(self.texts)
        super().save(*args, **kwargs)


class ClientExtra(Extra):
    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return str(self.client)


class PetExtra(Extra):
    pet = models.OneToOneField(Pet, on_delete=models.CASCADE, related_name="imported")

    def __str__(self) -> str:
        return str(self.pet)


def folded_texts(texts: Mapping[str, str]) -> str:
    return fold("\n".join(texts.values()))
