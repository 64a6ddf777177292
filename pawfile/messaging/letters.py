"""Mails about messages that nobody has read for a while: a link, no word of the message."""

from datetime import timedelta
from time import monotonic
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.mail.actions import queue_mail
from pawfile.messaging.models import Conversation, ConversationKind, Side, Unread
from pawfile.profiles.topics import BUSINESS, wants_mail

#: Who reads sooner gets no mail.
WAIT = timedelta(minutes=2)
#: Seconds that one round may take: other jobs get their turn.
BUDGET = 5.0


def unread_to_tell() -> QuerySet[Unread]:
    due = Unread.objects.filter(told_at=None, since_at__lte=timezone.now() - WAIT)
    return due.order_by("since_at")


def tell_unread(budget: float = BUDGET) -> bool:
    """One mail to each person who has waited, whatever the number of conversations.

    Returns whether somebody is left for another round.
    """
    until = monotonic() + budget
    while (reader := unread_to_tell().values_list("reader", flat=True).first()) is not None:
        if monotonic() > until:
            return True
        tell(reader)
    return False


@transaction.atomic
def tell(reader_id: int) -> None:
    """Queue the mail, or decide that none goes out; either way not again for these."""
    reader = User.objects.select_for_update(no_key=True).get(pk=reader_id)
    rows = unread_to_tell().filter(reader=reader)
    waiting = list(rows.select_related("conversation__client"))
    seen = set(
        Conversation.objects.visible_to(reader)
        .filter(pk__in=[row.conversation_id for row in waiting])
        .order_by()
        .values_list("pk", flat=True)
    )
    told = [
        row.conversation
        for row in waiting
        if row.conversation_id in seen and is_mailed(row.conversation, reader)
    ]
    Unread.objects.filter(pk__in=[row.pk for row in waiting]).update(told_at=timezone.now())
    if told:
        queue_mail(
            to=reader.email,
            template="new_messages",
            context={"name": reader.nickname or reader.name, "count": len(told)},
            links={"messages": address_of(told)},
            by=None,
        )


def is_mailed(conversation: Conversation, reader: User) -> bool:
    """What sitters and clients write to each other the office finds among its messages, without a
    mail for each; clients decide by the topics they ticked."""
    side = conversation.side_of(reader)
    if side == Side.OFFICE:
        return conversation.kind != ConversationKind.HOME
    if side == Side.CLIENT and conversation.client is not None:
        return wants_mail(conversation.client, BUSINESS)
    return True


def address_of(told: list[Conversation]) -> str:
    url = told[0].get_absolute_url() if len(told) == 1 else reverse("message_list")
    return urljoin(settings.SITE_URL, url.lstrip("/"))


def forget_blocked() -> None:
    """Nothing waits for a sitter where the client has blocked him or her since."""
    Unread.objects.filter(conversation__client__blocked_sitters=F("reader")).delete()
