"""Taking an import back, step by step, the last first.

What was made is deleted, what was changed gets its old values, and the history forgets both. A
record that somebody edited since, or that something hangs on by now, is left as it is and told by
name. Where somebody has read an imported change, the way back is a change as any other: they would
not hear of it else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pawfile.access.finding import note_many
from pawfile.accounts.models import User
from pawfile.imports.journal import Entry
from pawfile.imports.models import ImportStep
from pawfile.lib.stored_rows import as_row, from_rows
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.words import index_client
from pawfile.schedule.models import Acknowledgement

#: Name, address ("" without a page) and why it was left.
Left = tuple[str, str, str]
Place = tuple[type[models.Model], int]

#: Rows that come with a client, pet or key by themselves, or tell of nothing but its row: they go
#: with it. Whatever else points at it keeps it in the book, tables that are yet to come too.
ALONG = {
    "access.Find",
    "access.HandOver",
    "doubles.Pair",
    "imports.ClientExtra",
    "imports.PetExtra",
    "imports.SourceClient",
    "imports.SourcePet",
    "invites.LikelyDouble",
    "profiles.ClientChange",
    "profiles.ClientSeen",
    "profiles.ClientWord",
    "profiles.Client_blocked_sitters",
    "profiles.Client_tags",
    "profiles.PetChange",
    "profiles.PetSeen",
}
#: Rows of these are made for others: they go when those are gone.
LISTS = ("resources.Vet", "profiles.Tag", "access.KeyLocation")


@transaction.atomic
def undo_step(step: ImportStep, *, by: User | None) -> list[Left]:
    """Take back what one transaction wrote, and the step with it; what was left."""
    made = [entry for entry in step.entries if entry["before"] is None]
    owners: set[int] = set()
    left = list(delete_made([each for each in made if each["table"] not in LISTS], owners))
    for entry in step.entries:
        if entry["before"] is not None:
            left += put_back(entry, owners, by=by)
    left += delete_made([each for each in made if each["table"] in LISTS], owners)
    if owners:
        company = SiteOptions.load()
        for client in Client._base_manager.filter(pk__in=owners):
            index_client(client, company)
    step.delete()
    return left


def delete_made(entries: Sequence[Entry], owners: set[int]) -> Iterator[Left]:
    """A client that was made goes with all of its own, or stays with it. ``owners`` gets the
    clients that lose something."""
    found = list(stored_of(entries))
    rows = {place: row for place, row, _entry in found}
    homes = {row.pk for row in rows.values() if isinstance(row, Client)}

    def whole(row: Any) -> Place:
        client = getattr(row, "client_id", None)
        return (Client, client) if client in homes else (type(row), row.pk)

    reasons: dict[Place, str] = {}
    for _place, row, entry in found:
        if is_edited(row, entry):
            reasons.setdefault(whole(row), _("It was edited since."))
    for place, what in hanging(rows):
        reasons.setdefault(whole(rows[place]), _("There is more of it by now: %s.") % what)
    going: dict[type[models.Model], list[int]] = defaultdict(list)
    for place, row in rows.items():
        if whole(row) not in reasons:
            going[place[0]].append(place[1])
            if isinstance(row, Pet) and row.client_id not in homes:
                owners.add(row.client_id)
    for model, pks in going.items():
        model._base_manager.filter(pk__in=pks).delete()
    for place, reason in reasons.items():
        yield left_of(rows.get(place) or Client._base_manager.get(pk=place[1]), reason)


def stored_of(entries: Iterable[Entry]) -> Iterator[tuple[Place, Any, Entry]]:
    """The rows of entries that are still there, locked."""
    by_table: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        by_table[entry["table"]][entry["pk"]] = entry
    for table, found in by_table.items():
        model = apps.get_model(table)
        for row in model._base_manager.select_for_update().filter(pk__in=found).order_by("pk"):
            yield (model, row.pk), row, found[row.pk]


def is_edited(row: models.Model, entry: Entry) -> bool:
    now = as_row(row)
    return any(now[column] != value for column, value in entry["after"].items())


def hanging(rows: dict[Place, Any]) -> Iterator[tuple[Place, str]]:
    """Rows that others point at, and what those are called, but for those of ``rows``."""
    by_model: dict[type[models.Model], list[int]] = defaultdict(list)
    for model, pk in rows:
        by_model[model].append(pk)
    for model, pks in by_model.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ManyToOneRel):
                continue
            other: Any = relation.related_model
            if other._meta.label in ALONG:
                continue
            column = relation.field.attname
            found = other._base_manager.filter(**{f"{column}__in": pks})
            for pk, target in found.values_list("pk", column):
                if (other, pk) not in rows:
                    own = other._meta.auto_created or other
                    yield (model, target), str(own._meta.verbose_name_plural)


def put_back(entry: Entry, owners: set[int], *, by: User | None) -> list[Left]:
    for _place, row, _entry in stored_of([entry]):
        before = {
            column: entry["before"][column] for column in entry["before"].keys() - {"version"}
        }
        (old,) = from_rows(type(row), [as_row(row) | before]) or [None]
        if old is None or is_edited(row, entry):
            return [left_of(row, _("It was edited since."))]
        if isinstance(row, Profile):
            put_back_record(row, old, before, entry, by=by)
            owners.add(row.client_id if isinstance(row, Pet) else row.pk)
        else:
            old.save()
    return []


def put_back_record(
    row: Any, old: Any, before: Iterable[str], entry: Entry, *, by: User | None
) -> None:
    changes = row.change_model.objects.filter(record=row, version=entry["version"])
    if is_read(row, changes):
        also = []
        for key, pks in entry["many"].items():
            text = row.field_text(key)
            getattr(row, key).set(pks)
            row.forget_several()
            also.append((key, text, row.field_text(key)))
        for column in set(before) - {"updated_at"}:
            setattr(row, column, getattr(old, column))
        row.save(by=by, also=also)
    else:
        changes.delete()
        values = {column: getattr(old, column) for column in before}
        type(row)._base_manager.filter(pk=row.pk).update(version=F("version") + 1, **values)
        for key, pks in entry["many"].items():
            getattr(row, key).set(pks)
    note_many([type(row)._base_manager.get(pk=row.pk)])


def is_read(row: Profile, changes: Any) -> bool:
    """Whether somebody has looked at one of these changes, or ticked it off."""
    oldest = changes.order_by("pk").values_list("pk", flat=True).first()
    if oldest is None:
        return False
    keys = set(changes.values_list("key", flat=True))
    seen: Any = row.change_model.seen_model
    own = {"pet": row} if isinstance(row, Pet) else {"client": row, "pet": None}
    return bool(
        seen._base_manager.filter(record=row, key__in=keys, change_id__gte=oldest).exists()
        or Acknowledgement._base_manager.filter(change_id__gte=oldest, **own).exists()
        or changes.exclude(ticked_at=None).exists()
    )


def left_of(row: Any, reason: str) -> Left:
    if isinstance(row, Pet):
        return (f"{row.name}, {row.client.name}", row.get_absolute_url(), reason)
    if isinstance(row, Client):
        return (row.name, row.get_absolute_url(), reason)
    return (str(row), "", reason)
