"""Homes with codes."""

import pytest

from pawfile.fields.models import CustomField
from pawfile.fields.registry import Kind
from pawfile.options.models import SiteOptions
from pawfile.profiles.actions import update_client, update_pet
from pawfile.profiles.models import Client, Pet
from tests.home_access.vault import CHIP, CODE


@pytest.fixture
def codes(cleos_home: Client) -> Client:
    """Cleo's home with a door code."""
    update_client(cleos_home, values={"door_code": CODE}, by=None)
    return Client.objects.get(pk=cleos_home.pk)


@pytest.fixture
def shed(rex: Pet) -> CustomField:
    """A field of the company's own with a code of the pet's, shown to everybody."""
    field = CustomField.objects.create(subject="pet", label="Kennel code", kind=Kind.SECRET)
    SiteOptions.renew_fields()
    fresh = Pet.objects.get(pk=rex.pk)
    update_pet(fresh, values={field.key: CHIP}, by=None)
    return field
