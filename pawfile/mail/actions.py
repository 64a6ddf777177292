"""The one way into the outbox."""

import json
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from pawfile.accounts.models import STAFF, User
from pawfile.activity.actions import record_activity
from pawfile.activity.models import ActivityKind
from pawfile.jobs.actions import enqueue_once
from pawfile.lib.columns import key_ring
from pawfile.lib.emails import MAX_LENGTH, bad_emails
from pawfile.mail.message import placeholder
from pawfile.mail.models import Mail, MailState
from pawfile.mail.tasks import deliver_mails
from pawfile.options.models import SiteOptions

SUBJECT = "Subject: "


@transaction.atomic
def queue_mail(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    links: Mapping[str, str],
    by: User | None,
    is_for_staff: bool = False,
) -> Mail:
    """Write a mail into the outbox, in the caller's transaction: no commit, no mail.

    ``emails/<template>.txt`` starts with a line ``Subject: …`` and a blank one (extend
    ``emails/base.txt``); ``emails/<template>.html`` is the same for programs that show HTML
    (extend ``emails/base.html``). ``company`` is there in both. ``links`` are the personal
    addresses in it, absolute, by name: templates write ``{{ links.<name> }}``. They are kept
    sealed, apart from the text, and put in when the mail is sent. ``by`` is who caused it. An
    address that is none is no error here: the mail stands in the log as failed. ``is_for_staff``
    is found out for those who have a login.
    """
    is_address = not bad_emails([to])
    to = to.replace("\0", "")[:MAX_LENGTH]
    company = SiteOptions.load()
    places = {name: placeholder(name) for name in links}
    given = {"company": company, **context, "links": places}
    with timezone.override(ZoneInfo(company.time_zone)):
        head, _blank, text = as_text(f"emails/{template}.txt", given).partition("\n\n")
        html = render_to_string(f"emails/{template}.html", given)
    mail = Mail(
        to=to,
        subject=" ".join(head.strip().removeprefix(SUBJECT).split())[:300],
        text=text.strip() + "\n",
        html=html,
        links=key_ring().seal(json.dumps(dict(links))),
        template=template,
        by=by and by.actor,
        is_for_staff=is_for_staff
        or User.objects.get_queryset().filter(email=to.lower(), role__in=STAFF).exists(),
    )
    if not is_address:
        mail.state, mail.error = MailState.FAILED, _("“%s” is no e-mail address.") % to
    mail.save()
    enqueue_once(deliver_mails)
    return mail


class OnItsWayError(Exception):
    """A mail that is being sent again already."""


@transaction.atomic
def send_again(*, mail: Mail, by: User) -> Mail:
    """Queue a copy with a fate of its own: what became of the first one stays in the log."""
    Mail.objects.select_for_update().get(pk=mail.pk)
    if mail.copies.filter(state__in=(MailState.QUEUED, MailState.SENDING)).exists():
        raise OnItsWayError
    again = Mail.objects.create(
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        links=mail.links,
        template=mail.template,
        by=by,
        is_for_staff=mail.is_for_staff,
        copy_of=mail,
    )
    record_activity(
        by=by,
        kind=ActivityKind.MAIL,
        about=mail.subject,
        note=_("Sent again to %s") % mail.to,
    )
    enqueue_once(deliver_mails)
    return again


def as_text(template: str, given: dict[str, Any]) -> str:
    """Rendered as it stands: in plain text ``O'Neil & Sons`` needs no escaping."""
    return str(get_template(template).template.render(Context(given, autoescape=False)))  # type: ignore[attr-defined]
