"""Work of the worker: visits of the days that come into sight, and the daily mails."""

from django_tasks import task

from pawfile.jobs.actions import enqueue_once
from pawfile.options.models import SiteOptions
from pawfile.schedule.daily import do_daily_work, works_due
from pawfile.schedule.generating import DAY, company_today, extend_series
from pawfile.schedule.models import Series


@task
def extend_all_series() -> None:
    """May run again, at any time and twice at once: no visit is made twice."""
    extend_series()


def look_ahead() -> None:
    """Every hour, so that it is done soon after the company's midnight, whichever hour that is.

    Only the first look of a day finds anything to do.
    """
    options = SiteOptions.load()
    if Series.objects.behind(company_today(options) + DAY * options.lookahead_days).exists():
        enqueue_once(extend_all_series)


@task
def send_daily_mails() -> None:
    """May run again, at any time and twice at once: nobody gets the mails of a day twice."""
    if do_daily_work():
        enqueue_once(send_daily_mails)


def look_at_clock() -> None:
    """Every minute: from the processing hour on until all of the day's mails are queued."""
    if works_due():
        enqueue_once(send_daily_mails)
