"""Every mail of the sign-in library goes through the outbox, with our words."""

from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.core import mail as django_mail
from django.test import Client as Browser
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.mail.models import Mail, MailState

pytestmark = pytest.mark.django_db

#: Everything that one of the library's mails may be about.
CONTEXT = {
    "activate_url": "https://book.example/confirm/abc/",
    "password_reset_url": "https://book.example/reset/abc/",
    "signup_url": "https://book.example/signup/",
    "code": "XK4-7TP",
    "from_email": "old@example.com",
    "to_email": "new@example.com",
    "deleted_email": "gone@example.com",
    "timestamp": timezone.now(),
    "ip": "192.0.2.7",
    "user_agent": "Firefox <b>",
}
SECRETS = ("abc/", "XK4-7TP")


def library_mails() -> list[str]:
    """What the library can send, told by its templates: ``account/email/password_changed``."""
    templates = Path(allauth.__file__).parent / "templates"
    found = [
        str(path.relative_to(templates)).removesuffix("_subject.txt")
        for folder in ("account", "mfa")
        for path in (templates / folder / "email").glob("*_subject.txt")
    ]
    assert len(found) > 15
    return sorted(found)


@pytest.mark.parametrize("prefix", library_mails())
def test_each_has_a_template_and_keeps_its_secret(prefix: str) -> None:
    get_adapter().send_mail(prefix, "cleo@example.com", dict(CONTEXT))
    mail = Mail.objects.get()
    assert (mail.to, mail.state) == ("cleo@example.com", MailState.SENT)
    assert mail.subject
    assert "<b>" not in mail.html
    assert not any(secret in mail.text + mail.html for secret in SECRETS)
    (sent,) = django_mail.outbox
    words = str(sent.body)
    assert "[[link" not in words
    assert "Hello," in words


def test_a_changed_address_is_told_with_both() -> None:
    get_adapter().send_mail("account/email/email_changed", "old@example.com", dict(CONTEXT))
    text = Mail.objects.get().text
    assert "from old@example.com to new@example.com" in text
    assert "192.0.2.7" in text


def test_whoever_changes_a_password_is_told_so_by_mail(cleo: User) -> None:
    browser = Browser()
    browser.force_login(cleo)
    new = "a-fresh-bone-77"
    sent = {"oldpassword": "paws-and-tails", "password1": new, "password2": new}
    assert browser.post("/accounts/password/", sent).status_code == 302
    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.by) == (cleo.email, "Your password was changed", cleo)
    assert "From the address: 127.0.0.1" in mail.text
