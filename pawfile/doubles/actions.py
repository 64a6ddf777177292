"""Merging two clients, or two pets of a client, and saying that two clients are not the same.

Taking a merge back is in ``unmerging.py``; what becomes of each row is in ``rules.py``.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.doubles.choices import Picks, take
from pawfile.doubles.models import Merge, MergedChange, Pair
from pawfile.doubles.rules import HISTORY, MADE_ANEW, Relation, Rule, ruled
from pawfile.fields.registry import MANY_KINDS
from pawfile.lib.stored_rows import as_row
from pawfile.options.models import SiteOptions
from pawfile.profiles.blocking import HeldVisitsError, held_by
from pawfile.profiles.locks import lock_clients
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.profile import Profile
from pawfile.profiles.saved import tell_saved
from pawfile.profiles.words import index_client

Many = dict[str, str]


@transaction.atomic
def keep_apart(*, pair: Pair, by: User) -> None:
    """Say that the two are not the same. It is never asked again."""
    if (
        not Pair.objects.open()
        .filter(pk=pair.pk)
        .update(apart_at=timezone.now(), apart_by=by.actor)
    ):
        return
    about, note = f"{pair.one} / {pair.other}", _("Not the same")
    record_activity(by=by, kind=ActivityKind.CLIENT, about=about, note=note)


@transaction.atomic
def merge_clients(*, kept: Client, gone: Client, picks: Picks, by: User) -> Merge:
    """Let ``gone`` go into ``kept``: answers as picked, and all that belongs to it.

    Raises ``StaleRecordError`` if somebody saved one of them since it was read, and
    ``HeldVisitsError`` if a sitter whom one of them blocks holds visits to come of the other.
    """
    lock_clients([kept.pk, gone.pk])
    kept.locked()
    gone.locked()
    if held := held_visits(kept, gone, reader=by):
        raise HeldVisitsError(held)
    merge = begin(kept, gone, client=kept, by=by)
    many = many_of(kept)
    merge.moved, merge.left = move_rows(kept, gone, by=by)
    finish(merge, kept, gone, picks, by=by, also=also_changed(kept, many))
    return merge


def many_of(record: Profile) -> Many:
    """How tags and the like read now, key → text."""
    keys = [key for key, field in record.subject.fields.items() if field.kind in MANY_KINDS]
    return {key: record.field_text(key) for key in keys}


def also_changed(record: Profile, before: Many) -> list[tuple[str, str, str]]:
    """Those of them that read otherwise now, for the history."""
    record.forget_several()
    after = many_of(record)
    return [(key, old, after[key]) for key, old in before.items() if old != after[key]]


def held_visits(kept: Client, gone: Client, *, reader: User) -> list[Any]:
    """Visits to come that a sitter would hold who is blocked afterwards."""
    return [
        *held_by(kept, list(gone.blocked_sitters.all()), reader=reader),
        *held_by(gone, list(kept.blocked_sitters.all()), reader=reader),
    ]


@transaction.atomic
def merge_pets(*, kept: Pet, gone: Pet, picks: Picks, by: User) -> Merge:
    """Let ``gone`` go into ``kept``. Raises ``StaleRecordError`` as for clients, and
    ``ValidationError`` if they live with two clients: then those are merged first."""
    lock_clients([kept.client_id, gone.client_id])
    kept.locked()
    gone.locked()
    if kept.client_id != gone.client_id:
        raise ValidationError(_("They belong to two clients."), code="two_homes")
    merge = begin(kept, gone, client=kept.client, by=by)
    merge.pet = kept
    merge.moved, merge.left = move_rows(kept, gone, by=by)
    finish(merge, kept, gone, picks, by=by)
    return merge


def begin(kept: Profile, gone: Any, *, client: Client, by: User) -> Merge:
    if kept.pk == gone.pk:
        raise ValidationError(_("A record cannot go into itself."), code="same")
    return Merge(
        client=client,
        gone_id=gone.pk,
        gone_name=gone.name,
        gone=as_row(gone),
        merged_by=by.actor,
    )


def move_rows(
    kept: Profile, gone: Profile, *, by: User
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Move what can move, and take away what has no place; each as it is to be remembered."""
    moved: dict[str, list[Any]] = {}
    left: dict[str, list[Any]] = {}
    for relation, rule in ruled(type(gone)):
        if rule in (HISTORY, MADE_ANEW):
            continue
        going, staying = parted(relation, rule, kept, gone)
        if staying:
            left.setdefault(relation.model._meta.label, []).extend(map(as_row, staying))
            relation.rows.filter(pk__in=[row.pk for row in staying]).delete()
        if going:
            moved[relation.name] = [row.pk for row in going]
            hand_over(relation, going, to=kept, by=by)
    return moved, left


def parted(
    relation: Relation, rule: Rule, kept: Profile, gone: Profile
) -> tuple[list[Any], list[Any]]:
    """The rows that move, and those that stay with the one that goes."""
    rows = list(relation.of(gone))
    movable = set(relation.of(gone).filter(rule.only).values_list("pk", flat=True))
    if rule.same is not None:
        taken = {values_in(row, rule.same) for row in relation.of(kept)}
        movable -= {row.pk for row in rows if values_in(row, rule.same) in taken}
    going = [row for row in rows if row.pk in movable]
    return going, [row for row in rows if row.pk not in movable]


def values_in(row: models.Model, columns: Sequence[str]) -> tuple[Any, ...]:
    stored = as_row(row)
    names = {field.name: field.attname for field in row._meta.local_concrete_fields}
    return tuple(stored[names[column]] for column in columns)


def hand_over(relation: Relation, rows: Sequence[Any], *, to: Profile, by: User | None) -> None:
    """Let the rows point at the other record. A pet's history says that it has a new owner."""
    if relation.model is Pet:
        for pet in rows:
            pet.client = to
            pet.save(by=by)
    else:
        pks = [row.pk for row in rows]
        relation.rows.filter(pk__in=pks).update(**{relation.column: to.pk})


def finish(
    merge: Merge,
    kept: Any,
    gone: Any,
    picks: Picks,
    *,
    by: User,
    also: Sequence[tuple[str, str, str]] = (),
) -> None:
    """The answers, the history of the one that goes, and its end."""
    options = SiteOptions.load()
    merge.taken = take(kept, gone, picks)
    kept.save(by=by, also=also)
    merge.save()
    keep_history(merge, gone)
    type(gone)._base_manager.filter(pk=gone.pk).delete()
    index_client(merge.client, options)
    tell_saved(kept, options)
    is_pet = merge.pet is not None
    record_activity(
        by=by,
        kind=ActivityKind.PET if is_pet else ActivityKind.CLIENT,
        about=kept.name,
        old=gone.name,
        note=_("Merged: the other one went into this one"),
    )


def keep_history(merge: Merge, gone: Profile) -> None:
    """Changes keep their numbers: what readers have seen and ticked off is told by them."""
    changes: Any = gone.change_model
    MergedChange.objects.bulk_create(
        MergedChange(
            merge=merge,
            key=change.key,
            changed_at=change.changed_at,
            changed_by_id=change.changed_by_id,
            old_text=change.old_text,
            new_text=change.new_text,
            row=as_row(change),
        )
        for change in changes.objects.filter(record=gone).order_by("pk")
    )
