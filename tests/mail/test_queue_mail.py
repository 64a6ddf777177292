"""The way into the outbox: what is kept, and what cannot be smuggled into a header."""

import pytest
from django.core import mail as django_mail
from django.db import transaction

from pawfile.accounts.models import User
from pawfile.jobs.models import Job
from pawfile.lib.columns import key_ring
from pawfile.mail.actions import queue_mail
from pawfile.mail.delivery import deliver_due
from pawfile.mail.models import Mail, MailState
from pawfile.options.models import SiteOptions
from tests.mail.letters import LINK, make_mail
from tests.mail.smtp_server import Post

pytestmark = pytest.mark.django_db


def notice(title: str, sentence: str = "It happened.", to: str = "cleo@example.com") -> Mail:
    return queue_mail(
        to=to,
        template="account_notice",
        context={"title": title, "sentence": sentence},
        links={},
        by=None,
    )


def set_company_name(name: str) -> None:
    options = SiteOptions.load()
    options.company_name = name
    options.save()


def test_personal_links_are_kept_sealed_and_apart(ada: User) -> None:
    mail = Mail.objects.get(pk=make_mail(by=ada).pk)
    assert LINK not in mail.text + mail.html + mail.links.token_for_database
    assert "[[link:password_reset_url]]" in mail.text
    assert key_ring().unseal(mail.links) == f'{{"password_reset_url": "{LINK}"}}'
    assert (mail.by, mail.template) == (ada, "password_reset_key")


def test_mails_of_the_tests_arrive_in_djangos_outbox() -> None:
    make_mail()
    (sent,) = django_mail.outbox
    assert (sent.to, LINK in str(sent.body)) == (["cleo@example.com"], True)


def test_plain_text_stands_as_it_is_and_html_is_escaped() -> None:
    mail = notice("O'Neil & Sons", "<b>O'Neil</b> & Sons")
    assert mail.subject == "O'Neil & Sons"
    assert "<b>O'Neil</b> & Sons" in mail.text
    assert "&lt;b&gt;O&#x27;Neil&lt;/b&gt; &amp; Sons" in mail.html


def test_a_link_is_no_place_to_break_out_of(post: Post) -> None:
    queue_mail(
        to="cleo@example.com",
        template="password_reset_key",
        context={},
        links={"password_reset_url": 'https://x/"><script>'},
        by=None,
    )
    deliver_due()
    html = list(post.taken[0].iter_parts())[1].get_content()
    assert "<script>" not in html
    assert "https://x/&quot;&gt;&lt;script&gt;" in html


def test_no_commit_no_mail(waiting: None) -> None:
    with transaction.atomic():
        make_mail()
        assert Mail.objects.count() == 1
        transaction.set_rollback(True)
    assert (Mail.objects.count(), Job.objects.count()) == (0, 0)


def test_many_mails_of_one_transaction_make_one_job(waiting: None) -> None:
    for number in range(5):
        make_mail(f"{number}@example.com")
    assert Job.objects.count() == 1


@pytest.mark.parametrize("text", ["Hello\r\nBcc: eve@example.com", "Hello\nBcc: eve@example.com"])
def test_a_subject_stays_one_line(post: Post, text: str) -> None:
    notice(text)
    deliver_due()
    (taken,) = post.taken
    assert (taken["Subject"], taken["Bcc"]) == ("Hello Bcc: eve@example.com", None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Paws\r\nBcc: eve@example.com", "Paws Bcc: eve@example.com"),
        ('Eve <eve@example.com>, "Paws', 'Eve <eve@example.com>, "Paws'),
        ("Größe\u2028\x00 & Söhne", "Größe & Söhne"),
        ("パウ・ケア", "パウ・ケア"),
        ("", ""),
    ],
)
def test_the_companys_name_is_only_a_name(post: Post, name: str, shown: str) -> None:
    # PostgreSQL takes no NUL
    set_company_name(name.replace("\0", "\x01"))
    make_mail()
    deliver_due()
    (sender,) = post.taken[0]["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (shown, "pawfile@localhost")
    assert post.taken[0]["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "cleo@example.com\r\nBcc: eve@example.com",
        "cleo@example.com, eve@example.com",
        "cleo@example.com> RCPT TO:<eve@example.com",
        "Cleo <cleo@example.com>",
        "cleo@example.com\0",
        "nobody",
        "",
        f"{'c' * 300}@example.com",
    ],
)
def test_what_is_no_address_stands_in_the_log_as_failed(post: Post, address: str) -> None:
    mail = make_mail(address)
    other = make_mail()
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, "is no e-mail address" in mail.error) == (MailState.FAILED, True)
    assert [taken["To"] for taken in post.taken] == [other.to]


def test_mails_to_staff_are_known_as_such(ada: User, cleo: User) -> None:
    kept = [make_mail(to).is_for_staff for to in (ada.email.upper(), cleo.email, "new@x.example")]
    assert kept == [True, False, False]
