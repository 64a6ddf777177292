"""What must hold of every history that real saves left."""

from itertools import pairwise
from typing import Any

from pawfile.history.models import Tracked


def check_history(record: Tracked) -> int:
    """Versions without gaps, in the order of time, texts that hand over; the number of saves."""
    model: Any = record.change_model
    changes = list(model.objects.filter(record=record).order_by("pk"))
    versions = sorted({change.version for change in changes})
    assert versions == list(range(2, record.version + 1))
    assert [c.version for c in changes] == sorted(c.version for c in changes)
    times = [record.created_at, *(change.changed_at for change in changes)]
    assert times == sorted(times)
    assert record.updated_at == times[-1]
    for key in {change.key for change in changes}:
        steps = [change for change in changes if change.key == key]
        assert all(old.new_text == new.old_text for old, new in pairwise(steps))
        assert steps[-1].new_text == record.field_text(key)
    return len(versions)
