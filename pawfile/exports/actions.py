"""Taking something out of the book: written down in the same transaction."""

from typing import IO

from django.db import transaction
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.exports.lists import Listed, Listing
from pawfile.exports.sheets import Format, sheet_file


@transaction.atomic
def export_list(*, listed: Listed, listing: Listing, format_: Format, by: User) -> IO[bytes]:
    """The list as a file. Raises RefusedError if this kind of file cannot hold it."""
    count = listing.found.order_by().count()
    record_activity(
        by=by,
        kind=ActivityKind.EXPORT,
        about=str(listed.title),
        new=ngettext("%d row", "%d rows", count) % count,
        note=format_.value.upper(),
    )
    return sheet_file(listing.rows, format_, title=str(listed.title))
