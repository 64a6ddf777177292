"""Conversations for tests."""

from typing import Any

from pawfile.accounts.models import User
from pawfile.messaging.actions.messages import post_message, start_conversation
from pawfile.messaging.models import Conversation
from pawfile.options.models import SiteOptions
from pawfile.profiles.models import Client
from tests.profiles.pages import Node


def let_sitters_write(*, on: bool = True) -> None:
    SiteOptions.objects.update_or_create(pk=1, defaults={"has_visible_sitters": on})


def begin(
    by: User,
    body: str = "Hello.",
    *,
    client: Client | None = None,
    sitter: User | None = None,
    **more: Any,
) -> Conversation:
    return start_conversation(client=client, sitter=sitter, body=body, by=by, **more)


def answer(conversation: Conversation, by: User, body: str = "Thank you.") -> None:
    post_message(conversation=conversation, body=body, by=by)


def listed(page: Node) -> list[str]:
    """The lines of the list: with whom, and a star for what is new."""
    lines = page.all("li", data_conversation="")
    return [line.one("span", cls="conversation-name").text.replace(" New", " *") for line in lines]


def said(page: Node) -> list[str]:
    """Who: what, for each message of a thread."""
    return [
        f"{line.one('strong').text}: {' '.join(each.text for each in line.all(cls='message-body'))}"
        for line in page.all("li", data_message="")
    ]
