"""A sitter says of changes that could hurt: I have read it."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import ngettext

from pawfile.accounts.models import User
from pawfile.options.models import SiteOptions
from pawfile.profiles.locks import lock_clients
from pawfile.profiles.models import Client, Pet
from pawfile.profiles.models.client import ClientChange
from pawfile.profiles.models.pet import PetChange
from pawfile.schedule.models import Acknowledgement, Visit
from pawfile.schedule.since import news_of


class UnreadChangesError(ValidationError):
    """The sitter has something to read before going in."""

    def __init__(self, count: int) -> None:
        text = ngettext(
            "Not arrived yet: %d change could hurt you or an animal. Read it first.",
            "Not arrived yet: %d changes could hurt you or an animal. Read them first.",
            count,
        )
        super().__init__(text % count, code="unread")


def refuse_unread(visit: Visit, by: User) -> None:
    """Nobody goes in without having read what is safety-critical. The office, who presses the
    button for somebody, is not asked."""
    if not by.is_sitter:
        return
    company = by.site_options or SiteOptions.load()
    news = news_of([visit.client], by, company=company)[visit.client_id]
    if news.unread:
        raise UnreadChangesError(len(news.unread))


@transaction.atomic
def acknowledge_changes(
    *, client: Client, client_changes: Collection[int], pet_changes: Collection[int], by: User
) -> int:
    """Keep that the sitter has read these changes, by number, and what of the same record came
    before them. What came later stays unread. Returns how many records that was.

    The client is locked first, as whoever saves a pet of it does: neither waits for the other.
    """
    lock_clients([client.pk])
    home = ClientChange.objects.filter(record=client, pk__in=list(client_changes))
    pets = Pet.objects.visible_to(by).filter(client=client)
    last = home.aggregate(last=Max("pk"))["last"]
    read: list[tuple[Pet | None, int]] = [(None, last)] if last else []
    found: Any = PetChange.objects.filter(record__in=pets, pk__in=list(pet_changes))
    newest = dict(found.order_by().values_list("record").annotate(last=Max("pk")))
    read += [(pet, newest[pet.pk]) for pet in pets if pet.pk in newest]
    for pet, change in read:
        keep_read(client, pet, change, by=by)
    return len(read)


def keep_read(client: Client, pet: Pet | None, change: int, *, by: User) -> None:
    """Never back to an older one: two taps may come in any order."""
    about: dict[str, Any] = {"pet": pet} if pet else {"pet": None, "client": client}
    now = {"client": client, "change_id": change, "acknowledged_at": timezone.now()}
    rows = Acknowledgement.objects
    row, is_new = rows.get_or_create(sitter=by, **about, defaults=now)
    if not is_new:
        rows.filter(pk=row.pk, change_id__lt=change).update(**now)
