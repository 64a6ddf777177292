""" "Not the same", said of a client that goes into another one, is true of that one too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from pawfile.doubles.models import Merge, Pair
from pawfile.invites.models import Answer, LikelyDouble
from pawfile.lib.stored_rows import as_row
from pawfile.profiles.models import Client

PAIR, REGISTERED = Pair._meta.label, LikelyDouble._meta.label


@dataclass(frozen=True, slots=True)
class Apart:
    """An answer as it is kept with the merge: who is not the one that went."""

    other: int
    reasons: list[str]
    rank: int
    said_at: datetime
    said_by: int | None


def answers_kept(merge: Merge) -> list[Apart]:
    """Those given of a pair of the book, and of a registration."""
    found: dict[int, Apart] = {}
    for row in merge.left.get(REGISTERED, ()):
        if row["answer"] == Answer.APART:
            said = row["answered_at"] or row["found_at"]
            found |= apart(merge, row, ("client_id", "known_id"), said, row["answered_by_id"])
    for row in merge.left.get(PAIR, ()):
        if row["apart_at"]:
            found |= apart(merge, row, ("one_id", "other_id"), row["apart_at"], row["apart_by_id"])
    found.pop(merge.client_id, None)
    return list(found.values())


def apart(
    merge: Merge, row: dict[str, Any], two: tuple[str, str], said: str, by: int | None
) -> dict[int, Apart]:
    (other,) = {row[column] for column in two} - {merge.gone_id}
    said_at = datetime.fromisoformat(said)
    return {other: Apart(other, row["reasons"], row.get("rank", 0), said_at, by)}


def pairs_with(client: int, others: Iterable[int]) -> QuerySet[Pair]:
    others = list(others)
    return Pair.objects.filter(Q(one=client, other__in=others) | Q(other=client, one__in=others))


def other_of(pair: Pair, client: int) -> int:
    return pair.one_id if pair.other_id == client else pair.other_id


def pass_answers_on(merge: Merge) -> None:
    """Say them of the one that stays. An open question about it is kept with the merge."""
    client = merge.client_id
    said = {each.other: each for each in answers_kept(merge)}
    for pair in pairs_with(client, said).order_by("pk"):
        if pair.apart_at:
            del said[other_of(pair, client)]
        else:
            merge.left.setdefault(PAIR, []).append(as_row(pair))
    pairs_with(client, said).delete()
    there = Client._base_manager.filter(pk__in=said).order_by("pk").values_list("pk", flat=True)
    Pair.objects.bulk_create(
        Pair(
            one_id=min(client, other),
            other_id=max(client, other),
            reasons=said[other].reasons,
            rank=said[other].rank,
            apart_at=said[other].said_at,
            apart_by_id=said[other].said_by,
        )
        for other in there
    )


def take_answers_back(merge: Merge) -> None:
    """They were of the one that is back. What was said of the one that stays itself was said at
    another time, and stands."""
    said = {each.other: each for each in answers_kept(merge)}
    passed = [
        pair.pk
        for pair in pairs_with(merge.client_id, said)
        if pair.apart_at == said[other_of(pair, merge.client_id)].said_at
    ]
    Pair.objects.filter(pk__in=passed).delete()
