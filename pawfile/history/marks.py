"""Change marks: the red x1 beside a field, filled until this reader has looked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.history.models import Tracked


@dataclass(frozen=True, slots=True)
class Mark:
    """``count`` saves changed the field within the window; ``is_new`` if the reader saw not all."""

    count: int
    is_new: bool


Marks = dict[int, dict[str, Mark]]


def window_start(days: int) -> datetime | None:
    """When the window of so many days began; ``None`` for a window without end (0)."""
    return timezone.now() - timedelta(days=days) if days else None


def marks_of(
    model: type[Tracked],
    record_ids: Collection[int],
    *,
    reader: User,
    keys: Collection[str],
    days: int,
) -> Marks:
    """Record id → key → mark, for the keys that the reader may see. At most two queries.

    A reader's own changes never count as unseen.
    """
    changes: Any = model.change_model
    shown = frozenset(keys)  # most records have few changes; naming a hundred keys costs more
    within = Q(record__in=record_ids)
    since = window_start(days)
    if since is not None:
        within &= Q(changed_at__gte=since)
    counted = list(
        changes.objects.filter(within)
        .values("record", "key")
        .annotate(
            saves=Count("pk"), newest=Max("pk", filter=~Q(changed_by=reader) | Q(changed_by=None))
        )
        .values_list("record", "key", "saves", "newest")
    )
    if not counted:
        return {}
    seen_model: Any = changes.seen_model
    seen = {
        (record, key): change
        for record, key, change in seen_model.objects.filter(
            reader=reader, record__in=record_ids
        ).values_list("record", "key", "change_id")
    }
    marks: Marks = defaultdict(dict)
    for record, key, saves, newest in counted:
        if key not in shown:
            continue
        is_new = newest is not None and newest > seen.get((record, key), 0)
        marks[record][key] = Mark(saves, is_new)
    return marks


def mark_seen(record: Tracked, key: str, *, reader: User) -> None:
    """Remember that this reader has looked at every change of the field so far."""
    changes: Any = record.change_model
    newest = changes.objects.filter(record=record, key=key).aggregate(Max("pk"))["pk__max"]
    if newest is not None:
        changes.seen_model.objects.update_or_create(
            record=record, reader=reader, key=key, defaults={"change_id": newest}
        )
