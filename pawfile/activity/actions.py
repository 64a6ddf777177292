"""The one way into the activity log."""

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
