"""Who registered lately, for the office's first page."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from pawfile.accounts.models import User
from pawfile.invites.models import Registration

LATELY = timedelta(days=30)
MOST = 8


def newest_registrations(reader: User) -> list[Registration]:
    """The newest of the last days, and those with a likely double that nobody has answered.

    Each has ``has_proof`` and ``double_count``. One query, none for whoever sees none.
    """
    if not reader.is_office:
        return []
    unanswered = Count("client__likely_doubles", filter=Q(client__likely_doubles__answer=""))
    rows = Registration.objects.visible_to(reader).with_proof()
    found = rows.annotate(double_count=unanswered).select_related("client")
    lately = Q(registered_at__gte=timezone.now() - LATELY) | Q(double_count__gt=0)
    return list(found.filter(lately).order_by("-registered_at", "-pk")[:MOST])
