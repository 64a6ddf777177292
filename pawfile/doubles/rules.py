"""What becomes of each row that points at a client or a pet when that one goes into another.

Every relation is placed here by name. One that is not stops the merge, and the tests: nothing goes
down with the record that nobody thought of. A new table that points at a client or pet needs a
line, and usually ``Rule(_("what it is called"))``.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pawfile.fields.registry import Label
from pawfile.profiles.models import Client, Pet

ALL, NONE, OF_PETS = Q(), Q(pk__in=()), Q(pet__isnull=False)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """``called``: what the preview counts. ``same``: where the one that stays has a row with the
    same values in these columns, its row stands and the other is kept with the merge; empty: one
    row is all there can be. ``only``: the rows that move; the others speak of the one that goes,
    and are kept with the merge."""

    called: Label
    same: tuple[str, ...] | None = None
    only: Q = ALL


#: Moves nothing: all rows are kept with the merge.
LEFT = Rule("", only=NONE)
#: Made anew out of the record, so not even kept.
MADE_ANEW = Rule("", only=NONE)
#: The history of the one that goes: kept with the merge and readable there.
HISTORY = Rule("", only=NONE)

CLIENT_RULES: dict[str, Rule] = {
    "profiles.Pet.client": Rule(_("Pets")),
    "profiles.Photo.client": Rule(_("Photos")),
    "profiles.ProfileFile.client": Rule(_("Files")),
    "profiles.Client_logins.client": Rule(_("Logins"), same=("user",)),
    "profiles.Client_tags.client": Rule(_("Tags"), same=("tag",)),
    "profiles.Client_blocked_sitters.client": Rule(_("Blocked sitters"), same=("user",)),
    "profiles.SectionReview.client": Rule(_("Confirmed sections of pets"), only=OF_PETS),
    "profiles.ReviewAsk.client": Rule("", same=()),
    "profiles.ClientChange.record": HISTORY,
    "profiles.ClientSeen.record": LEFT,
    "profiles.ClientWord.record": MADE_ANEW,
    "schedule.Series.client": Rule(_("Repeating visits")),
    "schedule.Visit.client": Rule(_("Visits")),
    "schedule.SitterNote.client": Rule(_("Notes by sitters")),
    "schedule.CustomPrice.client": Rule(_("Prices"), same=("service",)),
    "schedule.Acknowledgement.client": Rule("", only=OF_PETS),
    "access.Key.client": Rule(_("Keys")),
    "access.WayIn.client": Rule(_("Ways in of the entry plan"), same=()),
    "access.EntryCheck.client": Rule(_("Questions about locks and codes")),
    "access.Reveal.client": Rule(_("Codes opened")),
    "access.Find.client": Rule(
        _("Codes in text"), same=("key", "digest", "pet", "visit", "series", "sitter_note")
    ),
    "messaging.Conversation.client": Rule(_("Conversations")),
    "messaging.InternalNote.client": Rule(_("Internal notes")),
    "invites.Invite.client": Rule(_("Invites"), same=("email", "used_at", "revoked_at")),
    "invites.Consent.client": Rule(_("Agreements")),
    "invites.Registration.client": Rule(_("Registration"), same=()),
    "invites.GuidedStart.client": Rule("", same=()),
    "invites.LikelyDouble.client": LEFT,
    "invites.LikelyDouble.known": LEFT,
    "imports.SourceClient.client": Rule(_("Numbers in imported files")),
    "imports.ClientExtra.client": Rule(_("More from imported files"), same=()),
    "doubles.Pair.one": LEFT,
    "doubles.Pair.other": LEFT,
    "doubles.Merge.client": Rule(_("Earlier merges")),
}  # fmt: skip

PET_RULES: dict[str, Rule] = {
    "profiles.ProfileFile.pet": Rule(_("Files")),
    "profiles.Vaccination.pet": Rule(_("Vaccinations")),
    "profiles.SectionReview.pet": LEFT,
    "profiles.PetChange.record": HISTORY,
    "profiles.PetSeen.record": LEFT,
    "schedule.Visit_pets.pet": Rule(_("Visits"), same=("visit",)),
    "schedule.Series_pets.pet": Rule(_("Repeating visits"), same=("series",)),
    "schedule.Acknowledgement.pet": LEFT,
    "access.Reveal.pet": Rule(_("Codes opened")),
    "access.Find.pet": Rule(_("Codes in text"), same=("key", "digest")),
    "imports.SourcePet.pet": Rule(_("Numbers in imported files")),
    "imports.PetExtra.pet": Rule(_("More from imported files"), same=()),
    "doubles.Merge.pet": Rule(_("Earlier merges")),
}

RULES: dict[type[models.Model], dict[str, Rule]] = {Client: CLIENT_RULES, Pet: PET_RULES}


@dataclass(frozen=True, slots=True)
class Relation:
    """A column of another table that points at clients or pets."""

    model: type[models.Model]
    column: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    @property
    def rows(self) -> "models.QuerySet[Any]":
        return self.model._base_manager.order_by("pk")

    def of(self, record: models.Model) -> "models.QuerySet[Any]":
        return self.rows.filter(**{self.column: record.pk})


def relations(model: type[models.Model]) -> list[Relation]:
    """Every column of every table that points at this one, those between many and many too."""
    return [
        Relation(found.related_model, found.field.name)
        for found in model._meta.get_fields(include_hidden=True)
        if isinstance(found, models.ManyToOneRel)
    ]


class UnplacedRelationError(LookupError):
    """A table points at clients or pets, and nobody has said what becomes of its rows."""


def ruled(model: type[models.Model]) -> list[tuple[Relation, Rule]]:
    """Each relation with its rule, in the order of the list above: that of the preview, and what
    hangs on other rows comes after these."""
    rules, found = RULES[model], {each.name: each for each in relations(model)}
    if unplaced := found.keys() - rules.keys():
        raise UnplacedRelationError(", ".join(sorted(unplaced)))
    return [(found[name], rule) for name, rule in rules.items() if name in found]
