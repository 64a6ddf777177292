"""The options as their page shows them: in groups, with who changed each last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.forms import BoundField

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind
from pawfile.lib.text import fold
from pawfile.options.actions import Conflict
from pawfile.options.catalogue import Group, Option
from pawfile.options.forms import OptionsForm


@dataclass(frozen=True, slots=True)
class Row:
    """An option with its input. ``words`` is what a search looks at."""

    key: str
    input: BoundField
    opened: str | None
    change: Activity | None
    words: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Section:
    group: Group
    rows: list[Row]

    @property
    def is_hidden(self) -> bool:
        return all(row.is_hidden for row in self.rows)


def sections_of(
    form: OptionsForm, *, reader: User, query: str = "", conflicts: Iterable[Conflict] = ()
) -> list[Section]:
    """The form's options by group. What the search does not want is hidden, not left out: it can
    be found again without asking the server, and is sent along. Nothing that has an error hides.
    """
    entries = Activity.objects.visible_to(reader)
    changes = entries.newest_of(ActivityKind.OPTION, [option.key for option in form.options])
    seen = form.opened | {conflict.option.key: conflict.saved for conflict in conflicts}
    rows: dict[Group, list[Row]] = {}
    for option in form.options:
        rows.setdefault(option.group, []).append(row_of(option, form, query, seen, changes))
    return [Section(group, rows[group]) for group in Group if group in rows]


def row_of(
    option: Option,
    form: OptionsForm,
    query: str,
    seen: Mapping[str, str],
    changes: Mapping[str, Activity],
) -> Row:
    words = words_of(option)
    is_wanted = all(word in words for word in fold(query).split())
    return Row(
        key=option.key,
        input=form[option.key],
        opened=seen.get(option.key),
        change=changes.get(option.key),
        words=words,
        is_hidden=not is_wanted and not form.is_bound,
    )


def words_of(option: Option) -> str:
    return fold(f"{option.label} {option.help} {option.group.label}")
