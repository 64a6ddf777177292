"""Who of the listed clients signs in or is invited, in a word for the table.

Logins are here; invites belong to an app above and are reached by their reverse accessor.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.lib.prepared import Prepared, Slot, in_slots, slots
from pawfile.profiles.models import Client

UNSPENT = Q(invites__used_at=None, invites__revoked_at=None)


def login_words(found: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Client id → "Has login", "Invited" or "Invite expired"; no key without either. One query."""
    values = {**in_slots(client["id"] for client in found), "now": timezone.now()}
    said = _("Has login"), _("Invited"), _("Invite expired")
    return {
        pk: said[0] if signs_in else said[1] if open_invites else said[2]
        for pk, signs_in, open_invites in statement(len(found)).rows(values)
    }


@lru_cache(maxsize=64)
def statement(count: int) -> Prepared:
    """(id, has a login, open invites) of those among so many clients who have a login or invite."""
    joined = Client.logins.through.objects.filter(client=OuterRef("pk"))
    still_open = UNSPENT & Q(invites__expires_at__gt=Slot("now"))
    return Prepared(
        Client.objects.filter(pk__in=slots(count))
        .order_by()
        .values("pk")
        .annotate(
            signs_in=Exists(joined),
            unspent=Count("invites", filter=UNSPENT),
            still_open=Count("invites", filter=still_open),
        )
        .filter(Q(signs_in=True) | Q(unspent__gt=0))
        .values_list("pk", "signs_in", "still_open")
    )
