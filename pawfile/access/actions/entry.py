"""The ways into a home: which there are, in which order, and that they still work."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pawfile.access.models import WayIn
from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.history.models import StaleRecordError
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_client, lock_clients
from pawfile.profiles.models import Client
from pawfile.schedule.generating import company_today

#: More are no plan.
MOST_WAYS = 20


@transaction.atomic
def add_way_in(
    *, client: Client, kind: str, words: str, key: str, is_confirmed: bool, by: User
) -> WayIn:
    """Add it as the last to try. Raises ``ValidationError`` if there are too many."""
    ways = locked_ways(client)
    if len(ways) >= MOST_WAYS:
        raise ValidationError(_("A plan has at most %d ways in. Remove one first.") % MOST_WAYS)
    position = ways[-1].position + 1 if ways else 0
    way = WayIn(client=client, position=position, kind=kind, words=words, key=key)
    record_way(way, by=by, new=said_of(way), note=_("Way in added"))
    return save_way_in(way, is_confirmed=is_confirmed, by=by)


@transaction.atomic
def change_way_in(
    *, way: WayIn, kind: str, words: str, key: str, is_confirmed: bool, by: User
) -> WayIn:
    """What was confirmed of another way is not said of the changed one."""
    way = locked_way(way)
    is_other, before = (kind, words, key) != (way.kind, way.words, way.key), said_of(way)
    way.kind, way.words, way.key = kind, words, key
    if is_other:
        way.confirmed_on = way.confirmed_by = None
        record_way(way, by=by, old=before, new=said_of(way), note=_("Way in changed"))
    return save_way_in(way, is_confirmed=is_confirmed, by=by)


def save_way_in(way: WayIn, *, is_confirmed: bool, by: User) -> WayIn:
    if is_confirmed:
        way.confirmed_on, way.confirmed_by = company_today(SiteOptions.load()), by.actor
    way.save()
    return way


@transaction.atomic
def move_way_in(*, way: WayIn, is_up: bool) -> None:
    """Try it one place earlier or later. At the end of the list nothing happens."""
    way = locked_way(way)
    ways = list(way.client.ways_in.all())
    place = ways.index(way)
    other = place - 1 if is_up else place + 1
    if 0 <= other < len(ways):
        ways[place], ways[other] = ways[other], ways[place]
    for position, each in enumerate(ways):
        each.position = position
    WayIn.objects.bulk_update(ways, ["position"])


@transaction.atomic
def remove_way_in(*, way: WayIn, by: User) -> None:
    way = locked_way(way)
    record_way(way, by=by, old=said_of(way), note=_("Way in removed"))
    way.delete()


def said_of(way: WayIn) -> str:
    """The way as the log tells it; its code is a field of the vault and in no words."""
    return ": ".join(filter(None, [str(way.get_kind_display()), way.words]))


def record_way(way: WayIn, *, by: User, note: str, old: str = "", new: str = "") -> None:
    record_activity(
        by=by, kind=ActivityKind.ACCESS, about=str(way.client), old=old, new=new, note=note
    )


@transaction.atomic
def confirm_ways(*, ways: Iterable[WayIn], by: User | None) -> None:
    """They work as of today; ``by`` is nobody if the client says so from a mail."""
    locked(ways).update(
        confirmed_on=company_today(SiteOptions.load()), confirmed_by=by and by.actor
    )


@transaction.atomic
def doubt_ways(*, ways: Iterable[WayIn]) -> None:
    """Nobody knows whether they still work."""
    locked(ways).update(confirmed_on=None, confirmed_by=None)


def locked(ways: Iterable[WayIn]) -> QuerySet[WayIn]:
    """These ways; nobody changes a plan of their clients until the transaction ends."""
    ways = list(ways)
    lock_clients(way.client_id for way in ways)
    return WayIn.objects.filter(pk__in=[way.pk for way in ways])


def locked_way(way: WayIn) -> WayIn:
    """The way as it is now. Raises ``StaleRecordError`` if it was removed meanwhile."""
    for found in locked_ways(way.client):
        if found == way:
            return found
    raise StaleRecordError


def locked_ways(client: Client) -> list[WayIn]:
    """The ways of a client in their order, nobody else's to change until the transaction ends."""
    lock_client(client)
    return list(client.ways_in.all())
