"""What the people of the demo wrote to each other, and what the office keeps to itself."""

from datetime import datetime, timedelta

from pawfile.accounts.models import Role, User
from pawfile.messaging.actions.messages import (
    post_message,
    read_conversation,
    start_conversation,
)
from pawfile.messaging.actions.notes import add_internal_note
from pawfile.messaging.models import Conversation, InternalNote, Message, Unread
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client

OFFICE, SITTER, CLIENT = "office", "sitter", "client"
#: Days ago, between which sides, about what, who wrote what, whether the last one is unread.
TALK = (
    (
        9, (CLIENT,), "Holiday dates",
        [
            (CLIENT, "Hello, we are away from the 18th to the 27th. Is twice a day possible?"),
            (OFFICE, "Yes, mornings and evenings. You can request the visits under My Schedule."),
            (CLIENT, "Done, thank you."),
        ],
        False,
    ),
    (
        3, (SITTER,), "Friday afternoon",
        [
            (SITTER, "I have the dentist on Friday until three. Can somebody take the 14:30?"),
            (OFFICE, "It is given to a colleague. Get well soon."),
        ],
        False,
    ),
    (
        1, (CLIENT, SITTER), "",
        [
            (SITTER, "All quiet this morning. The food is nearly empty: enough until Sunday."),
            (CLIENT, "I order some now, it comes on Saturday. Could you take the parcel in?"),
        ],
        True,
    ),
    (
        0.1, (CLIENT,), "Invoice",
        [(CLIENT, "Could you send me last month's invoice once more, please?")],
        True,
    ),
)  # fmt: skip
NOTE = "Pays by check at the end of the month; remind only after the 10th."


def make_talk(now: datetime) -> None:
    """Sitters and clients may write to each other here, so that all of it can be tried."""
    SiteOptions.objects.update(has_visible_sitters=True)
    login = User.objects.filter(role=Role.CLIENT, clients__isnull=False).order_by("pk")[0]
    office = User.objects.filter(role=Role.MANAGER).order_by("pk")[0]
    home = Client.objects.filter(logins=login).order_by("pk")[0]
    sitter = home.primary_sitter or User.objects.sitters()[0]
    who = {OFFICE: office, SITTER: sitter, CLIENT: login}
    for days, sides, subject, lines, is_new in TALK:
        begin = now - timedelta(days=days)
        conversation = start_conversation(
            client=home if CLIENT in sides else None,
            sitter=sitter if SITTER in sides else None,
            subject=subject,
            body=lines[0][1],
            by=who[lines[0][0]],
        )
        for side, text in lines[1:]:
            post_message(conversation=conversation, body=text, by=who[side])
        date_back(conversation, begin)
        if not is_new:
            Unread.objects.filter(conversation=conversation).delete()
        read_conversation(conversation=conversation, by=who[lines[-1][0]])
    note = add_internal_note(client=home, text=NOTE, by=office)
    InternalNote.objects.filter(pk=note.pk).update(written_at=now - timedelta(days=20))


def date_back(conversation: Conversation, begin: datetime) -> None:
    """Each answer comes twenty minutes after the message before; mails about them went out."""
    at = last = begin
    for message in conversation.messages.order_by("pk"):
        Message.objects.filter(pk=message.pk).update(sent_at=at)
        last, at = at, at + timedelta(minutes=20)
    Conversation.objects.filter(pk=conversation.pk).update(started_at=begin, last_message_at=last)
    Unread.objects.filter(conversation=conversation).update(since_at=last, told_at=last)
