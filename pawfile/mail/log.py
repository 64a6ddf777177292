"""The Email log as one reader asks for it, and what the office should know without asking."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.lib.list_filters import StateFilters
from pawfile.lib.paging import Page, keyset_page
from pawfile.mail.delivery import has_mail_server
from pawfile.mail.message import links_of, split_at_links
from pawfile.mail.models import Mail, MailQuerySet, MailState

#: A search reads so many mails, the newest ones that the other filters leave, and no more.
SEARCHED = 20_000
#: The office hears of what failed in these days, and of what waits longer than it should.
RECENT, LATE = timedelta(days=7), timedelta(minutes=10)


def filtered(filters: StateFilters, *, reader: User) -> MailQuerySet:
    mails = Mail.objects.visible_to(reader)
    if filters.state:
        mails = mails.filter(state=filters.state)
    if filters.q:
        newest = mails.order_by("-queued_at", "-pk")[:SEARCHED]
        oldest = newest.aggregate(at=Min("queued_at"))["at"]
        mails = mails.filter(queued_at__gte=oldest) if oldest else mails.none()
        mails = mails.filter(Q(to__icontains=filters.q) | Q(subject__icontains=filters.q))
    return mails


def log_page(filters: StateFilters, *, reader: User) -> Page[Mail]:
    """One page, newest first: one query, two when it searches."""
    return keyset_page(
        filtered(filters, reader=reader).defer("text", "html", "links"),
        column="queued_at",
        descending=True,
        cursor=filters.cursor,
    )


def counts(reader: User) -> dict[str, int]:
    """How many wait and how many failed, of all that the reader sees."""
    open_ones = Mail.objects.visible_to(reader).filter(
        state__in=(MailState.QUEUED, MailState.FAILED)
    )
    return dict(open_ones.values_list("state").annotate(n=Count("pk")).order_by())


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps mails from arriving; false when nothing does."""

    failed: int
    late: int
    has_server: bool

    def __bool__(self) -> bool:
        return bool(self.failed or self.late or not self.has_server)


def trouble(reader: User) -> Trouble:
    """Failed ones count for some days, or until somebody sends them again."""
    now = timezone.now()
    mails = Mail.objects.visible_to(reader).filter(
        state__in=(MailState.QUEUED, MailState.FAILED), queued_at__gt=now - RECENT
    )
    found = mails.aggregate(
        failed=Count("pk", filter=Q(state=MailState.FAILED, copies=None)),
        late=Count("pk", filter=Q(state=MailState.QUEUED, queued_at__lt=now - LATE)),
    )
    return Trouble(found["failed"], found["late"], has_mail_server())


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a mail's text, or a personal link in it; ``url`` only for who may open it."""

    text: str = ""
    is_link: bool = False
    url: str = ""

    @property
    def is_address(self) -> bool:
        return self.url.startswith(("http://", "https://"))


def pieces(mail: Mail, *, with_links: bool) -> list[Piece]:
    """The text as the log shows it: whoever could read a link in it could use it."""
    links = links_of(mail) if with_links else {}
    return [
        Piece(is_link=True, url=links.get(part, "")) if number % 2 else Piece(text=part)
        for number, part in enumerate(split_at_links(mail.text))
    ]
