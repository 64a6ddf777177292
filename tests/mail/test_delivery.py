"""Mails and a real SMTP server: what it takes, refuses, and what becomes of the rest."""

from collections import Counter
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from pawfile.jobs.models import Job
from pawfile.jobs.worker import work
from pawfile.mail.delivery import LOST_AFTER, claim_mail, deliver_due, doubt
from pawfile.mail.models import GIVE_UP, Mail, MailState
from pawfile.mail.tasks import sweep_mails
from pawfile.options.models import SiteOptions
from tests.mail.conftest import use_smtp
from tests.mail.letters import LINK, make_mail
from tests.mail.smtp_server import Post, free_port, post_office

pytestmark = pytest.mark.django_db


def fate(mail: Mail) -> tuple[str, str]:
    mail.refresh_from_db()
    return mail.state, mail.error


def deliver_later() -> None:
    """The next round, after every pause."""
    Mail.objects.update(next_try_at=timezone.now())
    deliver_due()


def test_the_worker_sends_what_was_queued(post: Post) -> None:
    options = SiteOptions.load()
    options.company_name = "Paws & Claws"
    options.save()
    mail = make_mail()
    assert post.taken == []
    assert work(stop=Event(), once=True) == 1
    (taken,) = post.taken
    text, html = taken.iter_parts()
    assert {name: taken[name] for name in ("Subject", "To", "From", "Message-ID")} == {
        "Subject": "Choose a new password",
        "To": "cleo@example.com",
        "From": "Paws & Claws <pawfile@localhost>",
        "Message-ID": mail.message_id,
    }
    assert LINK in text.get_content()
    assert f'href="{LINK}"' in html.get_content()
    assert "[[link" not in text.get_content() + html.get_content()
    assert "Paws & Claws" in text.get_content()
    assert "Paws &amp; Claws" in html.get_content()
    assert fate(mail) == (MailState.SENT, "")
    assert mail.sent_at is not None


def test_many_mails_use_one_connection(post: Post) -> None:
    for number in range(20):
        make_mail(f"{number}@example.com")
    deliver_due(budget=60.0)
    assert (len(post.taken), len(post.sessions)) == (20, 1)


def test_a_sent_mail_is_not_sent_again(post: Post) -> None:
    make_mail()
    for _round in range(3):
        deliver_later()
    assert len(post.taken) == 1


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_what_is_refused_for_good_has_failed_with_the_servers_words(post: Post, step: str) -> None:
    getattr(post, step)["gone@example.com"] = "550 No such user here"
    refused, other = make_mail("gone@example.com"), make_mail()
    deliver_later()
    deliver_later()
    assert fate(refused) == (MailState.FAILED, "550 No such user here")
    assert (refused.attempts, fate(other)[0]) == (1, MailState.SENT)


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_what_is_refused_for_now_is_tried_again(post: Post, step: str) -> None:
    getattr(post, step)["cleo@example.com"] = "451 Greylisted"
    mail, other = make_mail(), make_mail("carl@example.com")
    deliver_due()
    assert fate(mail) == (MailState.QUEUED, "451 Greylisted")
    assert mail.next_try_at > timezone.now() + timedelta(seconds=50)
    assert fate(other)[0] == MailState.SENT
    deliver_due()
    mail.refresh_from_db()
    assert mail.attempts == 1, "it waits"
    getattr(post, step).clear()
    deliver_later()
    assert fate(mail) == (MailState.SENT, "")
    assert Counter(taken["Message-ID"] for taken in post.taken)[mail.message_id] == 1


def test_the_pauses_grow_until_it_is_given_up(post: Post) -> None:
    post.rcpt["cleo@example.com"] = "451 Greylisted"
    mail = make_mail()
    pauses = []
    while fate(mail)[0] == MailState.QUEUED:
        deliver_later()
        mail.refresh_from_db()
        pause = mail.next_try_at - timezone.now()
        pauses.append(round(pause.total_seconds() / 60))
        Mail.objects.update(queued_at=mail.queued_at - pause)
    assert pauses[:10] == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]
    assert len(pauses) < 30
    assert fate(mail) == (MailState.FAILED, "451 Greylisted")


def test_a_line_that_breaks_after_the_text_leaves_it_to_a_person(post: Post) -> None:
    """The server may have taken it: trying again could double it."""
    post.data["cleo@example.com"] = "break"
    mail, other = make_mail(), make_mail("carl@example.com")
    for _round in range(3):
        deliver_later()
    assert fate(mail) == (MailState.FAILED, doubt())
    assert mail.attempts == 1
    assert fate(other)[0] == MailState.SENT


def test_while_the_server_is_down_mails_wait(waiting: None, settings: Settings) -> None:
    port = free_port()
    use_smtp(settings, port)
    mails = [make_mail(f"{number}@example.com") for number in range(5)]
    deliver_due()
    states = Mail.objects.values_list("state", "attempts").order_by("-attempts", "pk")
    assert list(states) == [(MailState.QUEUED, 1)] + [(MailState.QUEUED, 0)] * 4
    assert "refused" in fate(mails[0])[1]
    post = Post()
    with post_office(post) as settings.EMAIL_PORT:
        deliver_later()
    assert len(post.taken) == 5
    assert set(Mail.objects.values_list("state", "error")) == {(MailState.SENT, "")}


def test_a_mail_whose_worker_died_is_left_to_a_person(post: Post) -> None:
    mail = make_mail()
    assert claim_mail() == mail
    sweep_mails()
    assert fate(mail)[0] == MailState.SENDING, "it may still be at work"
    Mail.objects.update(claimed_at=timezone.now() - LOST_AFTER - timedelta(seconds=1))
    sweep_mails()
    deliver_later()
    assert (fate(mail), post.taken) == ((MailState.FAILED, doubt()), [])


def test_without_a_mail_server_mails_wait_and_the_log_is_loud(
    waiting: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    use_smtp(settings, 0)
    settings.EMAIL_HOST = ""
    mail = make_mail()
    assert work(stop=Event(), once=True) == 1
    assert fate(mail) == (MailState.QUEUED, "")
    assert "NO MAIL SERVER IS SET: 1 mails wait" in caplog.text
    Mail.objects.update(queued_at=timezone.now() - GIVE_UP)
    sweep_mails()
    assert fate(mail)[0] == MailState.FAILED
    assert "no mail server" in mail.error


def test_what_waited_for_a_mail_server_goes_out_when_there_is_one(
    waiting: None, settings: Settings
) -> None:
    use_smtp(settings, 0)
    settings.EMAIL_HOST = ""
    old, young = make_mail("old@example.com"), make_mail()
    work(stop=Event(), once=True)
    Mail.objects.filter(pk=old.pk).update(queued_at=timezone.now() - GIVE_UP)
    post = Post()
    with post_office(post) as port:
        use_smtp(settings, port)
        sweep_mails()
        work(stop=Event(), once=True)
    assert [taken["To"] for taken in post.taken] == [young.to]
    assert fate(old)[0] == MailState.FAILED


def test_a_round_that_takes_too_long_asks_for_another(post: Post) -> None:
    for number in range(3):
        make_mail(f"{number}@example.com")
    assert deliver_due(budget=0.0) is True
    assert len(post.taken) == 1
    assert deliver_due() is False
    assert len(post.taken) == 3


@pytest.mark.django_db(transaction=True)
def test_many_workers_send_each_mail_once(post: Post) -> None:
    mails = [make_mail(f"{number}@example.com") for number in range(60)]

    def deliver() -> None:
        try:
            deliver_due(budget=60.0)
        finally:
            connection.close()

    workers = [Thread(target=deliver) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    arrived = Counter(taken["Message-ID"] for taken in post.taken)
    assert arrived == Counter(mail.message_id for mail in mails)
    assert len(post.sessions) > 1


def test_a_job_that_runs_twice_sends_nothing_twice(post: Post) -> None:
    make_mail()
    work(stop=Event(), once=True)
    Job.objects.update(state="waiting")
    assert work(stop=Event(), once=True) == 1
    assert len(post.taken) == 1
