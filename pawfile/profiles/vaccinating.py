"""Writing vaccinations down, changing and removing them. The activity log says who did."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.profiles.filing import GoneError, Upload, add_files
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Pet, ProfileFile, Sight, Vaccination
from pawfile.profiles.vaccinations import day_text


@dataclass(frozen=True, slots=True)
class Given:
    """What a form says of a vaccination. An upload is the proof, whatever else was chosen."""

    name: str
    given_on: date | None
    expires_on: date | None
    proof: ProfileFile | None = None
    upload: Upload | None = None


@transaction.atomic
def add_vaccination(*, pet: Pet, given: Given, by: User) -> Vaccination:
    """Write it down; what is there already, word for word and day for day, is not added twice."""
    lock_client(pet.client)
    same = {"name__iexact": given.name, "given_on": given.given_on}
    found = Vaccination.objects.filter(pet=pet, expires_on=given.expires_on, **same).first()
    if found is not None and given.upload is None:
        return found
    row = found or Vaccination(pet=pet)
    fill(row, given, by=by)
    note(row, by=by, new=said(row), words=_("Vaccination added"))
    return row


@transaction.atomic
def change_vaccination(*, vaccination: Vaccination, given: Given, by: User) -> Vaccination:
    """Raises ``GoneError`` if it was removed meanwhile."""
    row = locked(vaccination)
    old, old_proof = said(row), row.proof_id
    fill(row, given, by=by)
    if said(row) != old or row.proof_id != old_proof:
        note(row, by=by, old=old, new=said(row), words=_("Vaccination changed"))
    return row


@transaction.atomic
def remove_vaccination(*, vaccination: Vaccination, by: User) -> None:
    """The file that proved it stays. Raises ``GoneError``."""
    row = locked(vaccination)
    note(row, by=by, old=said(row), words=_("Vaccination removed"))
    row.delete()


def locked(vaccination: Vaccination) -> Vaccination:
    lock_client(vaccination.pet.client)
    row = Vaccination.objects.select_related("pet__client", "proof").filter(pk=vaccination.pk)
    found = row.first()
    if found is None:
        raise GoneError
    return found


def fill(row: Vaccination, given: Given, *, by: User) -> None:
    """Save what was given; the proof is uploaded first, for everybody who sees the pet."""
    row.name, row.given_on, row.expires_on = given.name, given.given_on, given.expires_on
    row.proof = given.proof
    if given.upload:
        row.proof = add_files(
            client=row.pet.client, pet=row.pet, uploads=[given.upload], sight=Sight.EVERYBODY,
            title=given.name, by=by,
        )[0]  # fmt: skip
    row.save()


def said(row: Vaccination) -> str:
    """ "Rabies, given 3 Mar 2026, runs out 3 Mar 2029" """
    given = row.given_on and _("given {day}").format(day=day_text(row.given_on))
    ends = row.expires_on and _("runs out {day}").format(day=day_text(row.expires_on))
    return ", ".join(part for part in (row.name, given, ends) if part)


def note(row: Vaccination, *, by: User, old: str = "", new: str = "", words: str) -> None:
    about = _("{pet} of {client}").format(pet=row.pet.name, client=row.pet.client.name)
    record_activity(by=by, kind=ActivityKind.PET, about=about, old=old, new=new, note=words)
