"""Mail server and workers are killed in the middle of 500 mails: none is doubled, none is lost."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from pawfile.jobs.models import Job, JobState, PeriodicWork
from pawfile.mail.delivery import LOST_AFTER, doubt
from pawfile.mail.models import Mail, MailState
from tests.mail.letters import make_mail
from tests.mail.smtp_server import free_port
from tests.processes import Process, Start, database_url, kill

MAILS = 500


def arrived(ledger: Path) -> list[str]:
    return ledger.read_text().split() if ledger.exists() else []


def wait_until(is_so: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait; meanwhile hours pass for the outbox every two seconds."""
    end, pass_at = time.monotonic() + seconds, time.monotonic() + 2
    while not is_so():
        assert time.monotonic() < end, what
        if time.monotonic() > pass_at:
            let_time_pass()
            pass_at = time.monotonic() + 2
        time.sleep(0.01)


def let_time_pass() -> None:
    """Pauses and leases are over, what nobody finished is lost, and the next sweep is due."""
    now = timezone.now()
    Mail.objects.filter(state=MailState.QUEUED).update(next_try_at=now)
    Mail.objects.filter(state=MailState.SENDING).update(
        claimed_at=now - LOST_AFTER - timedelta(minutes=1)
    )
    Job.objects.filter(state=JobState.RUNNING).update(leased_until_at=now - timedelta(minutes=1))
    PeriodicWork.objects.update(next_run_at=now)


def open_mails() -> int:
    return Mail.objects.filter(state__in=(MailState.QUEUED, MailState.SENDING)).count()


@pytest.mark.django_db(transaction=True)
def test_500_mails_arrive_once_or_stand_in_the_log(
    waiting: None, start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction.atomic():
        mails = {make_mail(f"c{number}@example.com").message_id for number in range(MAILS)}
    began = time.monotonic()
    port, ledger = free_port(), tmp_path / "ledger"

    def serve() -> Process:
        return start("tests.mail.smtp_server", str(port), str(ledger))

    def work() -> Process:
        return start(
            "pawfile.cli", "worker",
            DJANGO_SETTINGS_MODULE="pawfile.settings", DATABASE_URL=database_url(),
            EMAIL_HOST="127.0.0.1", EMAIL_PORT=str(port), EMAIL_USE_TLS="0",
        )  # fmt: skip

    def come(count: int) -> None:
        wait_until(lambda: len(arrived(ledger)) >= count, seconds=60, what=f"{count} arrive")

    server, workers = serve(), [work(), work()]
    come(80)
    kill(server)
    time.sleep(0.5)
    server = serve()
    come(160)
    kill(workers.pop())
    workers.append(work())
    come(240)
    for process in (*workers, server):
        kill(process)
    server, workers = serve(), [work(), work()]
    come(320)
    kill(server)
    server = serve()
    kill(workers.pop())
    wait_until(lambda: not open_mails(), seconds=90, what="every mail has a fate")

    took, fates = Counter(arrived(ledger)), Counter(Mail.objects.values_list("state", flat=True))
    failed = Mail.objects.filter(state=MailState.FAILED)
    sent = set(Mail.objects.filter(state=MailState.SENT).values_list("message_id", flat=True))
    unknown = set(failed.values_list("message_id", flat=True))
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{connection.vendor}: {len(took)} arrived, {fates[MailState.SENT]} sent, "
            f"{fates[MailState.FAILED]} failed ({len(unknown & set(took))} of them arrived), "
            f"{sum(count > 1 for count in took.values())} doubled, "
            f"{time.monotonic() - began:.1f} s"
        )
    assert [message for message, count in took.items() if count > 1] == []
    assert sent | unknown == mails
    assert sent <= set(took)
    assert set(took) <= mails
    assert set(failed.values_list("error", flat=True)) <= {doubt()}
    assert len(unknown) < 20
