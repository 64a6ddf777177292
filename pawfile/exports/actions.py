"""Taking something out of the book: written down in the same transaction."""

from functools import partial
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.exports.lists import Listed, Listing
from pawfile.exports.models import KEPT, CompanyExport
from pawfile.exports.sheets import Format, sheet_file
from pawfile.exports.tasks import write_export
from pawfile.lib.columns import key_ring


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


@transaction.atomic
def begin_export(*, passphrase: str, by: User) -> CompanyExport:
    """Have the worker write the whole company; without a passphrase, without its secrets."""
    if by.viewed_by or not by.is_administrator:
        raise PermissionDenied
    export = CompanyExport(asked_by_id=by.pk, has_secrets=bool(passphrase))
    if passphrase:
        export.passphrase = key_ring().seal(passphrase)
    export.save()
    note = _("secrets under a passphrase") if passphrase else _("without secrets")
    record_activity(by=by, kind=ActivityKind.EXPORT, about=_("Whole company"), note=note)
    write_export.enqueue(export.pk)
    return export


@transaction.atomic
def forget_exports() -> None:
    """Every hour: what was made a day ago."""
    exports = list(CompanyExport.objects.filter(asked_at__lt=timezone.now() - KEPT)[:200])
    CompanyExport.objects.filter(pk__in=[export.pk for export in exports]).delete()
    for export in exports:
        for path in (export.path, export.progress_path):
            transaction.on_commit(partial(path.unlink, missing_ok=True))
