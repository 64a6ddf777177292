"""The rows that cells point at by name: vets, sitters, territories, tags. Read once for a run."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pawfile.accounts.models import User
from pawfile.lib.phones import e164
from pawfile.lib.text import fold
from pawfile.profiles.actions import create_vet
from pawfile.profiles.models import Tag
from pawfile.resources.models import Territory, Vet, vet_text

Row = TypeVar("Row")


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """A name as it is compared: accents, case and blanks do not matter."""
    return " ".join(fold(text).split())


class AmbiguousVetError(Exception):
    """Several vets have the name, and nothing tells which one is meant."""


@dataclass(eq=False, slots=True)
class VetEntry:
    """A vet that is there already, or will be when the first client with it is saved."""

    name: str
    phone: str
    address: str
    vet: Vet | None = None
    learned_phone: bool = False
    clinic: str = ""

    @property
    def pk(self) -> int | None:
        return self.vet.pk if self.vet else None

    def saved(self) -> Vet:
        """The vet's row, made now if it was not there; a phone the file added is kept too."""
        if self.vet is None:
            self.vet = create_vet(
                name=self.name, phone=self.phone, address=self.address, clinic=self.clinic
            )
        elif self.learned_phone:
            self.vet.phone = self.phone
            self.vet.save(update_fields=["phone"])
        self.learned_phone = False
        return self.vet


class Vets:
    """Vets by name, and by phone where one name has several."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._named: dict[str, list[VetEntry]] = defaultdict(list)
        self.by_source_id: dict[str, VetEntry] = {}
        for vet in Vet.objects.order_by("pk"):
            self._remember(VetEntry(vet.name, vet.phone, vet.address, vet, clinic=vet.clinic))

    def _remember(self, entry: VetEntry) -> None:
        both = vet_text(entry.name, entry.clinic)  # as it is exported
        for name in {name_key(entry.name), name_key(entry.clinic), name_key(both)} - {""}:
            self._named[name].append(entry)

    def entry(self, name: str, phone: str, address: str, clinic: str = "") -> VetEntry:
        """The vet of this name, or of this clinic, and phone; a new one when none fits.

        A missing phone on either side is no difference. Raises ``AmbiguousVetError``.
        """
        name, clinic = name or clinic, clinic if name else ""
        same_name = self._named.get(name_key(name)) or self._named.get(name_key(clinic), [])
        fitting = [entry for entry in same_name if self._same_phone(entry.phone, phone)]
        if not fitting:
            fitting = [entry for entry in same_name if not (entry.phone and phone)]
        if len(fitting) > 1:
            raise AmbiguousVetError
        if not fitting:
            entry = VetEntry(name, phone, address, clinic=clinic)
            self._remember(entry)
            return entry
        entry = fitting[0]
        if phone and not entry.phone:
            entry.phone, entry.learned_phone = phone, True
        return entry

    def _same_phone(self, one: str, other: str) -> bool:
        if not one or not other:
            return False
        return one == other or digits_of(one, self._region) == digits_of(other, self._region)


def digits_of(phone: str, region: str) -> str:
    """A phone as it is compared: as E.164, else by its letters and digits."""
    return e164(phone, region) or "".join(filter(str.isalnum, fold(phone)))


class Sitters:
    """Active sitters by name or e-mail; a name that two of them have finds none."""

    def __init__(self) -> None:
        self._found = unique_by_name(
            (name, user)
            for user in User.objects.sitters()
            for name in {name_key(user.name), name_key(user.email)}
        )

    def named(self, name: str) -> User | None:
        return self._found.get(name_key(name))


class Territories:
    def __init__(self) -> None:
        self._found = unique_by_name((name_key(row.name), row) for row in Territory.objects.all())

    def named(self, name: str) -> Territory | None:
        return self._found.get(name_key(name))


class Tags:
    """Tags by name: one of another spelling is the same tag."""

    def __init__(self) -> None:
        self._spelled = {
            name_key(name): name for name in Tag.objects.values_list("name", flat=True)
        }

    def spelled(self, name: str) -> str:
        return self._spelled.setdefault(name_key(name), name)


def unique_by_name(pairs: Iterable[tuple[str, Row]]) -> dict[str, Row]:
    """Rows by name, without the names that more than one row has."""
    found: dict[str, list[Row]] = defaultdict(list)
    for name, row in pairs:
        found[name].append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}
