"""Lists and threads as one reader may see them, with the names this reader knows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.lib.numbers import is_id
from pawfile.lib.paging import Page, keyset_page
from pawfile.messaging.models import (
    Attachment,
    Conversation,
    ConversationKind,
    Message,
    Side,
    Unread,
)
from pawfile.options.models import SiteOptions
from pawfile.schedule.own_visits import called

#: Messages of a thread that are shown at once; a link shows those before.
SHOWN = 50
NAMES = (
    "client__first_name", "client__last_name", "sitter__name", "sitter__nickname",
    "last_by__name", "last_by__nickname", "last_by__role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list asks for; what makes no sense is as if not given."""

    is_unread: bool = False
    kind: str = ""
    client: int | None = None
    cursor: str = ""

    @classmethod
    def read(cls, query: Mapping[str, Any]) -> "Filters":
        client, kind = str(query.get("client", "")), str(query.get("kind", ""))
        return cls(
            is_unread=query.get("show") == "unread",
            kind=kind if kind in ConversationKind.values else "",
            client=int(client) if is_id(client) else None,
            cursor=str(query.get("at", ""))[:4000],
        )

    @property
    def is_narrowed(self) -> bool:
        return self.is_unread or bool(self.kind) or self.client is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list: with whom, how the newest message begins and whose it is."""

    conversation: Conversation
    name: str
    who: str
    is_unread: bool


def conversation_page(filters: Filters, reader: User) -> Page[Conversation]:
    """One page, the newest message first: one query."""
    rows = Conversation.objects.visible_to(reader)
    own = Unread.objects.filter(reader=reader.pk)
    if filters.is_unread:
        rows = rows.filter(pk__in=own.values("conversation"))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.client is not None:
        rows = rows.filter(client=filters.client)
    rows = rows.annotate(is_unread=Exists(own.filter(conversation=OuterRef("pk"))))
    names = rows.select_related("client", "sitter", "last_by").only(
        "kind", "subject", "last_message_at", "last_text", "last_side", "broadcast", *NAMES
    )
    return keyset_page(
        names, column="last_message_at", descending=True, cursor=filters.cursor, size=SHOWN
    )


def lines_of(page: Page[Conversation], reader: User, company: SiteOptions) -> list[Line]:
    return [
        Line(
            each,
            partner_name(each, reader),
            author_name(each, each.last_by, each.last_side, reader, company),
            is_unread=each.is_unread,  # type: ignore[attr-defined]
        )
        for each in page.rows
    ]


def partner_name(conversation: Conversation, reader: User) -> str:
    """With whom the reader writes there."""
    client, sitter = conversation.client, conversation.sitter
    side = conversation.side_of(reader)
    if side == Side.OFFICE:
        names = [str(sitter) if sitter else "", client.name if client else ""]
        return " – ".join(filter(None, names))
    if side == Side.SITTER:
        return client.name if client else _("Office")
    return called(sitter) if sitter else _("Office")


def author_name(
    conversation: Conversation, author: User | None, side: str, reader: User, company: SiteOptions
) -> str:
    """Who wrote something. Clients read "Office" for the office, unless the company shows names,
    and call their sitter as the sitter is called."""
    if author is None:
        return str(Side(side).label)
    if author.pk == reader.pk:
        return _("You")
    if conversation.side_of(reader) == Side.CLIENT:
        if side == Side.SITTER:
            return called(author)
        if side == Side.OFFICE and not company.has_staff_names_for_clients:
            return _("Office")
    return author.name


@dataclass(frozen=True, slots=True)
class ShownMessage:
    message: Message
    who: str
    is_own: bool
    is_first_new: bool
    attachments: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Thread:
    """Some messages of a conversation, the oldest first. ``earlier`` is the number before which
    there are more; ``newest`` the one after which to ask for news."""

    messages: list[ShownMessage]
    earlier: int | None
    newest: int


def thread_of(
    conversation: Conversation,
    reader: User,
    company: SiteOptions,
    *,
    before: int | None = None,
    first_new: int | None = None,
) -> Thread:
    """The newest messages, or those before a number. Two queries."""
    rows = Message.objects.filter(conversation=conversation)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("author").order_by("-pk")[: SHOWN + 1])
    has_earlier, found = len(found) > SHOWN, found[:SHOWN][::-1]
    return Thread(
        shown(found, conversation, reader, company, first_new=first_new),
        earlier=found[0].pk if has_earlier else None,
        newest=found[-1].pk if found else 0,
    )


def news_of(
    conversation: Conversation, reader: User, company: SiteOptions, *, after: int
) -> Thread | None:
    """What came after a number; ``None`` when nothing did, which costs one query."""
    rows = Message.objects.filter(conversation=conversation, pk__gt=after)
    found = list(rows.select_related("author").order_by("pk")[:SHOWN])
    if not found:
        return None
    return Thread(shown(found, conversation, reader, company), None, newest=found[-1].pk)


def shown(
    messages: Iterable[Message],
    conversation: Conversation,
    reader: User,
    company: SiteOptions,
    *,
    first_new: int | None = None,
) -> list[ShownMessage]:
    rows = list(messages)
    files: dict[int, list[Attachment]] = {}
    for each in Attachment.objects.filter(message__in=[row.pk for row in rows]):
        files.setdefault(each.message_id, []).append(each)
    own = conversation.side_of(reader)
    return [
        ShownMessage(
            row,
            author_name(conversation, row.author, row.side, reader, company),
            is_own=row.side == own,
            is_first_new=row.pk == first_new,
            attachments=files.get(row.pk, []),
        )
        for row in rows
    ]


def with_names(reader: User) -> Any:
    """Conversations the reader sees, with the names that a thread says."""
    return Conversation.objects.visible_to(reader).select_related("client", "sitter")
