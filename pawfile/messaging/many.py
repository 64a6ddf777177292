"""Whom a message to many clients reaches."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from pawfile.profiles.models import Client


@dataclass(frozen=True, slots=True)
class Addressed:
    good: list[Client]
    without_login: list[Client]


def addressed(clients: QuerySet[Client]) -> Addressed:
    """Who can sign in to read it, and who cannot, by name. One query."""
    active = Client.logins.through.objects.filter(client=OuterRef("pk"), user__is_active=True)
    rows = clients.annotate(has_login=Exists(active)).order_by("sort_name", "pk")
    found = list(rows.only("first_name", "last_name"))
    return Addressed(
        [each for each in found if each.has_login],
        [each for each in found if not each.has_login],
    )
