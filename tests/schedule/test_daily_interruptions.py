"""A worker is killed in the middle of 300 confirmations: every client has exactly one mail."""

import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from pawfile.jobs.models import DailyWork, Job, JobState, PeriodicWork
from pawfile.mail.models import Mail
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from pawfile.schedule.daily import CONFIRM
from pawfile.schedule.models import Visit, VisitStatus
from tests.factories import make_client, make_service, make_visit
from tests.processes import Process, Start, database_url, kill
from tests.schedule.days import in_days

CLIENTS = 300


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end, f"{Mail.objects.count()} of {CLIENTS} mails"
        time.sleep(0.01)


def has_mails(number: int) -> bool:
    return Mail.objects.count() >= number


def is_done() -> bool:
    return DailyWork.objects.filter(name=CONFIRM, done_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_300_clients_have_one_mail_each_after_two_workers_were_killed(start: Start) -> None:
    SiteOptions.load()
    SiteOptions.objects.update(processing_hour=0)
    service, day = make_service(), in_days(3)
    for number in range(CLIENTS):
        home = make_client(email=f"c{number}@example.com")
        for _twice in range(2):
            make_visit(home, service=service, visit_on=day, status=VisitStatus.ACCEPTED)

    def work() -> Process:
        now = timezone.now()
        PeriodicWork.objects.update(next_run_at=now)
        Job.objects.filter(state=JobState.RUNNING).update(leased_until_at=now)
        return start(
            "pawfile.cli", "worker",
            DJANGO_SETTINGS_MODULE="pawfile.settings", DATABASE_URL=database_url(),
        )  # fmt: skip

    for mails in (40, 120):
        worker = work()
        wait_until(partial(has_mails, mails))
        kill(worker)
    killed_at = Mail.objects.count()
    workers = [work(), work()]
    wait_until(is_done)
    for worker in workers:
        kill(worker)

    assert killed_at < CLIENTS, "it was killed in the middle"
    to = Counter(Mail.objects.filter(template="visits_confirmed").values_list("to", flat=True))
    assert to == dict.fromkeys(Client.objects.values_list("email", flat=True), 1)
    assert set(Mail.objects.values_list("subject", flat=True)) == {"Confirmed: 2 visits"}
    assert set(Visit.objects.values_list("status", flat=True)) == {VisitStatus.CONFIRMED}
