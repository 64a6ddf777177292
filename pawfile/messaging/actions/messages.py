"""Beginning conversations, writing in them, reading them."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.messaging.actions.attachments import keep_files
from pawfile.messaging.models import Conversation, ConversationKind, Message, Unread
from pawfile.messaging.partners import may_write, told_of
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client

SNIPPET = 160


@transaction.atomic
def start_conversation(
    *,
    client: Client | None = None,
    sitter: User | None = None,
    subject: str = "",
    body: str,
    attached: Sequence[File[bytes]] = (),
    by: User,
) -> Conversation:
    """Begin with a first message. Who stands on the sides says the kind: of the client and the
    sitter, at least one; the office is on every conversation."""
    conversation = Conversation(
        kind=kind_of(client, sitter), client=client, sitter=sitter, subject=subject.strip()
    )
    refuse_readers(conversation, by)
    conversation.save()
    add_message(conversation, body=body, attached=attached, by=by)
    return conversation


def kind_of(client: Client | None, sitter: User | None) -> ConversationKind:
    if client is not None and sitter is not None:
        return ConversationKind.HOME
    return ConversationKind.CLIENT if client is not None else ConversationKind.SITTER


@transaction.atomic
def post_message(
    *, conversation: Conversation, body: str, attached: Sequence[File[bytes]] = (), by: User
) -> Message:
    """Answer. One message after the other: readers who know the newest number miss none."""
    locked = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    refuse_readers(locked, by)
    return add_message(locked, body=body, attached=attached, by=by)


def refuse_readers(conversation: Conversation, by: User) -> None:
    if not may_write(conversation, by, SiteOptions.load()):
        raise PermissionDenied


def add_message(
    conversation: Conversation, *, body: str, attached: Sequence[File[bytes]], by: User
) -> Message:
    now, side = timezone.now(), conversation.side_of(by)
    message = Message.objects.create(
        conversation=conversation, side=side, author=by, body=body.strip(), sent_at=now
    )
    keep_files(message, attached)
    names = ", ".join(file.name or "" for file in attached)
    set_newest(conversation, message, names=names)
    conversation.save()
    leave_unread(message, told_of(conversation, side, by))
    return message


def set_newest(conversation: Conversation, message: Message, *, names: str = "") -> None:
    """What the list says of the conversation. Without words it is the names of the files."""
    conversation.last_message_at = message.sent_at
    conversation.last_text = snippet(message.body or names)
    conversation.last_side, conversation.last_by = message.side, message.author


def snippet(text: str) -> str:
    return " ".join(text[: 4 * SNIPPET].split())[:SNIPPET]


def leave_unread(message: Message, readers: Iterable[User]) -> None:
    """Who has something unread there already keeps the first one. The row is written anyway, so
    that somebody who opens the conversation at this moment waits and sees this message too."""
    rows = [
        Unread(
            conversation_id=message.conversation_id,
            reader=reader,
            message=message,
            since_at=message.sent_at,
            newest_at=message.sent_at,
        )
        for reader in readers
    ]
    Unread.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["conversation", "reader"],
        update_fields=["newest_at"],
    )


def read_conversation(*, conversation: Conversation, by: User) -> int | None:
    """This login has read it; the number of the first message that was new, if one was.

    To be called before the messages are fetched: what comes after is unread again. Who views as a
    client reads, but marks nothing.
    """
    rows = Unread.objects.filter(conversation=conversation, reader=by.pk)
    first = rows.values_list("message_id", flat=True).first()
    if first is not None and by.viewed_by is None:
        rows.delete()
    return first
