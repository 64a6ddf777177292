"""What ends when a staff member leaves, and what is left to settle.

Each section is a function of the leaving user and of who looks; it says what there is, in words,
and may bring a template for choices. Apps above add theirs to ``SECTIONS`` as they come to exist.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.people.sessions import sessions_of
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import ClientQuerySet


@dataclass(frozen=True, slots=True)
class Section:
    """``lines`` in words; ``is_open`` when somebody should do something about it."""

    title: str
    icon: str
    lines: list[str]
    is_open: bool = False


def doors(user: User, reader: User) -> Section:
    """Sign-in, sessions, links to a new password."""
    if not user.is_active:
        lines = [_("Cannot sign in. No session is open, and older password links are dead.")]
        return Section(_("Signing in"), "log-out", lines)
    count = sum(1 for _session in sessions_of(user))
    ended = (
        ngettext("%d open session ends at once.", "%d open sessions end at once.", count) % count
    )
    return Section(
        _("Signing in"),
        "log-out",
        [
            ended if count else _("No session is open. From now on signing in is refused."),
            _("The password is taken away, and links to choose a new one are dead."),
        ],
    )


def name(user: User, reader: User) -> Section:
    return Section(
        _("The name"),
        "history",
        [_("Stays in all history. Pickers no longer offer it.")],
    )


def clients(user: User, reader: User) -> Section:
    """Clients that name the person; the page offers to give them to others."""
    count = clients_naming(user, reader).count()
    text = ngettext(
        "%(n)d client names %(who)s as sitter.", "%(n)d clients name %(who)s as sitter.", count
    )
    nobody = _("No client names %s as sitter.") % user
    lines = [text % {"n": count, "who": user} if count else nobody]
    return Section(_("Clients"), "users", lines, is_open=bool(count))


def clients_naming(user: User, reader: User) -> ClientQuerySet:
    return Client.objects.visible_to(reader).naming(user)


SECTIONS: list[Callable[[User, User], Section]] = [doors, name, clients]


def sections_of(user: User, *, reader: User) -> list[Section]:
    return [section(user, reader) for section in SECTIONS]
