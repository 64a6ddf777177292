"""A hundred thousand messages, or as many as ``MESSAGES`` says, and the pages that show them."""

import os
from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench.kind import Kind
from pawfile.lib.paging import write_cursor
from pawfile.messaging.models import Conversation, Message
from pawfile.profiles.models import Client

#: Pages that need them: they are made only then.
KEYS = {"messages", "messages-deep", "thread"}


def kinds() -> Iterator[Kind]:
    """The list, a page deep in it, and a conversation that half of all messages are in."""
    table = reverse("message_list")
    rows = Conversation.objects.order_by("-last_message_at", "-pk")
    yield Kind("messages", "messages, first page", [table], is_goal=True)
    if not rows:
        return
    middle = write_cursor(rows[len(rows) // 2], "last_message_at", backwards=False)
    yield Kind("messages-deep", "messages, deep page", [f"{table}?at={middle}"])
    yield Kind("thread", "a long conversation", [rows[0].get_absolute_url()])


def fill() -> None:
    """One conversation has half of the messages, the others one each; all are read."""
    count = int(os.environ.get("MESSAGES") or 100_000) // 2
    homes = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    begin = timezone.now() - timedelta(minutes=count)
    conversations = Conversation.objects.bulk_create(
        (
            Conversation(
                kind="client",
                client_id=homes[number % len(homes)],
                last_message_at=begin + timedelta(minutes=number),
                last_text="How is Rex today?",
            )
            for number in range(count)
        ),
        batch_size=1000,
    )
    Message.objects.bulk_create(
        (
            Message(
                conversation=conversations[number if number > 0 else -1],
                side="office" if number % 2 else "client",
                body="How is Rex today? He was a little tired on Monday.",
            )
            for number in range(-count, count)
        ),
        batch_size=2000,
    )
