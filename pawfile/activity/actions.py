"""The one way into the activity log."""

from collections.abc import Mapping

from pawfile.accounts.models import User
from pawfile.activity.models import Activity, ActivityKind


def record_activity(
    *,
    by: User | None,
    kind: ActivityKind,
    about: str,
    key: str = "",
    old: str = "",
    new: str = "",
    note: str = "",
) -> Activity:
    """Write down what ``by`` did. Call it inside the transaction of what it tells about.

    All texts are as people read them: ``about`` is the thing ("Mark changes for"), ``old`` and
    ``new`` its values, never a secret's. ``key`` is for programs that ask for the newest entry of
    a thing (``Activity.objects.newest_of``). ``by`` is ``None`` when nobody was signed in.
    """
    actor = by and by.actor
    return Activity.objects.create(
        by=actor,
        by_name=str(actor or ""),
        kind=ActivityKind(kind),
        key=key,
        about=about,
        old_text=old,
        new_text=new,
        note=note,
    )


def record_differences(
    *,
    by: User | None,
    kind: ActivityKind,
    about: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> list[str]:
    """An entry for each part of a thing that reads otherwise now; the names of these parts.

    ``before`` and ``after`` map a part's name ("Price") to its text.
    """
    changed = [part for part, text in after.items() if before.get(part, "") != text]
    for part in changed:
        old, new = before.get(part, ""), after[part]
        record_activity(by=by, kind=kind, about=f"{about}: {part}", old=old, new=new)
    return changed
