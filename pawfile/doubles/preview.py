"""What the merge pages tell: what moves, what the one that went had said, which pets are alike."""

from typing import Any

from pawfile.accounts.models import User
from pawfile.doubles.actions import parted
from pawfile.doubles.choices import fields_of, stored, text_of
from pawfile.doubles.models import Merge, MergedChange
from pawfile.doubles.rules import ruled
from pawfile.fields.policy import Policy
from pawfile.lib.stored_rows import from_rows
from pawfile.profiles.likeness import fold_name
from pawfile.profiles.models import Client, Pet

#: So many changes of the one that went are shown.
MOST_CHANGES = 100


def moving(
    kept: Any, gone: Any = None, *, merge: Merge | None = None
) -> list[tuple[str, int, int]]:
    """(what, how many move, how many stay with the merge) before it, or of one that is done."""
    found = []
    for relation, rule in ruled(type(kept)):
        if not rule.called:
            continue
        if merge is None:
            going, staying = map(len, parted(relation, rule, kept, gone))
        else:
            going = len(merge.moved.get(relation.name, []))
            staying = len(merge.left.get(relation.model._meta.label, []))
        if going or staying:
            found.append((str(rule.called), going, staying))
    return found


def left_answers(merge: Merge, policy: Policy) -> list[tuple[str, str]]:
    """(label, answer) of what the one that went had said and the one that stays has otherwise now,
    as far as the reader may see it."""
    kept = merge.kept
    (gone,) = from_rows(type(kept), [merge.gone]) or [None]
    if gone is None:
        return []
    return [
        (str(policy.fields[field.key].label), text_of(gone, field))
        for field in fields_of(kept)
        if field.key in policy
        and gone.has_value(field)
        and stored(gone, field) != stored(kept, field)
    ]


def shown_history(merge: Merge, policy: Policy) -> list[tuple[str, MergedChange]]:
    """(label, change) of the one that went, newest first."""
    changes = merge.changes.filter(key__in=policy.keys).select_related("changed_by")
    return [(str(policy.fields[each.key].label), each) for each in changes[:MOST_CHANGES]]


def alike_pets(client: Client, *, reader: User) -> list[tuple[Pet, Pet]]:
    """Pets of the client that have the same name and animal, the older one first."""
    seen: dict[tuple[str, str], Pet] = {}
    pairs = []
    for pet in Pet.objects.visible_to(reader).filter(client=client).order_by("pk"):
        first = seen.setdefault((fold_name(pet.name), fold_name(pet.animal)), pet)
        if first is not pet:
            pairs.append((first, pet))
    return pairs
