"""A hundred thousand messages: no question reads them all, on either database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from pawfile.accounts.models import Role, User
from pawfile.messaging.letters import unread_to_tell
from pawfile.messaging.models import Conversation, Message, Unread
from pawfile.messaging.reading import Filters, conversation_page
from pawfile.profiles.models import Client
from tests.factories import make_user

HOMES, CONVERSATIONS, MESSAGES, SITTERS = 2_000, 20_000, 100_000, 40
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
People = dict[str, User]


@pytest.fixture
def people(db: None) -> People:
    """A manager, a sitter and a login, in a company that has written a lot."""
    manager, login = make_user(Role.MANAGER, "Mia"), make_user(Role.CLIENT, "Hugo")
    sitters = [make_user(Role.SITTER, f"Sid {number}") for number in range(SITTERS)]
    homes = Client.objects.bulk_create(
        Client(
            first_name="Hugo",
            last_name=f"Home {number}",
            sort_name=f"home {number}",
            primary_sitter=sitters[number % SITTERS],
        )
        for number in range(HOMES)
    )
    homes[7].logins.add(login)
    others = [make_user(Role.CLIENT, f"Lou {number}") for number in range(SITTERS)]
    through = Client.logins.through
    through.objects.bulk_create(
        through(client_id=home.pk, user_id=others[number % SITTERS].pk)
        for number, home in enumerate(homes)
    )
    kinds = ("client", "sitter", "home")
    conversations = Conversation.objects.bulk_create(
        (
            Conversation(
                kind=(kind := kinds[number % 3]),
                client=None if kind == "sitter" else homes[number % HOMES],
                sitter=None if kind == "client" else sitters[number % HOMES % SITTERS],
                last_message_at=BEGIN + timedelta(minutes=number),
            )
            for number in range(CONVERSATIONS)
        ),
        batch_size=2_000,
    )
    messages = Message.objects.bulk_create(
        (
            Message(conversation=conversations[number % CONVERSATIONS], side="office", body="Hi")
            for number in range(MESSAGES)
        ),
        batch_size=5_000,
    )
    Unread.objects.bulk_create(
        Unread(conversation=each, reader=user, message=messages[0], told_at=BEGIN)
        for each in conversations[::50]
        for user in (manager, *sitters)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"manager": manager, "sitter": sitters[7], "login": login}


def scans(rows: "QuerySet[Any]") -> list[str]:
    """The lines of the plan that read a whole table of messages, row by row, or sort one."""
    words = [f"Seq Scan on messaging_{table}" for table in ("conversation", "message", "unread")]
    if connection.vendor == "sqlite":
        words = ["SCAN messaging_", "SCAN U0", "SCAN V0", "USE TEMP B-TREE FOR ORDER BY"]
    lines = rows.explain().splitlines()
    return [line for line in lines if any(w in line for w in words) and "USING" not in line]


def test_no_list_thread_or_count_reads_all_messages(people: People) -> None:
    assert scans(Message.objects.order_by().filter(body="x"))  # such a plan would be noticed
    newest = ("-last_message_at", "-pk")
    manager, sitter, login = people.values()
    pk = Conversation.objects.order_by("pk")[CONVERSATIONS // 2].pk
    for rows in (
        Conversation.objects.visible_to(manager).order_by(*newest)[:51],
        Conversation.objects.visible_to(sitter).filter(pk=pk),
        Conversation.objects.visible_to(login).filter(pk=pk),
        Message.objects.filter(conversation=pk).order_by("-pk")[:51],
        Message.objects.filter(conversation=pk, pk__gt=5).order_by("pk")[:50],
        Unread.objects.filter(reader=manager).values("pk")[:100],
        User.objects.get_queryset().signed_in().filter(pk=manager.pk),
        unread_to_tell().values_list("reader", flat=True)[:1],
    ):
        assert scans(rows) == [], rows.explain()
    signed_in = User.objects.get_queryset().signed_in()
    assert signed_in.get(pk=manager.pk).unread_count == 100  # and no further
    for reader, count in ((manager, 50), (sitter, 50), (login, 6)):
        assert len(conversation_page(Filters(), reader).rows) == count
