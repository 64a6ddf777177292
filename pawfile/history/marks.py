"""Change marks: the red x1 beside a field, filled until this reader has looked."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max
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
    """Record id → key → mark, for the keys that the reader may see. One query.

    A reader's own changes never count as unseen.
    """
    if not record_ids:
        return {}
    shown = frozenset(keys)  # most records have few changes; naming a hundred keys costs more
    since = window_start(days)
    with connection.cursor() as cursor:
        cursor.execute(
            counting(
                model.change_model,
                len(record_ids),
                has_start=since is not None,
                is_whole=reader.is_office,
            ),
            [
                reader.pk,
                *record_ids,
                *([] if since is None else [connection.ops.adapt_datetimefield_value(since)]),
                reader.pk,
            ],
        )
        counted = cursor.fetchall()
    marks: Marks = defaultdict(dict)
    for record, key, saves, newest, seen in counted:
        if key in shown:
            marks[record][key] = Mark(saves, newest is not None and newest > (seen or 0))
    return marks


def counting(changes: Any, records: int, *, has_start: bool, is_whole: bool) -> str:
    """The statement behind ``marks_of``, in SQL because every profile asks it twice: putting it
    together through querysets took longer than all that the database does for the page.

    It counts in an index alone, and asks once a field, not once a change, how far was looked.
    ``is_whole``: also what ``readable_by`` leaves to the office. Changes of one save have one time.
    """
    since = "AND change.changed_at >= %s" if has_start else ""
    if changes.begins_anew_with and not is_whole:
        since += (
            f" AND NOT EXISTS (SELECT 1 FROM {changes._meta.db_table} AS beginning"  # nosec B608
            " WHERE beginning.record_id = change.record_id"
            f" AND beginning.key = '{changes.begins_anew_with}'"
            " AND beginning.changed_at >= change.changed_at)"
        )
    places = ", ".join(["%s"] * records)
    return (
        "SELECT counted.record_id, counted.key, counted.saves, counted.newest, seen.change_id"
        " FROM (SELECT change.record_id, change.key, COUNT(*) AS saves,"
        " MAX(CASE WHEN change.changed_by_id = %s THEN NULL ELSE change.id END) AS newest"
        f" FROM {changes._meta.db_table} AS change"  # nosec B608
        f" WHERE change.record_id IN ({places}) {since}"
        " GROUP BY change.record_id, change.key) AS counted"
        f" LEFT JOIN {changes.seen_model._meta.db_table} AS seen ON seen.reader_id = %s"
        " AND seen.record_id = counted.record_id AND seen.key = counted.key"
    )


def mark_seen(record: Tracked, key: str, *, reader: User) -> None:
    """Remember that this reader has looked at every change of the field so far.

    An administrator who views as a client has not looked for the client.
    """
    if reader.viewed_by:
        return
    changes: Any = record.change_model
    newest = changes.objects.filter(record=record, key=key).aggregate(Max("pk"))["pk__max"]
    if newest is not None:
        changes.seen_model.objects.update_or_create(
            record=record, reader=reader, key=key, defaults={"change_id": newest}
        )
