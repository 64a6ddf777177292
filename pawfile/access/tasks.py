"""Work of the worker: the home-access log is thinned, clients are asked, many sheets are drawn."""

from django.conf import settings
from django_tasks import task

from pawfile.access.actions.entry_checks import ask_client, visits_to_ask
from pawfile.access.actions.log import delete_old_reveals
from pawfile.access.models import PrintRun, PrintState
from pawfile.access.prints import make_print
from pawfile.jobs.actions import enqueue_once
from pawfile.options.models import SiteOptions


@task
def thin_the_log() -> None:
    """May run again, at any time and twice at once: what is gone is told of once."""
    if delete_old_reveals():
        enqueue_once(thin_the_log)


def look_for_old_reveals() -> None:
    """Once a day, if the company keeps rows for some time only."""
    if SiteOptions.load().reveal_retention_days:
        enqueue_once(thin_the_log)


@task
def ask_clients() -> None:
    """May run again, at any time and twice at once: about a visit nobody is asked twice."""
    for visit in visits_to_ask(SiteOptions.load()):
        ask_client(visit=visit, site=settings.SITE_URL)


def look_for_questions() -> None:
    """Every hour, so that a visit made the day before is asked about too."""
    if visits_to_ask(SiteOptions.load()).exists():
        enqueue_once(ask_clients)


@task
def draw_sheets(run_id: int) -> None:
    """May run again: what is ready stays, what was begun starts anew."""
    runs = PrintRun.objects.filter(pk=run_id, state=PrintState.WAITING)
    for run in runs.select_related("asked_by"):
        make_print(run)
