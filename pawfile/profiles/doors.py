"""Who of the listed clients signs in or is invited, in a word for the table.

Logins are here; invites belong to an app above and are reached by their reverse accessor.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.profiles.models import Client

UNSPENT = Q(invites__used_at=None, invites__revoked_at=None)


def login_words(found: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Client id → "Has login", "Invited" or "Invite expired"; no key without either. One query."""
    joined = Client.logins.through.objects.filter(client=OuterRef("pk"))
    rows = (
        Client.objects.filter(pk__in=[client["id"] for client in found])
        .order_by()
        .annotate(signs_in=Exists(joined), ends_at=Max("invites__expires_at", filter=UNSPENT))
        .filter(Q(signs_in=True) | Q(ends_at__isnull=False))
        .values_list("pk", F("signs_in"), F("ends_at"))
    )
    now = timezone.now()
    said = _("Has login"), _("Invited"), _("Invite expired")
    return {
        pk: said[0] if signs_in else said[1] if ends_at > now else said[2]
        for pk, signs_in, ends_at in rows
    }
