"""Taking a merge back: the one that went is there again, with what was its own.

What was made since stays where it is, unless it hangs on something that goes back: a file of a pet
goes with the pet. What cannot be told apart any more forbids it, by name.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.doubles.actions import Many, also_changed, hand_over, many_of
from pawfile.doubles.choices import fields_of, put, stored
from pawfile.doubles.models import Merge
from pawfile.doubles.rules import NONE, Relation, relations, ruled
from pawfile.fields.registry import Field, Kind
from pawfile.lib.columns import key_ring
from pawfile.lib.stored_rows import from_rows
from pawfile.lib.vault import Secret
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client
from pawfile.profiles.models import Client, Pet, Photo
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.saved import tell_saved
from pawfile.profiles.words import index_client

#: So many that forbid it are named.
MOST_NAMED = 10


class ForbiddenError(ValidationError):
    """Something made since the merge forbids taking it back; ``messages`` name it."""


@transaction.atomic
def undo_merge(*, merge: Merge, by: User) -> list[str]:
    """Bring the one that went back. Gives what stays as it is although the merge changed it, each
    in a sentence. Raises ``ForbiddenError``."""
    lock_client(merge.client)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if found := forbidding(merge):
        raise ForbiddenError(found)
    kept, options = merge.kept, SiteOptions.load()
    gone = put_back_row(merge)
    many = many_of(kept)
    back = put_back_rows(merge, kept, gone, by=by)
    if isinstance(gone, Client):
        take_along(merge, kept, gone)
    put_back_left(merge)
    told = put_back_answers(merge, kept, many, by=by)
    for record in (kept, gone):
        index_client(record if isinstance(record, Client) else record.client, options)
        tell_saved(record, options)
    merge.undone_at, merge.undone_by = timezone.now(), by.actor
    merge.save(update_fields=["undone_at", "undone_by"])
    record_activity(
        by=by,
        kind=ActivityKind.CLIENT if merge.pet is None else ActivityKind.PET,
        about=kept.name,
        new=merge.gone_name,
        note=_("Merge taken back"),
    )
    missing = sum(map(len, merge.moved.values())) - back
    if missing > 0:
        told.append(_("Deleted since, and not brought back: %d.") % missing)
    return told


def forbidding(merge: Merge) -> list[str]:
    """What keeps this merge from being taken back, in sentences; empty: nothing."""
    if merge.undone_at:
        return [_("It was taken back already.")]
    later = Merge.objects.standing().filter(client=merge.client_id, pk__gt=merge.pk)
    found = [
        _("{name} was merged later, on {day}. Take that back first.").format(
            name=each.gone_name, day=date_format(each.merged_at, "j M Y")
        )
        for each in later.order_by("-pk")[:MOST_NAMED]
    ]
    if merge.pet is None:
        found += [
            _("{what} is for pets of both. Take the pets of one of them out of it first.").format(
                what=row
            )
            for row in mixed_rows(merge)
        ]
    return found


def mixed_rows(merge: Merge) -> Iterator[str]:
    """Visits and series made since for pets of both clients."""
    pets = merge.moved.get("profiles.Pet.client", [])
    others = Pet._base_manager.filter(client=merge.client_id).exclude(pk__in=pets)
    for relation in relations(Client) if pets else ():
        for column in columns_of_pets(relation):
            rows = relation.of(merge.client).filter(**{f"{column}__in": pets})
            mixed = rows.filter(**{f"{column}__in": others.order_by().values("pk")}).distinct()
            yield from map(str, mixed[:MOST_NAMED])


def columns_of_pets(relation: Relation) -> list[str]:
    return [
        many.name for many in relation.model._meta.local_many_to_many if many.related_model is Pet
    ]


def put_back_row(merge: Merge) -> Any:
    model: type[Profile] = Pet if merge.pet else Client
    (gone,) = from_rows(model, [merge.gone])
    if isinstance(gone, Pet):
        gone.client_id = merge.client_id  # the client may have gone into another one before
    model._base_manager.bulk_create([gone])
    changes: Any = model.change_model
    rows = [change.row for change in merge.changes.order_by("pk")]
    changes.objects.bulk_create(from_rows(changes, rows))
    merge.changes.all().delete()
    return gone


def put_back_rows(merge: Merge, kept: Any, gone: Any, *, by: User) -> int:
    """Rows that moved go back, as far as they are still there: how many."""
    back = 0
    for relation, _rule in ruled(type(gone)):
        pks = merge.moved.get(relation.name, [])
        rows = list(relation.of(kept).filter(pk__in=pks)) if pks else []
        hand_over(relation, rows, to=gone, by=by)
        back += len(rows)
    return back


def take_along(merge: Merge, kept: Client, gone: Client) -> None:
    """What was made since about a pet, a visit or a series that goes back goes with it."""
    going: dict[Any, set[int]] = {}
    for relation, rule in ruled(Client):
        if rule.only is NONE:
            continue
        going[relation.model] = {
            *merge.moved.get(relation.name, []),
            *going.get(relation.model, ()),
        }
        if relation.model is Pet:
            continue
        hanging = Q(pk__in=[])
        for column in relation.model._meta.local_concrete_fields:
            if isinstance(column, models.ForeignKey) and going.get(column.related_model):
                hanging |= Q(**{f"{column.name}__in": going[column.related_model]})
        for name in columns_of_pets(relation):
            hanging |= Q(**{f"{name}__in": going[Pet]})
        pks = set(relation.of(kept).filter(hanging).values_list("pk", flat=True))
        relation.rows.filter(pk__in=pks).update(**{relation.column: gone.pk})
        going[relation.model] |= pks
    photos = Photo.objects.filter(client=kept, pets__in=going[Pet]).exclude(pets__client=kept)
    pks = set(photos.values_list("pk", flat=True))
    Photo.objects.filter(pk__in=pks).update(client=gone)


def put_back_left(merge: Merge) -> None:
    """Rows that had no place beside those of the one that stayed."""
    for model in {relation.model for relation in relations(Pet if merge.pet else Client)}:
        rows = from_rows(model, merge.left.get(model._meta.label, []))
        model._base_manager.bulk_create(rows, ignore_conflicts=True)


def put_back_answers(merge: Merge, kept: Profile, many: Many, *, by: User) -> list[str]:
    """Answers as they were before, but for those edited since. ``many``: tags and the like as
    they read before."""
    told = []
    fields = {field.key: field for field in fields_of(kept)}
    for key, each in merge.taken.items():
        field = fields.get(key)
        if field is None:
            continue
        if is_same(field, stored(kept, field), each.get("after")):
            put(kept, field, each.get("before"))
        else:
            told.append(_("“%s” stays as it was edited since.") % field.label)
    kept.save(by=by, also=also_changed(kept, many))
    return told


def is_same(field: Field, now: Any, then: Any) -> bool:
    """Whether an answer is still what it was; a secret also if it was sealed with other keys."""
    if field.kind != Kind.SECRET or not now or not then:
        return bool(now == then)
    return key_ring().is_same(Secret(now), Secret(then))
