"""Territories and the clients in them."""

from collections import Counter

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.lib.zips import first_five
from pawfile.profiles.actions import update_client
from pawfile.profiles.models import Client
from pawfile.profiles.models.client import ClientQuerySet
from pawfile.resources.models import Territory, TerritoryZip


def current_by_zip(reader: User) -> Counter[str]:
    """Zip code, of ZIP+4 the first five → its current clients, wherever they are set to."""
    rows = Client.objects.visible_to(reader).current().exclude(zip_code="")
    counted: Counter[str] = Counter()
    for zip_code, count in rows.order_by().values_list("zip_code").annotate(count=Count("pk")):
        counted[first_five(zip_code)] += count
    del counted[""]  # what was only blanks
    return counted


def uncovered_zips(reader: User) -> list[tuple[str, int]]:
    """Zip codes of current clients that no territory has, those of most clients first."""
    counted = current_by_zip(reader)
    for zip_code in TerritoryZip.objects.values_list("zip_code", flat=True):
        del counted[zip_code]
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def clients_set_to(territory: Territory, *, reader: User) -> ClientQuerySet:
    """Those with this very territory in their profile, inactive ones too."""
    return Client.objects.visible_to(reader).filter(territory=territory)


@transaction.atomic
def delete_territory(*, territory: Territory, by: User) -> int:
    """The clients set to it fall back to their zip's; how many, each with it in the history."""
    clients = list(Client.objects.filter(territory=territory))
    for client in clients:
        update_client(client, values={"territory": None}, by=by)
    old = ", ".join(territory.zip_codes())
    territory.delete()
    kind = ActivityKind.TERRITORY
    record_activity(by=by, kind=kind, about=territory.name, old=old, note=_("Deleted"))
    return len(clients)
