"""The same message to many clients, each in a conversation of its own."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.messaging.actions.messages import snippet
from pawfile.messaging.models import (
    Broadcast,
    Conversation,
    ConversationKind,
    Message,
    Side,
    Unread,
)
from pawfile.profiles.models import Client

#: So many take about a tenth of a second; nobody else's save waits longer than that.
BATCH = 50
#: Nobody means the same words to the same clients twice within this time.
TWICE = timedelta(minutes=1)


@transaction.atomic
def begin_broadcast(*, clients: Sequence[int], subject: str, body: str, by: User) -> Broadcast:
    """Keep what is to be sent, and to whom. Sending is for ``send_batch``.

    A second press of the button is no second message: it gets what the first began.
    """
    if not by.is_office or by.viewed_by is not None:
        raise PermissionDenied
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    words = {"subject": subject.strip(), "body": body.strip()}
    since = timezone.now() - TWICE
    for begun in Broadcast.objects.filter(begun_by=by, begun_at__gte=since, **words):
        if begun.client_ids == list(clients):
            return begun
    return Broadcast.objects.create(client_ids=list(clients), begun_by=by, **words)


@transaction.atomic
def send_batch(broadcast_id: int) -> bool:
    """Send it to the next clients; whether some are left. Who has no login by now is left out."""
    broadcast = Broadcast.objects.select_for_update(of=("self",)).get(pk=broadcast_id)
    if broadcast.finished_at is not None:
        return False
    ids = broadcast.client_ids[broadcast.reached : broadcast.reached + BATCH]
    broadcast.sent_count += send_to(ids, broadcast)
    broadcast.reached += len(ids)
    if broadcast.reached >= broadcast.total:
        broadcast.finished_at = timezone.now()
    broadcast.save(update_fields=["sent_count", "reached", "finished_at"])
    return broadcast.finished_at is None


def send_to(ids: Sequence[int], broadcast: Broadcast) -> int:
    """Write the conversations of these clients; how many there are. Six queries."""
    logins = Client.logins.through.objects.filter(client__in=ids, user__is_active=True)
    readers: dict[int, list[int]] = {}
    for client, user in logins.values_list("client_id", "user_id").order_by("client_id", "user_id"):
        readers.setdefault(client, []).append(user)
    now, by = timezone.now(), broadcast.begun_by
    conversations = Conversation.objects.bulk_create(
        Conversation(
            kind=ConversationKind.CLIENT,
            client_id=client,
            subject=broadcast.subject,
            broadcast=broadcast,
            last_message_at=now,
            last_text=snippet(broadcast.body),
            last_by=by,
        )
        for client in readers
    )
    messages = Message.objects.bulk_create(
        Message(conversation=each, side=Side.OFFICE, author=by, body=broadcast.body, sent_at=now)
        for each in conversations
    )
    Unread.objects.bulk_create(
        Unread(
            conversation=message.conversation,
            reader_id=reader,
            message=message,
            since_at=now,
            newest_at=now,
        )
        for message in messages
        for reader in readers[message.conversation.client_id or 0]
        if by is None or reader != by.pk
    )
    return len(conversations)
