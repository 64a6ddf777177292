"""Work of once a day, in pieces: each piece once, however often, late or at once workers do it.

The row of the work is locked while a piece is done, and says in the same transaction how far it
came. Who is killed in the middle leaves the rest to the next worker.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from time import monotonic

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from pawfile.jobs.models import DailyWork

logger = logging.getLogger(__name__)

#: Seconds that one round may take: other jobs get their turn.
BUDGET = 5.0


def is_done(name: str, *, on: date) -> bool:
    """Whether nothing is left to do of this day. A day before one that was begun is over."""
    rows = DailyWork.objects.filter(name=name)
    return rows.filter(Q(begun_on__gt=on) | Q(begun_on=on, done_at__isnull=False)).exists()


def do_pieces(
    name: str,
    *,
    on: date,
    after: Callable[[int], Iterable[int]],
    work: Callable[[int], None],
    budget: float = BUDGET,
) -> bool:
    """Do this day's pieces, each in a transaction of its own. Returns whether all are done.

    ``after`` gives the numbers of the pieces above one number, the lowest first. A piece that
    fails is logged and left out that day; without a database nothing is left out.
    """
    until = monotonic() + budget
    for number in after(_begun(name, on=on).reached):
        if monotonic() > until:
            return False
        try:
            _do_piece(number, work, name=name, on=on)
        except OperationalError:
            raise
        except Exception:
            logger.exception("Piece %s of %s failed", number, name)
            _do_piece(number, lambda _number: None, name=name, on=on)
    DailyWork.objects.filter(name=name, begun_on=on, done_at=None).update(done_at=timezone.now())
    return True


@transaction.atomic
def _begun(name: str, *, on: date) -> DailyWork:
    DailyWork.objects.bulk_create([DailyWork(name=name, begun_on=on)], ignore_conflicts=True)
    row = DailyWork.objects.select_for_update().get(name=name)
    if row.begun_on < on:
        row.begun_on, row.reached, row.done_at = on, 0, None
        row.save()
    return row


@transaction.atomic
def _do_piece(number: int, work: Callable[[int], None], *, name: str, on: date) -> None:
    """Do it, unless another worker did, or has begun another day."""
    row = DailyWork.objects.select_for_update().get(name=name)
    if row.begun_on == on and row.done_at is None and row.reached < number:
        work(number)
        row.reached = number
        row.save(update_fields=["reached"])
