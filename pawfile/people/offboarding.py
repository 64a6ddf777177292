"""What ends when a staff member leaves, and what is left to settle.

Each section is a function of the leaving user and of who looks; it says what there is, in words.
What there is to choose stands below them on the page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.access.board import keys_held_by
from pawfile.access.codes import known_to
from pawfile.accounts.models import User
from pawfile.accounts.sessions import live_sessions
from pawfile.invites.models import Invite
from pawfile.invites.models.invite import InviteQuerySet
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import ClientQuerySet
from pawfile.schedule.models import HELD, CalendarFeed, Visit, VisitStatus
from pawfile.schedule.models.visit import VisitQuerySet

#: The page lists so many; the rest are counted.
MOST_VISITS = MOST_KEYS = MOST_CLIENTS = 50


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    lines: list[str]


def doors(user: User, reader: User) -> Section:
    """Sign-in, sessions, links to a new password, the calendar."""
    if not user.is_active:
        lines = [_("Cannot sign in. No session is open, and older password links are dead.")]
        return Section("doors", _("Signing in"), lines)
    count = live_sessions(user).count()
    ended = (
        ngettext("%d open session ends at once.", "%d open sessions end at once.", count) % count
    )
    lines = [
        ended if count else _("No session is open. From now on signing in is refused."),
        _("The password is taken away, and links to choose a new one are dead."),
    ]
    if any(feed.is_open for feed in CalendarFeed.objects.filter(user=user)):
        lines.append(_("The address of the own calendar is closed."))
    return Section("doors", _("Signing in"), lines)


def name(user: User, reader: User) -> Section:
    return Section("name", _("The name"), [_("Stays in all history. Pickers no longer offer it.")])


def clients(user: User, reader: User) -> Section:
    """Clients that name the person; the page offers to give them to others."""
    count = clients_naming(user, reader).count()
    text = ngettext(
        "%(n)d client names %(who)s as sitter.", "%(n)d clients name %(who)s as sitter.", count
    )
    nobody = _("No client names %s as sitter.") % user
    lines = [text % {"n": count, "who": user} if count else nobody]
    return Section("clients", _("Clients"), lines)


def visits(user: User, reader: User) -> Section:
    """Visits to come that the person holds; the page lists them."""
    count = visits_to_reassign(user, reader).count()
    text = ngettext("%d visit to come is theirs.", "%d visits to come are theirs.", count)
    lines = [text % count if count else _("No visit to come is theirs.")]
    return Section("visits", _("Visits to reassign"), lines)


def visits_to_reassign(user: User, reader: User) -> VisitQuerySet:
    held = Visit.objects.visible_to(reader).filter(sitter=user, status__in=HELD).upcoming()
    return held.exclude(status=VisitStatus.COMPLETED).select_related("client", "service")


def codes(user: User, reader: User) -> Section:
    """Codes that the person has opened and that are still the same; the page lists them."""
    count = sum(map(len, known_to(user, reader=reader).values()))
    text = ngettext(
        "%d code they opened is still the same.", "%d codes they opened are still the same.", count
    )
    lines = [text % count if count else _("No code they opened is still the same.")]
    return Section("codes", _("Codes to change"), lines)


def keys(user: User, reader: User) -> Section:
    """Keys that the person holds; the page lists them."""
    count = keys_held_by(user).count()
    text = ngettext("%d key is with them.", "%d keys are with them.", count)
    lines = [text % count if count else _("No key is with them.")]
    return Section("keys", _("Keys to collect"), lines)


def invites(user: User, reader: User) -> Section:
    """Codes of theirs that somebody still holds."""
    count = invites_of(user, reader).count()
    text = ngettext(
        "%d invite of theirs waits to be used.", "%d invites of theirs wait to be used.", count
    )
    lines = [text % count if count else _("No invite of theirs is waiting.")]
    return Section("invites", _("Invites"), lines)


def invites_of(user: User, reader: User) -> InviteQuerySet:
    return Invite.objects.visible_to(reader).unspent().filter(invited_by=user)


def clients_naming(user: User, reader: User) -> ClientQuerySet:
    return Client.objects.visible_to(reader).naming(user)


SECTIONS: list[Callable[[User, User], Section]] = [
    doors,
    codes,
    keys,
    visits,
    invites,
    clients,
    name,
]


def sections_of(user: User, *, reader: User) -> list[Section]:
    return [section(user, reader) for section in SECTIONS]
