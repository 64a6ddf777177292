"""Codes opened without a visit, for the office's first page."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from pawfile.access.models import Ground, Reveal
from pawfile.accounts.models import User

SHOWN_FOR = timedelta(days=7)
MOST = 5


def emergencies_lately(reader: User) -> Sequence[Reveal]:
    """The newest first. Which field it was is not said: who reads may not have it."""
    if not (reader.is_active and reader.is_office):
        return []
    since = timezone.now() - SHOWN_FOR
    found = Reveal.objects.filter(ground=Ground.BREAK_GLASS, opened_at__gte=since)
    return list(found.select_related("client").order_by("-opened_at", "-pk")[:MOST])
