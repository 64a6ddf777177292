"""Having sheets of many clients made by the worker."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from pawfile.access.models import PrintRun
from pawfile.access.models.print_run import KEPT
from pawfile.access.tasks import draw_sheets
from pawfile.accounts.models import User


@transaction.atomic
def begin_print(*, clients: list[int], paper: str, by: User) -> PrintRun:
    """Have the worker make the sheets of these clients, without codes."""
    if by.viewed_by:
        raise PermissionDenied
    run = PrintRun.objects.create(asked_by_id=by.pk, clients=clients, paper=paper)
    draw_sheets.enqueue(run.pk)
    return run


@transaction.atomic
def forget_prints() -> None:
    """Every hour: what was made a day ago."""
    runs = list(PrintRun.objects.filter(asked_at__lt=timezone.now() - KEPT)[:200])
    PrintRun.objects.filter(pk__in=[run.pk for run in runs]).delete()
    for run in runs:
        transaction.on_commit(partial(default_storage.delete, run.path))
