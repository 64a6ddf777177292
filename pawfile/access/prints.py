"""Drawing sheets: of a few clients at once, of many by the worker."""

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pawfile.access.models import PrintRun, PrintState
from pawfile.access.models.print_run import sight_of
from pawfile.access.sheet_pdf import sheets_pdf
from pawfile.access.sheets import Opened, Sheet, sheet_of
from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client

#: The page is told of the progress after so many sheets.
STEP = 5


def sheets_of(
    clients: Iterable[Client], *, reader: User, company: SiteOptions, opened: Opened | None = None
) -> Iterator[Sheet]:
    today = timezone.localdate(timezone=ZoneInfo(company.time_zone))
    for client in clients:
        yield sheet_of(client, reader=reader, company=company, today=today, opened=opened or {})


def printed_text(reader: User, company: SiteOptions) -> str:
    """When and by whom a sheet was printed."""
    now = timezone.localtime(timezone=ZoneInfo(company.time_zone))
    return _("Printed %(when)s by %(who)s") % {
        "when": date_format(now, "j M Y, H:i"),
        "who": reader,
    }


def make_print(run: PrintRun) -> None:
    """Draw the sheets as the person may see them now. Run again it starts anew."""
    reader, company = run.asked_by, SiteOptions.load()
    run.drawn_for = sight_of(reader, company)
    found = Client.objects.visible_to(reader).with_links().in_bulk(run.clients)
    clients = [found[pk] for pk in run.clients if pk in found]

    def told(count: int) -> None:
        if count % STEP == 0:
            PrintRun.objects.filter(pk=run.pk).update(done=count)

    pdf = sheets_pdf(
        sheets_of(clients, reader=reader, company=company),
        paper=run.paper,
        printed=printed_text(reader, company),
        company=company.company_name,
        told=told,
    )
    default_storage.delete(run.path)
    default_storage.save(run.path, ContentFile(pdf))
    run.done, run.state = run.total, PrintState.READY if clients else PrintState.FAILED
    run.save(update_fields=["done", "state", "drawn_for"])
