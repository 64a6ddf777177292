"""The guided start: what a new client is asked, one step at a time, with the profile's own forms.

Every step can be skipped; what must be filled in before visits can be requested is asked once more
in the last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.fields.policy import policy_for
from pawfile.invites.doubles import note_doubles
from pawfile.invites.models import GuidedStart, Registration, Step
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.portal import missing_for_requests, still_needed

#: Sections of the client's form that a step asks; a company's own come when they are required.
SECTIONS = {Step.DETAILS: ("contact", "emergency"), Step.HOME: ("address", "access", "home", "vet")}
#: What is asked of a pet here; the rest can wait for My Pets.
PET_KEYS = frozenset(
    {
        "name", "animal", "breed", "sex", "born", "photo",
        "behavior_warnings", "allergies", "medication", "feeding",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A record of the home and the keys of its required fields that are still empty."""

    record: Client | Pet
    keys: frozenset[str]


def open_start(client: Client, step: Step) -> None:
    """Remember where the household stopped."""
    start, is_new = GuidedStart.objects.get_or_create(client=client, defaults={"step": step})
    if not is_new and start.step != step:
        start.step = step
        start.save(update_fields=["step"])


def step_to_open(client: Client, user: User) -> Step:
    """Where to go on. Who was through, and lacks something again, is asked only that."""
    start = GuidedStart.objects.filter(client=client).first()
    step = Step(start.step) if start else Step.DETAILS
    if step != Step.DONE:
        return step
    if not client.pets.filter(active=True).exists():
        return Step.PETS
    return Step.REQUIRED if missing_for_requests(client, user) else Step.DONE


def keys_of_step(step: Step, user: User) -> frozenset[str]:
    """The fields of the client that a step asks this person."""
    return frozenset(
        item.key
        for section in policy_for(user, "client").sections
        if section.key in SECTIONS.get(step, ())
        for item in section.fields
        if item.is_editable
    )


def pet_keys(user: User) -> frozenset[str]:
    """The usual few and whatever the company requires."""
    policy = policy_for(user, "pet")
    required = {item.key for item in policy.editable if item.is_required}
    return PET_KEYS | required - {"client"}


def next_asked(client: Client, user: User) -> Asked | None:
    """The first record of the home that lacks something required; ``None``: nothing does."""
    pets = Pet.objects.visible_to(user).filter(client=client).select_related("client")
    found = (asked_of(record, user) for record in (client, *pets))
    return next((asked for asked in found if asked.keys), None)


def asked_of(record: Client | Pet, user: User) -> Asked:
    """The required fields that are empty, with the questions on which they depend."""
    policy = policy_for(user, record.subject.key)
    keys = {needed.key for needed in still_needed(record, policy)}
    conditions = (policy.fields[key].field.shown_when for key in keys)
    keys |= {each.key for each in conditions if each and policy.can_edit(each.key)}
    return Asked(record, frozenset(keys))


@transaction.atomic
def save_own_details(*, client: Client, values: Mapping[str, Any], by: User) -> Client:
    """Save what a client said; of one who registered it may show that the home is known already."""
    saved = update_client(client, values=values, by=by)
    if Registration.objects.filter(client=client).exists():
        note_doubles(saved)
    return saved
