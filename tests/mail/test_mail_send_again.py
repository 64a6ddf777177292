"""Sending again: a copy with a fate of its own, once, and not by everybody."""

from collections.abc import Callable

import pytest
from django.core import mail as django_mail
from django.test import Client as Browser

from pawfile.accounts.models import User
from pawfile.activity.models import Activity
from pawfile.mail.models import Mail, MailState
from tests.mail.letters import LINK, make_mail, make_old_mail
from tests.profiles.pages import content

SignIn = Callable[[User], Browser]


def send_again(browser: Browser, mail: Mail) -> int:
    return browser.post(f"/email-log/{mail.pk}/send-again/").status_code


def test_a_copy_goes_out_with_its_link(signed_in: SignIn, mona: User) -> None:
    mail = make_mail()
    django_mail.outbox.clear()
    browser = signed_in(mona)
    answer = browser.post(f"/email-log/{mail.pk}/send-again/", follow=True)
    copy = Mail.objects.exclude(pk=mail.pk).get()
    assert answer.redirect_chain == [(f"/email-log/{copy.pk}/", 302)]
    assert "A copy to cleo@example.com is on its way." in content(answer)
    (sent,) = django_mail.outbox
    assert LINK in str(sent.body)
    assert (copy.copy_of, copy.by, copy.text) == (mail, mona, mail.text)
    assert copy.message_id != mail.message_id
    assert f"/email-log/{copy.pk}/" in content(browser.get(f"/email-log/{mail.pk}/"))


def test_the_activity_log_says_who_did_it(signed_in: SignIn, mona: User) -> None:
    send_again(signed_in(mona), make_old_mail())
    entry = Activity.objects.get()
    assert (entry.by, entry.kind, entry.about, entry.note) == (
        mona, "mail", "Choose a new password", "Sent again to cleo@example.com",
    )  # fmt: skip


def test_pressed_twice_it_is_sent_once(waiting: None, signed_in: SignIn, mona: User) -> None:
    mail, browser = make_old_mail(), signed_in(mona)
    assert [send_again(browser, mail) for _ in range(2)] == [302, 302]
    assert mail.copies.count() == 1
    assert "It is on its way already." in content(browser.get("/email-log/"))
    mail.copies.update(state=MailState.FAILED)
    send_again(browser, mail)
    assert mail.copies.count() == 2


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.SENDING])
def test_what_is_under_way_is_not_sent_again(
    signed_in: SignIn, ada: User, state: MailState
) -> None:
    mail = make_old_mail(state=state)
    assert send_again(signed_in(ada), mail) == 403
    assert Mail.objects.count() == 1


def test_mails_to_staff_are_sent_again_by_administrators_only(
    signed_in: SignIn, ada: User, mona: User
) -> None:
    mail = make_mail(ada.email)
    assert "Send again" not in content(signed_in(mona).get(f"/email-log/{mail.pk}/"))
    assert send_again(signed_in(mona), mail) == 403
    assert send_again(signed_in(ada), mail) == 302
    copy = mail.copies.get()
    assert send_again(signed_in(mona), copy) == 403, "a copy is as personal as the first"


def test_others_cannot(signed_in: SignIn, sam: User, cleo: User) -> None:
    mail = make_old_mail()
    assert [send_again(signed_in(user), mail) for user in (sam, cleo)] == [403, 403]
    assert send_again(Browser(), mail) == 302
    assert Mail.objects.count() == 1


def test_a_mail_that_is_not_there_is_404(signed_in: SignIn, ada: User) -> None:
    assert signed_in(ada).post("/email-log/99999/send-again/").status_code == 404
