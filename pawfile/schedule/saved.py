"""Who wants to look at words about visits that were saved, in the same transaction.

Apps above register in ``AppConfig.ready``.
"""

from collections.abc import Callable

from pawfile.schedule.models import Series, SitterNote, Visit

#: Whose words: what is written in a journal or a wish is told of the visit.
Worded = Visit | Series | SitterNote
#: The record, and which of its texts: a key of ``texts.LABELS``.
Look = Callable[[Worded, str], object]
_looking: list[Look] = []


def register(look: Look) -> None:
    _looking.append(look)


def tell_written(record: Worded, key: str) -> None:
    for look in _looking:
        look(record, key)
