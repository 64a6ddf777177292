"""Everything that changed at a client's: one page of changes of client and pets, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import OFFICE, STAFF, Role, User
from pawfile.fields.policy import PolicyField, policy_for
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, merged_page
from pawfile.options.models import SiteOptions
from pawfile.profiles.as_of import first_day
from pawfile.profiles.changes import ShownChange, field_label, shown_change
from pawfile.profiles.display import change_url
from pawfile.profiles.models import Client, ClientChange, Pet, PetChange
from pawfile.profiles.models.profile import Profile

#: Instead of a person: everybody of a kind.
HOUSEHOLD, OFFICE_PEOPLE, SITTERS, IMPORT = "household", "office", "sitters", "import"
#: Instead of a pet: the client's own fields.
HOME = "home"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that are not on offer are as if not given."""

    field: str = ""
    who: str = ""
    about: str = ""
    cursor: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.field or self.who or self.about)


class Timeline:
    """The changes of one client and the pets that the reader sees."""

    def __init__(
        self, client: Client, pets: Sequence[Pet], *, reader: User, company: SiteOptions
    ) -> None:
        self.client, self.pets = client, {pet.pk: pet for pet in pets}
        self.reader, self.company = reader, company
        self.policies = {key: policy_for(reader, key) for key in ("client", "pet")}

    @property
    def changes(self) -> tuple[QuerySet[ClientChange], QuerySet[PetChange]]:
        """All that this reader may read."""
        client, pet = self.policies["client"], self.policies["pet"]
        return (
            ClientChange.objects.filter(record=self.client, key__in=client.keys),
            PetChange.objects.filter(record__in=self.pets, key__in=pet.keys).readable_by(
                self.reader
            ),
        )

    # Offered

    @property
    def fields(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Group → (value, label) of the fields that can be asked for."""
        groups = [(_("Client"), "client"), *([(_("Pets"), "pet")] if self.pets else [])]
        return [
            (name, [(f"{key}.{each.key}", str(each.label)) for each in fields_of(self, key)])
            for name, key in groups
        ]

    @property
    def subjects(self) -> list[tuple[str, str]]:
        if not self.pets:
            return []
        return [
            (HOME, self.client.name),
            *((str(pk), pet.name) for pk, pet in self.pets.items()),
        ]

    @property
    def has_names(self) -> bool:
        """Whether the reader reads who of the staff it was."""
        return not self.reader.is_client or self.company.has_staff_names_for_clients

    def people(self) -> list[tuple[str, str]]:
        """Kinds of people, then those who changed something here."""
        kinds = [(HOUSEHOLD, _("Household")), (OFFICE_PEOPLE, _("Office"))]
        kinds += [(SITTERS, _("Sitters"))] if self.has_names else []
        own = set[int | None]()
        for rows in self.changes:
            own |= set(rows.order_by().values_list("changed_by", flat=True).distinct())
        known = User.objects.get_queryset().filter(pk__in=[pk for pk in own if pk is not None])
        if not self.has_names:
            known = known.filter(role=Role.CLIENT)
        named = [(str(user.pk), str(user)) for user in known.order_by("name", "pk")]
        return [*kinds, *([(IMPORT, _("Import"))] if None in own else []), *named]

    # Asked for

    def read(self, query: Mapping[str, Any], people: Sequence[tuple[str, str]]) -> Filters:
        """Only what is on offer: else the filter by person would tell whom the reader may not
        know."""
        fields = {value for _group, offered in self.fields for value, _label in offered}
        field, who, about = (str(query.get(name, "")) for name in ("field", "who", "about"))
        return Filters(
            field=field if field in fields else "",
            who=who if who in {value for value, _label in people} else "",
            about=about if about in {value for value, _label in self.subjects} else "",
            cursor=str(query.get("at", ""))[:4000],
        )

    def page(self, filters: Filters) -> Page[ClientChange | PetChange]:
        """One page: a query for the client, one for the pets."""
        client, pets = (rows.filter(self.by_whom(filters.who)) for rows in self.changes)
        subject, _dot, key = filters.field.partition(".")
        if key:
            client = client.filter(key=key) if subject == "client" else client.none()
            pets = pets.filter(key=key) if subject == "pet" else pets.none()
        if filters.about == HOME:
            pets = pets.none()
        elif is_id(filters.about):
            client, pets = client.none(), pets.filter(record=int(filters.about))
        return merged_page(
            [client.select_related("changed_by"), pets.select_related("changed_by")],
            column="changed_at",
            cursor=filters.cursor,
            size=PAGE_SIZE,
        )

    def by_whom(self, who: str) -> Q:
        if is_id(who):
            return Q(changed_by=int(who))
        office = OFFICE if self.has_names else STAFF
        kinds = {
            HOUSEHOLD: Q(changed_by__role=Role.CLIENT),
            OFFICE_PEOPLE: Q(changed_by__role__in=office),
            SITTERS: Q(changed_by__role=Role.SITTER),
            IMPORT: Q(changed_by=None),
        }
        return kinds.get(who, Q())

    # Shown

    def shown(self, found: Sequence[ClientChange | PetChange]) -> list[ShownChange]:
        return [self.entry(change, self.record_of(change)) for change in found]

    def record_of(self, change: ClientChange | PetChange) -> Profile:
        return self.client if isinstance(change, ClientChange) else self.pets[change.record_id]

    def entry(self, change: ClientChange | PetChange, record: Profile) -> ShownChange:
        policy = self.policies[record.subject.key]
        item: PolicyField = policy.fields[change.key]
        return shown_change(
            change,
            item,
            record,
            reader=self.reader,
            company=self.company,
            policy=policy,
            label=field_label(item, record),
            url=change_url(record, item.key),
            as_of_url=self.day_before(change),
        )

    def day_before(self, change: ClientChange | PetChange) -> str:
        """The profile as it was before, if the client was in the book by then."""
        day = timezone.localdate(change.changed_at) - timedelta(days=1)
        url = reverse("client_as_of", args=[self.client.pk])
        return f"{url}?on={day.isoformat()}" if day >= first_day(self.client) else ""


def fields_of(timeline: Timeline, subject: str) -> list[PolicyField]:
    return list(timeline.policies[subject].fields.values())
