"""Work that comes again by itself: registered in ``AppConfig.ready``, done by any worker."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from pawfile.jobs.models import PeriodicWork

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Registered:
    every: timedelta
    work: Callable[[], None]


_registered: dict[str, _Registered] = {}


def register(name: str, *, every: timedelta, work: Callable[[], None]) -> None:
    """Have ``work`` called every so often by one of the workers, whichever comes first.

    It runs in the transaction that sets the next time: it is done once, or, when it fails, not at
    all and again at the next look. So keep it short; what takes long enqueues a task.
    """
    _registered[name] = _Registered(every, work)


def run_due() -> None:
    """Do what is due. A failure is logged and keeps no other work from being done."""
    rows = dict(PeriodicWork.objects.values_list("name", "next_run_at"))
    for name, entry in _registered.items():
        if name in rows and rows[name] > timezone.now():
            continue
        try:
            _run_once(name, entry)
        except Exception:
            logger.exception("Periodic work %s failed", name)


@transaction.atomic
def _run_once(name: str, entry: _Registered) -> None:
    """Two workers may come at once: the row's update lets one of them through."""
    now = timezone.now()
    PeriodicWork.objects.bulk_create(
        [PeriodicWork(name=name, next_run_at=now)], ignore_conflicts=True
    )
    due = PeriodicWork.objects.filter(name=name, next_run_at__lte=now)
    if due.update(next_run_at=now + entry.every):
        entry.work()
