"""Blocking a sitter who still holds visits of the client.

Visits belong to an app above. It says here, in ``AppConfig.ready``, how they are found and taken
off; who blocks decides, and ``update_client`` does nothing with them unasked.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.profiles.models import Client

#: The question lists so many; the rest are counted.
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class HeldVisit:
    """``text`` is what who asks may know of it; empty: only that there is one."""

    pk: int
    sitter: User
    text: str


class HeldVisitsError(ValidationError):
    """Sitters to be blocked hold visits to come, and nobody has said what becomes of these."""

    def __init__(self, visits: Sequence[HeldVisit]) -> None:
        self.visits = visits
        text = ngettext(
            "%(who)s holds %(n)d visit to come of this client. Assign it to somebody else first.",
            "%(who)s: %(n)d visits to come of this client. Assign them to somebody else first.",
            len(visits),
        )
        super().__init__(text % {"who": self.names, "n": len(visits)}, code="held")

    @property
    def sign(self) -> str:
        """Stands for exactly these visits; who sends it back has seen them."""
        return ",".join(str(visit.pk) for visit in self.visits)

    @property
    def names(self) -> str:
        return ", ".join(dict.fromkeys(str(visit.sitter) for visit in self.visits))

    @property
    def texts(self) -> list[str]:
        """What the page lists; ``more`` are beyond that, or not for this reader."""
        return [visit.text for visit in self.visits if visit.text][:MOST_LISTED]

    @property
    def more(self) -> int:
        return len(self.visits) - len(self.texts)


@dataclass(slots=True)
class _Seam:
    find: Callable[..., list[HeldVisit]] = field(default=lambda *_args, **_more: [])
    take_off: Callable[..., Any] = field(default=lambda **_more: None)


_visits = _Seam()


def register(*, find: Callable[..., list[HeldVisit]], take_off: Callable[..., Any]) -> None:
    """``find(client, sitters, reader=)`` gives those to come, ``take_off(client=, sitters=, by=)``
    leaves them to nobody."""
    _visits.find, _visits.take_off = find, take_off


def held_by(client: Client, sitters: Collection[User], *, reader: User | None) -> list[HeldVisit]:
    return _visits.find(client, sitters, reader=reader) if client.pk and sitters else []


def settle_held(
    client: Client, sitters: Collection[User], *, given_up: str, by: User | None
) -> None:
    """Take the visits that these sitters hold off them, if exactly these are ``given_up``.

    Raises ``HeldVisitsError`` otherwise, and ``StaleRecordError`` as saving the client would: until
    the transaction ends nobody gives such a visit to anybody.
    """
    if not client.pk or not sitters:
        return
    client.locked()
    visits = held_by(client, sitters, reader=by)
    refusal = HeldVisitsError(visits)
    if visits and given_up != refusal.sign:
        raise refusal
    if visits:
        _visits.take_off(client=client, sitters=sitters, by=by)
