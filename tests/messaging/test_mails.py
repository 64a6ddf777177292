"""Mails about what is unread: after a while, once, with a link and no word of the message."""

from datetime import timedelta

from django.utils import timezone

from pawfile.accounts.models import Role, User
from pawfile.mail.message import links_of
from pawfile.mail.models import Mail
from pawfile.messaging.actions.messages import read_conversation
from pawfile.messaging.letters import WAIT, tell_unread, unread_to_tell
from pawfile.messaging.models import Conversation, Unread
from pawfile.messaging.tasks import look_for_unread
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from tests.factories import make_user
from tests.messaging.talk import answer, begin, let_sitters_write

WORDS = "The alarm is off on Tuesdays."


def later() -> None:
    """As if all of it had been written a while ago."""
    Unread.objects.update(since_at=timezone.now() - WAIT - timedelta(seconds=1))


def mailed() -> list[str]:
    return sorted(Mail.objects.values_list("to", flat=True))


def test_who_has_not_read_gets_a_link_after_two_minutes_and_once(
    mona: User, cleo: User, cleos_home: Client
) -> None:
    conversation = begin(mona, WORDS, client=cleos_home, subject="Alarm")
    look_for_unread()
    assert mailed() == []  # not yet
    later()
    look_for_unread()
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (cleo.email, "You have a new message")
    assert links_of(mail)["messages"].endswith(conversation.get_absolute_url())
    for text in (WORDS, "Alarm", "Tuesdays"):
        assert text not in mail.text + mail.html + mail.subject
    answer(conversation, mona, "And on Fridays.")
    later()
    assert tell_unread() is False
    assert Mail.objects.count() == 1  # still the same unread conversation
    read_conversation(conversation=conversation, by=cleo)
    answer(conversation, mona)
    later()
    tell_unread()
    assert Mail.objects.count() == 2


def test_who_has_read_meanwhile_gets_none(mona: User, cleo: User, cleos_home: Client) -> None:
    conversation = begin(mona, client=cleos_home)
    later()
    read_conversation(conversation=conversation, by=cleo)
    look_for_unread()
    assert mailed() == []


def test_several_conversations_make_one_mail(mona: User, sam: User) -> None:
    for _number in range(3):
        begin(mona, sitter=sam)
    later()
    tell_unread()
    (mail,) = Mail.objects.all()
    assert (mail.to, mail.subject) == (sam.email, "You have new messages in 3 conversations")
    assert links_of(mail)["messages"].endswith("/messages/")


def test_a_client_gets_mail_by_the_topics_ticked(
    mona: User, cleo: User, cleos_home: Client
) -> None:
    update_client(cleos_home, values={"communication_topics": ["Marketing"]}, by=mona)
    begin(mona, client=cleos_home)
    later()
    tell_unread()
    assert (mailed(), unread_to_tell().count()) == ([], 0)
    update_client(
        cleos_home, values={"communication_topics": ["Important Business Updates"]}, by=mona
    )
    begin(mona, client=cleos_home)
    later()
    tell_unread()
    assert mailed() == [cleo.email]


def test_the_office_gets_mail_of_its_own_conversations_not_of_copies(
    ada: User, mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    let_sitters_write()
    begin(sam, client=cleos_home, sitter=sam)
    later()
    tell_unread()
    assert mailed() == [cleo.email]
    begin(cleo, client=cleos_home)
    later()
    tell_unread()
    assert mailed() == sorted([cleo.email, ada.email, mona.email])


def test_every_login_of_the_home_is_told_and_nobody_who_is_blocked_or_gone(
    mona: User, sam: User, cleo: User, cleos_home: Client
) -> None:
    let_sitters_write()
    more = make_user(Role.CLIENT, "Chris Carter")
    gone = make_user(Role.CLIENT, "Gone Carter", is_active=False)
    cleos_home.logins.add(more, gone)
    begin(mona, client=cleos_home)
    begin(cleo, client=cleos_home, sitter=sam)
    update_client(cleos_home, values={"blocked_sitters": [sam]}, by=mona)
    later()
    look_for_unread()
    assert mailed() == sorted([cleo.email, more.email])
    assert not Unread.objects.filter(reader=sam).exists()
    assert Conversation.objects.count() == 2
