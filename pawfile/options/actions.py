"""What administrators do with the site options."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import Activity, ActivityKind
from pawfile.options.catalogue import OPTIONS, Option
from pawfile.options.models import SiteOptions

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """An option that somebody else changed since the form was opened, in words."""

    option: Option
    old: str
    theirs: str
    mine: str
    #: What is saved by now, as a form sends it.
    saved: str
    suggested: str
    who: str


class OptionsChangedError(Exception):
    """Somebody else changed options meanwhile; nothing was saved."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(", ".join(conflict.option.key for conflict in conflicts))
        self.conflicts = conflicts


@transaction.atomic
def change_options(
    *, values: Mapping[str, Any], opened: Mapping[str, str], by: User | None
) -> list[Option]:
    """Save the options that differ from what is stored, each with a line in the activity log.

    ``values`` maps keys to cleaned values. ``opened`` maps keys to what the form was opened with,
    as a form sends it; of a key without one nobody knows what the person saw. Raises
    ``OptionsChangedError``, and saves nothing, if a value would replace one that was not seen.
    """
    stored = SiteOptions.locked()
    wanted = {
        OPTIONS[key]: value
        for key, value in values.items()
        if OPTIONS[key].written(value) != OPTIONS[key].written(getattr(stored, key))
    }
    unseen = [
        option
        for option in wanted
        if opened.get(option.key) != option.written(getattr(stored, option.key))
    ]
    if unseen:
        raise OptionsChangedError(conflicts_of(unseen, stored, wanted, opened))
    for option, value in wanted.items():
        old = getattr(stored, option.key)
        setattr(stored, option.key, value)
        record_activity(
            by=by,
            kind=ActivityKind.OPTION,
            key=option.key,
            about=str(option.label),
            old=option.text(old),
            new=option.text(value),
        )
    if wanted:
        stored.save(update_fields=[option.key for option in wanted])
    return list(wanted)


def conflicts_of(
    unseen: Iterable[Option],
    stored: SiteOptions,
    wanted: Mapping[Option, Any],
    opened: Mapping[str, str],
) -> list[Conflict]:
    """What only the other one touched is suggested to stay theirs."""
    latest = Activity.objects.newest_of(ActivityKind.OPTION, [option.key for option in unseen])
    found = []
    for option in unseen:
        saved, mine = getattr(stored, option.key), wanted[option]
        before, theirs = opened.get(option.key, ""), option.text(saved)
        change = latest.get(option.key)
        found.append(
            Conflict(
                option=option,
                old=option.text(before),
                theirs=theirs,
                mine=option.text(mine),
                saved=option.written(saved),
                suggested=THEIRS if option.written(mine) == before else MINE,
                who=change.who if change and change.new_text == theirs else "",
            )
        )
    return found
