"""Who opened which secret, as one reader asks for it: the log, the client's page, the profile."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from pawfile.access.models import Ground, Reveal
from pawfile.access.models.reveal import RevealQuerySet
from pawfile.accounts.models import STAFF, User
from pawfile.activity.log import read_day, start_of
from pawfile.fields.policy import policy_for
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.profiles.models import Client, Pet

#: The profile's panel lists so many.
LATELY = 5
SUBJECTS = ("client", "pet")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; values that make no sense are as if not given.

    ``field`` is "client.alarm_code" or "pet.cf_7".
    """

    client: int | None = None
    by: int | None = None
    ground: str = ""
    field: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        def text(name: str) -> str:
            return str(query.get(name, ""))

        subject, _dot, key = text("field").replace("\0", "").partition(".")
        return cls(
            client=int(text("client")) if is_id(text("client")) else None,
            by=int(text("by")) if is_id(text("by")) else None,
            ground=text("ground") if text("ground") in Ground.values else "",
            field=f"{subject}.{key[:100]}" if subject in SUBJECTS and key else "",
            since=read_day(text("from")),
            until=read_day(text("to")),
            cursor=text("at")[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        numbers = self.client is not None or self.by is not None
        return bool(numbers or self.ground or self.field or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Opening:
    """A row of the log as one reader reads it."""

    reveal: Reveal
    who: str
    what: str

    @property
    def why(self) -> str:
        """What it was opened for, or who could do it anyway; and that it was printed."""
        return self.ground_text + (_(", printed") if self.reveal.is_printed else "")

    @property
    def ground_text(self) -> str:
        row = self.reveal
        if row.ground == Ground.VISIT:
            return _("For the visit %s") % row.visit_said if row.visit_said else _("For a visit")
        if row.ground == Ground.BREAK_GLASS:
            return _("Without a visit: “%s”") % row.reason
        return _("By the office") if row.ground == Ground.OFFICE else _("By this home")


def shown_to(reader: User) -> RevealQuerySet:
    """The rows the reader may see, of fields the reader may see.

    Administrators see those of fields put away and of inactive pets too.
    """
    rows = Reveal.objects.visible_to(reader)
    return rows if reader.is_administrator else rows.filter(of_shown_fields(reader))


def of_shown_fields(reader: User) -> Q:
    """The column gate: secrets that are in the reader's policy, of pets the reader sees."""
    clients, pets = (secret_keys(reader, subject) for subject in SUBJECTS)
    own = Pet.objects.visible_to(reader).order_by().values("pk")
    return Q(pet=None, key__in=clients) | Q(pet__in=own, key__in=pets)


def secret_keys(reader: User, subject: str) -> list[str]:
    return [
        item.key for item in policy_for(reader, subject).fields.values() if item.field.is_secret
    ]


def with_names(rows: RevealQuerySet) -> RevealQuerySet:
    """With what a line says of client, pet and opener, and no secret of theirs."""
    names = ("client__first_name", "client__last_name", "pet__name")
    user = ("opened_by__name", "opened_by__email", "opened_by__is_active")
    own = [field.attname for field in Reveal._meta.local_fields]
    return rows.select_related("client", "pet", "opened_by").only(*own, *names, *user)


def filtered(filters: Filters, *, reader: User) -> RevealQuerySet:
    rows = shown_to(reader)
    if filters.client is not None:
        rows = rows.filter(client=filters.client)
    if filters.by is not None:
        rows = rows.filter(opened_by=filters.by)
    if filters.ground:
        rows = rows.filter(ground=filters.ground)
    if filters.field:
        subject, _dot, key = filters.field.partition(".")
        rows = rows.filter(key=key, pet__isnull=subject == "client")
    if filters.since:
        rows = rows.filter(opened_at__gte=start_of(filters.since))
    if filters.until:
        rows = rows.filter(opened_at__lt=start_of(filters.until + timedelta(days=1)))
    return rows


def log_page(filters: Filters, *, reader: User) -> Page[Reveal]:
    """One page, newest first: one query."""
    rows = with_names(filtered(filters, reader=reader))
    return keyset_page(rows, column="opened_at", descending=True, cursor=filters.cursor)


def openings(rows: Iterable[Reveal], *, reader: User) -> Iterator[Opening]:
    """Each row in this reader's words."""
    for row in rows:
        yield Opening(row, who_opened(row, reader), what_was_opened(row, reader))


def who_opened(row: Reveal, reader: User) -> str:
    """The person, as called today or, if gone, as called then. Clients read staff names here too,
    whatever the company's option says (ADR 19)."""
    if row.opened_by_id == reader.pk:
        return _("You")
    return str(row.opened_by) if row.opened_by else row.opened_by_name


def what_was_opened(row: Reveal, reader: User) -> str:
    """The field as the reader knows it; one that was put away since, as it was called then."""
    policy = policy_for(reader, "pet" if row.pet_id else "client")
    label = str(policy.fields[row.key].label) if row.key in policy else row.label
    if row.pet is None:
        return label
    return _("{pet}: {field}").format(pet=row.pet.name, field=label)


def lately(client: Client, *, reader: User) -> list[Opening]:
    """The last openings at this home. One query."""
    rows = with_names(shown_to(reader).filter(client=client))[:LATELY]
    return list(openings(rows, reader=reader))


def people(by: int | None) -> list[User]:
    """Whom one can ask for: staff, and whoever is asked for."""
    wanted = Q(role__in=STAFF) | Q(pk=by)
    return list(User.objects.get_queryset().filter(wanted).order_by("name", "pk"))


def field_choices(reader: User) -> list[tuple[str, str]]:
    """Every secret field, those of pets behind those of homes."""
    found = []
    for subject in SUBJECTS:
        policy = policy_for(reader, subject)
        for key in secret_keys(reader, subject):
            label = str(policy.fields[key].label)
            text = label if subject == "client" else _("Pet: %s") % label
            found.append((f"{subject}.{key}", text))
    return found


def said(filters: Filters, *, reader: User) -> str:
    """The filters in words, for the activity log."""
    parts = []
    if filters.client is not None:
        client = Client.objects.visible_to(reader).filter(pk=filters.client).first()
        parts.append(client.name if client else _("Client %d") % filters.client)
    if filters.by is not None:
        parts.append(next((str(one) for one in people(filters.by) if one.pk == filters.by), "?"))
    if filters.ground:
        parts.append(str(Ground(filters.ground).label))
    if filters.field:
        parts.append(dict(field_choices(reader)).get(filters.field, filters.field))
    if filters.since:
        parts.append(_("from %s") % filters.since.isoformat())
    if filters.until:
        parts.append(_("to %s") % filters.until.isoformat())
    return ", ".join(parts) or _("The whole log")
