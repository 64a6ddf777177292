"""What the activity log says in these tests."""

from pawfile.activity.models import Activity


def told() -> list[tuple[str, str, str, str, str]]:
    """(who, about, note, old, new) of every entry, oldest first."""
    rows = Activity.objects.order_by("pk")
    return [(row.by_name, row.about, row.note, row.old_text, row.new_text) for row in rows]
