"""Mails about codes: that one was opened and by whom, never the code nor what it is for."""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from pawfile.access.models import Reveal
from pawfile.accounts.models import OFFICE, Role, User
from pawfile.mail.actions import queue_mail
from pawfile.mail.models import Mail

LIMIT = "reveal_limit"


def tell_of_emergency(row: Reveal, *, by: User) -> None:
    """The office hears at once, in the transaction that opens the code."""
    link = urljoin(settings.SITE_URL, reverse("client_detail", args=[row.client_id]).lstrip("/"))
    for user in User.objects.active().filter(role__in=OFFICE).order_by("pk"):
        queue_mail(
            to=user.email,
            template="break_glass",
            context={
                "name": user.nickname or user.name,
                "who": row.opened_by_name,
                "client": row.client.name,
                "reason": row.reason,
            },
            links={"client": link},
            by=by,
        )


@transaction.atomic
def tell_of_limit(*, by: User) -> None:
    """Administrators hear that somebody opens codes by the dozen; once an hour for each person."""
    User.objects.active().select_for_update().filter(pk=by.pk).first()
    hour_ago = timezone.now() - timedelta(hours=1)
    if Mail.objects.filter(template=LIMIT, by=by.pk, queued_at__gte=hour_ago).exists():
        return
    about = "user_detail" if not by.is_client else "login_detail"
    link = urljoin(settings.SITE_URL, reverse(about, args=[by.pk]).lstrip("/"))
    for user in User.objects.active().filter(role=Role.ADMINISTRATOR).order_by("pk"):
        queue_mail(
            to=user.email,
            template=LIMIT,
            context={"name": user.nickname or user.name, "who": str(by)},
            links={"person": link},
            by=by,
        )
