"""Asking a client to change codes, and leaving one as it is."""

from urllib.parse import urljoin

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pawfile.access.codes import asked_key, secret_rows, to_change
from pawfile.access.log import what_was_opened
from pawfile.access.models import CodeKept, Reveal
from pawfile.accounts.models import User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.mail.actions import queue_mail
from pawfile.profiles.models import Client


@transaction.atomic
def ask_for_new_codes(*, client: Client, by: User, site: str) -> None:
    """Mail the client a link to the page that says which; the mail itself names none."""
    queue_mail(
        to=client.email,
        template="codes_to_change",
        context={"name": client.first_name},
        links={"opened": urljoin(site, reverse("my_opened").lstrip("/"))},
        by=by,
    )
    record_activity(
        by=by,
        kind=ActivityKind.ACCESS,
        key=asked_key(client),
        about=_("Codes to change: %s") % client.name,
        new=_("Asked by mail"),
    )


@transaction.atomic
def keep_code(*, reveal: Reveal, reason: str, by: User) -> None:
    """Leave the code as it is for all who know it now; who stops coming later counts anew."""
    rows = secret_rows(to_change(by), reveal).order_by("pk")
    CodeKept.objects.bulk_create(
        [CodeKept(reveal=row, reason=reason, kept_by=by.actor) for row in rows],
        ignore_conflicts=True,
    )
    record_activity(
        by=by,
        kind=ActivityKind.ACCESS,
        about=_("Codes to change: %s") % f"{reveal.client.name}, {what_was_opened(reveal, by)}",
        new=_("Left as it is"),
        note=reason,
    )
