"""The log taken out of the book, and old rows taken out of the log."""

from collections.abc import Iterator
from datetime import timedelta, tzinfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.access.log import Filters, filtered, openings, said, with_names
from pawfile.access.models import Ground, Reveal
from pawfile.access.models.reveal import RevealQuerySet
from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.csv_lines import csv_lines
from pawfile.options.models import SiteOptions

#: Rows of the database in hand at a time.
AT_ONCE = 2000


@transaction.atomic
def export_log(*, filters: Filters, by: User) -> Iterator[str]:
    """Write down that it is taken out, and give the lines of the file: no codes, who and when."""
    rows = filtered(filters, reader=by)
    count = rows.count()
    record_activity(
        by=by,
        kind=ActivityKind.ACCESS,
        about=_("Home-access log"),
        new=ngettext("%d row exported", "%d rows exported", count) % count,
        note=said(filters, reader=by),
    )
    return csv_lines(cells(rows, by, timezone.get_current_timezone()))


def cells(rows: RevealQuerySet, reader: User, zone: tzinfo) -> Iterator[list[str]]:
    """``zone`` is said, because the file is written when the page's own clock is put away."""
    grounds = {value: str(label) for value, label in Ground.choices}
    yield [
        _("Opened at"), _("Client"), _("What"), _("Who"), _("Ground"), _("Visit"), _("Reason"),
    ]  # fmt: skip
    found = with_names(rows).order_by("-opened_at", "-pk").iterator(chunk_size=AT_ONCE)
    for opening in openings(found, reader=reader):
        row = opening.reveal
        yield [
            timezone.localtime(row.opened_at, zone).isoformat(" ", "seconds"),
            row.client.name,
            opening.what,
            str(row.opened_by or row.opened_by_name),
            grounds[row.ground],
            row.visit_said,
            row.reason,
        ]


@transaction.atomic
def delete_old_reveals() -> bool:
    """Delete some rows that are older than the company keeps them, the oldest first, and say so.

    Returns whether there may be more.
    """
    days = SiteOptions.load().reveal_retention_days
    if not days:
        return False
    old = Reveal.objects.filter(opened_at__lt=timezone.now() - timedelta(days=days))
    some = list(old.order_by("opened_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    count, _by_model = Reveal.objects.filter(pk__in=some).delete()
    if count:
        text = ngettext("%d row deleted", "%d rows deleted", count) % count
        about = ngettext("Older than %d day", "Older than %d days", days) % days
        record_activity(
            by=None, kind=ActivityKind.ACCESS, about=_("Home-access log"), new=text, note=about
        )
    return len(some) == AT_ONCE
