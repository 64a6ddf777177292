"""What goes with a client that is deleted, besides pets, photos, files and history.

Apps above register in ``AppConfig.ready`` what they hold. Before the deletion the page says it,
afterwards the activity log does.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import ngettext

from pawfile.profiles.models import Client

#: Gives sentences for people.
Tell = Callable[[Client], Iterable[str]]
_told_by: list[Tell] = []


def register(tell: Tell) -> None:
    _told_by.append(tell)


def told_with(client: Client) -> list[str]:
    said = [text for tell in _told_by for text in tell(client)]
    logins = [str(user) for user in client.logins.all()]
    if logins:
        text = ngettext(
            "%(n)d login no longer belongs to this home: %(who)s.",
            "%(n)d logins no longer belong to this home: %(who)s.",
            len(logins),
        )
        said.append(text % {"n": len(logins), "who": ", ".join(logins)})
    return said
