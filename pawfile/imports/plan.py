"""What an import will do with each household: make, change, leave alone. Writes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pawfile.access.models.key import fold_code
from pawfile.fields.registry import MANY_KINDS
from pawfile.imports import key_places
from pawfile.imports.columns import Column
from pawfile.imports.drafts import TELLING, Draft, KeyDraft, PetDraft, Texts, Values
from pawfile.imports.issue_list import Issues
from pawfile.imports.issues import Kind
from pawfile.imports.layout import Layout
from pawfile.imports.links import Sitters
from pawfile.imports.stored import AmbiguousError, Stored, same_name
from pawfile.imports.targets import CLIENT_ID
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile

KEY_LENGTH = 50


@dataclass(slots=True)
class PetPlan:
    """``values`` are all of a new pet's, of a stored pet those that differ; ``extras`` are all
    texts of the record, old and new, if any is new."""

    draft: PetDraft
    values: Values
    pet: Pet | None = None
    is_new_id: bool = False
    extras: Texts = field(default_factory=dict)

    @property
    def has_changes(self) -> bool:
        return bool(self.values or self.extras)


@dataclass(slots=True)
class ClientPlan:
    """``values`` are all of a new client's, of a stored client those that differ.

    ``is_new_id``: the file has an id that is not remembered yet.
    """

    draft: Draft
    values: Values
    client: Client | None = None
    is_new_id: bool = False
    pets: list[PetPlan] = field(default_factory=list)
    refused_pets: list[PetDraft] = field(default_factory=list)
    extras: Texts = field(default_factory=dict)
    keys: list[KeyDraft] = field(default_factory=list)
    refused_keys: list[KeyDraft] = field(default_factory=list)

    @property
    def has_changes(self) -> bool:
        return bool(self.values or self.extras or self.keys)

    @property
    def has_work(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.client is None or self.has_changes or self.is_new_id) or any(
            pet.pet is None or pet.has_changes or pet.is_new_id for pet in self.pets
        )


class Planner:
    def __init__(
        self,
        layouts: Sequence[Layout],
        issues: Issues,
        *,
        columns: Mapping[str, Column],
        region: str,
        sitters: Sitters,
    ) -> None:
        self.layouts = layouts
        self.issues = issues
        self.region = region
        self.sitters = sitters
        self.columns = {
            subject: {
                source.column.key: source.column
                for layout in layouts
                for source in layout.of(subject)
            }
            for subject in ("client", "pet")
        }
        for subject, key in (("client", "vet"), ("pet", "pet_vet")):
            if "vet_id" in self.columns[subject]:
                self.columns[subject][key] = columns[f"{subject}.{key}"]
        self.many = [
            key
            for key, column in self.columns["client"].items()
            if column.field and column.field.kind in MANY_KINDS
        ]
        self.taken: set[int] = set()
        self._codes: dict[str, tuple[int, int]] = {}
        """Key code → table and first row of the client, of the keys of this run."""

    def plan(self, drafts: Sequence[Draft]) -> tuple[list[ClientPlan], list[Draft]]:
        """Plans for the drafts, and the drafts that no record can be made of."""
        stored = Stored(drafts, taken=self.taken, many=self.many, region=self.region)
        plans, refused = [], []
        for draft in drafts:
            plan = self._client(draft, stored)
            if plan is None:
                refused.append(draft)
            else:
                plan.is_new_id = (
                    bool(draft.household.source_id)
                    and draft.household.source_id not in stored.clients_by_id
                )
                self._pets(plan, stored)
                self._keys(plan, stored)
                known = stored.extras.get(plan.client.pk, {}) if plan.client else {}
                plan.extras = with_new(known, draft.extras)
                plans.append(plan)
        return plans, refused

    def _client(self, draft: Draft, stored: Stored) -> ClientPlan | None:
        try:
            client = stored.client_of(draft.household)
        except AmbiguousError:
            message = _("Several clients of this name are in the book. Say which: e-mail, phone, "
                        "address, or an id.")  # fmt: skip
            self._refuse(Kind.AMBIGUOUS_CLIENT, message, draft)
            return None
        if client is None:
            values = self._new_client(draft)
            return None if values is None else ClientPlan(draft, values)
        self.taken.add(client.pk)
        values = self._differing(client, draft.values, stored)
        values.update(self._inferred(draft, client))
        return ClientPlan(draft, values, client)

    def _new_client(self, draft: Draft) -> Values | None:
        if self.layouts[draft.household.rows[0].sheet].names_clients_by_id:
            source_id = draft.household.source_id
            heading = self.layouts[draft.household.rows[0].sheet].heading_of(CLIENT_ID)
            message = _("The file has no names of clients: they are called “Client” and their id.")
            self.issues.add_once(
                Kind.NAMED_BY_ID, message, row=draft.household.rows[0].number, column=heading
            )
            names = {"first_name": "Client", "last_name": source_id}
            return {**names, **draft.values, **self._inferred(draft, None)}
        if "first_name" not in draft.values or "last_name" not in draft.values:
            self._refuse(Kind.TOO_LONG_FOR_A_NAME, _("Shorten the name."), draft)
            return None
        return {**draft.values, **self._inferred(draft, None)}

    def _inferred(self, draft: Draft, client: Client | None) -> Values:
        """Answers that follow from others, where nothing is answered yet."""
        found = {
            key: value
            for key, value in draft.inferred.items()
            if client is None or client.field_value(key) is None
        }
        for key in found:
            label = str(Client.subject[key].label)
            message = _("Set to Yes where fields are filled that belong to it, such as its code.")
            self.issues.add_once(
                Kind.INFERRED, message, row=draft.household.rows[0].number, value=label
            )
        return found

    def _refuse(self, kind: Kind, message: str, draft: Draft) -> None:
        name = " ".join(str(draft.values.get(key, "")) for key in ("first_name", "last_name"))
        for row in draft.household.rows:
            table = self.layouts[row.sheet].title
            self.issues.add(kind, message, row=row.number, value=name.strip(), table=table)

    def _differing(self, record: Profile, values: Values, stored: Stored) -> Values:
        """A code that was moved into the vault since does not come back into its text."""
        columns: dict[str, Column] = self.columns[record.subject.key]
        found = {}
        for key, said in values.items():
            room, value = columns[key].max_length, said
            if isinstance(said, str):
                value = stored.moved.taken_out(said, record, key, room)
            if not columns[key].matches(record, value):
                found[key] = value
        return found

    def _pets(self, plan: ClientPlan, stored: Stored) -> None:
        """Find each pet by its id, else among the client's others by its name."""
        by_id = [(draft, stored.pets_by_id.get(draft.source_id)) for draft in plan.draft.pets]
        found = {pet.pk for _draft, pet in by_id if pet}
        free = stored.pets_of(plan.client) if plan.client else []
        pairs: list[tuple[PetDraft, Pet | None]] = []
        for draft, pet in by_id:
            if pet is None:
                continue
            if plan.client is not None and pet.client_id == plan.client.pk:
                pairs.append((draft, pet))
            else:
                message = _("The pet with this id is another client's: %s. Change the owner there.")
                self._refuse_pet(plan, draft, message % pet.client)
        pairs += self._pairs(
            plan,
            [draft for draft, pet in by_id if pet is None],
            [pet for pet in free if pet.pk not in found],
        )
        for draft, pet in pairs:
            values = draft.values if pet is None else self._differing(pet, draft.values, stored)
            is_new_id = bool(draft.source_id) and draft.source_id not in stored.pets_by_id
            known = stored.pet_extras.get(pet.pk, {}) if pet else {}
            extras = with_new(known, draft.extras)
            plan.pets.append(PetPlan(draft, values, pet, is_new_id, extras))

    def _keys(self, plan: ClientPlan, stored: Stored) -> None:
        """Keys that are new to the book. Where one is that is there already, the book knows best.

        A code of another client's key is refused.
        """
        owner = self._place_of(plan)
        for draft in plan.draft.keys:
            folded = fold_code(draft.code)
            key = stored.keys.get(folded)
            if len(draft.code) > KEY_LENGTH:
                self._refuse_key(plan, draft, _("A key code has at most 50 characters."))
            elif key is not None and (plan.client is None or key.client_id != plan.client.pk):
                self._refuse_key(plan, draft, _("It is the code of a key of %s.") % key.client)
            elif self._codes.setdefault(folded, owner) != owner:
                self._refuse_key(plan, draft, _("Another client's key has this code."))
            elif key is None:
                self._take_key(plan, draft)
        self._ask_for_places(plan)

    @staticmethod
    def _place_of(plan: ClientPlan) -> tuple[int, int]:
        first = plan.draft.household.rows[0]
        return first.sheet, first.number

    def _take_key(self, plan: ClientPlan, draft: KeyDraft) -> None:
        """Of two rows about one key the one that says where it is counts."""
        same = [key for key in plan.keys if fold_code(key.code) == fold_code(draft.code)]
        if not same:
            plan.keys.append(draft)
        elif draft.place and not same[0].place:
            plan.keys[plan.keys.index(same[0])] = draft

    def _ask_for_places(self, plan: ClientPlan) -> None:
        for draft in plan.keys:
            message = key_places.question(draft.place, self.sitters)
            if message:
                table = self.layouts[draft.row.sheet].title
                value = draft.place or draft.code
                self.issues.add(
                    Kind.KEY_PLACE, message, row=draft.row.number, value=value, table=table
                )

    def _refuse_key(self, plan: ClientPlan, draft: KeyDraft, message: str) -> None:
        table = self.layouts[draft.row.sheet].title
        self.issues.add(Kind.KEY, message, row=draft.row.number, value=draft.code, table=table)
        plan.refused_keys.append(draft)

    def _pairs(
        self, plan: ClientPlan, drafts: Sequence[PetDraft], pets: Iterable[Pet]
    ) -> list[tuple[PetDraft, Pet | None]]:
        """Each pet of the file with the stored one that it is; the likest pairs first.

        Where two stored pets of the name fit alike, the pet of the file is refused.
        """
        left = list(pets)
        if len(left) == len(drafts) == 1 and same_name(left[0], drafts[0].values):
            return [(drafts[0], left[0])]
        pairs: list[tuple[PetDraft, Pet | None]] = []
        waiting = list(drafts)
        while waiting:
            scored = [
                (self._likeness(pet, draft.values), index, pet)
                for index, draft in enumerate(waiting)
                for pet in left
                if same_name(pet, draft.values)
            ]
            if not scored:
                return pairs + [(draft, None) for draft in waiting]
            score, index, best = max(scored, key=lambda entry: entry[0])
            draft = waiting.pop(index)
            rivals = [pet for other, at, pet in scored if at == index and other == score]
            if len(rivals) > 1:
                message = _("The client has several pets of this name and animal. Say which by "
                            "its microchip, birthday, sex or breed.")  # fmt: skip
                self._refuse_pet(plan, draft, message)
            else:
                left.remove(best)
                pairs.append((draft, best))
        return pairs

    def _likeness(self, pet: Pet, values: Values) -> int:
        """How many telling columns are the same, less those that differ."""
        columns = [self.columns["pet"][key] for key in TELLING if key in values]
        return sum(1 if column.matches(pet, values[column.key]) else -1 for column in columns)

    def _refuse_pet(self, plan: ClientPlan, draft: PetDraft, message: str) -> None:
        for row in draft.rows:
            self.issues.add(
                Kind.AMBIGUOUS_PET, message, row=row.number, value=str(draft.values["name"]),
                table=self.layouts[row.sheet].title,
            )  # fmt: skip
        plan.refused_pets.append(draft)


def with_new(known: Texts, found: Texts) -> Texts:
    """All texts if one of those found is new, else none: nothing is to be written."""
    merged = {**known, **found}
    return merged if merged != known else {}
