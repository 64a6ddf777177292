"""What an import writes, kept so that it can be taken back: one step for each transaction.

An entry of a step: ``table``, ``pk``, ``before`` (column → value, of the columns that changed;
``None`` for a row that was made), ``after`` (columns that hold as long as nobody else changed the
row) and ``many`` (field → ids before, of the fields of several rows). ``version`` is the one that
the history's changes have.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from pawfile.history.models import Tracked
from pawfile.imports.models import ImportJob, ImportStep
from pawfile.lib.stored_rows import Row, as_row
from pawfile.profiles.models import Pet

Entry = dict[str, Any]
Many = dict[str, list[int]]


class Step:
    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def made(self, *records: models.Model) -> None:
        self.entries += [
            {"table": each._meta.label, "pk": each.pk, "before": None, "after": sign_of(each)}
            for each in records
        ]

    def changed(self, record: models.Model, before: Row, many: Many | None = None) -> None:
        """``before`` is the row as it was; nothing is kept if it is the same still."""
        now = as_row(record)
        differing = {name: value for name, value in before.items() if value != now[name]}
        if differing:
            self.entries.append(
                {
                    "table": record._meta.label,
                    "pk": record.pk,
                    "before": differing,
                    "after": sign_of(record),
                    "version": now.get("version"),
                    "many": many or {},
                }
            )


def sign_of(record: models.Model) -> Row:
    """What tells that nobody changed the row: when it was last changed, or all of it.

    Not its version: that goes on counting when a later import is taken back.
    """
    if not isinstance(record, Tracked):
        return as_row(record)
    owner = {"client_id": record.client_id} if isinstance(record, Pet) else {}
    return {"updated_at": record.updated_at.isoformat(), **owner}


class Journal:
    """Of one import; without ``job`` nothing is kept, so nothing can be undone."""

    def __init__(self, job: ImportJob | None = None) -> None:
        self.job = job

    @contextmanager
    def step(self) -> Iterator[Step]:
        """One transaction, and what it wrote."""
        step = Step()
        with transaction.atomic():
            yield step
            if self.job is not None and step.entries:
                ImportStep.objects.create(job=self.job, entries=step.entries)


@contextmanager
def noting_new(step: Step, model: type[models.Model], names: Iterable[str]) -> Iterator[None]:
    """Note the rows of these names that were not there before."""
    wanted = set(names)
    if not wanted:
        yield
        return
    rows = model._base_manager.filter(name__in=wanted)
    known = set(rows.values_list("pk", flat=True))
    yield
    step.made(*(row for row in rows.all() if row.pk not in known))
